"""From the source folder to bytes, text, and the data of its YAML, with the lines of everything."""
