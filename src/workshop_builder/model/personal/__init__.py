"""One student and their sheet: the row of a roster, and what the sheet shows because of it."""
