"""A folder for each language, with all that it says, and what reads it."""
