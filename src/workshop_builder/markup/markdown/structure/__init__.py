"""The blocks of a Markdown text, one inside the other."""
