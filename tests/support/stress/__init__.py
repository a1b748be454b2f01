"""What the program keeps under stress: each module tries one kind of it, `__main__` all of them."""
