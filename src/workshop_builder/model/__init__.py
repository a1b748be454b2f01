"""The workshop as values; each is also the form that a person's file is validated by."""
