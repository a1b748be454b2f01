"""Describing a pose in words, for who wants to do it without seeing it."""
