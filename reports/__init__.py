"""Documents made from the shipped tables: briefings for a hall, profiles to print."""
