"""Plans (规划): documents, their reading, statements, targets and findings, as pages and API."""
