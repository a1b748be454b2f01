"""From finished files to a whole package in its folder, with its bundle and its manifest."""
