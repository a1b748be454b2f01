"""A second person: where they are, what their hands lie on, and both in one picture."""
