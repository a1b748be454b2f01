"""Writes YAML: values as a teacher types them, and changes that leave all else as it was."""
