"""The studio: what its page asks for, and what is written for it."""
