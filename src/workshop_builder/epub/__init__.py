"""From the pages of the e-book to an EPUB file."""
