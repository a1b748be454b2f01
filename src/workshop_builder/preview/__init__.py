"""The products in the browser while a workshop is written."""
