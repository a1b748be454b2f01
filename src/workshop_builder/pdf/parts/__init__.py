"""Parts of a page: each laid out and drawn once, and put together to many files."""
