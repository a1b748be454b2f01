"""From Markdown to clean trees of XHTML, with the problems of what was written."""
