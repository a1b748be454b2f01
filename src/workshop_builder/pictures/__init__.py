"""From a picture as it lies in the source folder to one that is safe to print and to publish."""
