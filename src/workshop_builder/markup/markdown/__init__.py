"""From Markdown to HTML, as other programs read it, and with blocks of our own."""
