"""The fit: scales at which promised pages hold, and words that leave their place."""
