"""The two-page profile on paper: plain data first, then typst, then a tagged PDF."""
