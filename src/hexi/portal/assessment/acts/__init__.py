"""Official steps on assessments (考核办理): one function in one file."""
