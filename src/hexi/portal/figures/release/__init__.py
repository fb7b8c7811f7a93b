"""Making a release (公布): what is confidential, the table, the bulletin, the yearbook."""
