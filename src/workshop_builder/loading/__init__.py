"""From the source folder to a Workshop in which every reference leads somewhere."""
