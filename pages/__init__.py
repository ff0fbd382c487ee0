"""The pages of the dashboard: one file a page, never importing each other."""
