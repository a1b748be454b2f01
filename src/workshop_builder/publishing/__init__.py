"""The website, copied to where it is to be seen."""
