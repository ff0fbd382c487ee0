"""Briefings for a hall: slides about one area as plain data, and one file of HTML that needs no network."""
