"""A whole picture of a person: what is around, behind and marked on the body, on its canvas."""
