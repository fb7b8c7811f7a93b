"""Pages of assessments (考核页面)."""
