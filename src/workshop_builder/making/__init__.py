"""What makes one file of a package: its pictures, the file itself, what is known of it."""
