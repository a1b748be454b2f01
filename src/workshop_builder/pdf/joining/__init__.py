"""Pages drawn at different times, kept as values, and joined to one PDF."""
