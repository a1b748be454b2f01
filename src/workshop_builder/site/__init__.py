"""From finished files to the website that offers them: pages, pictures of pages, downloads."""
