"""A body as labelled pixels: what is seen where, tidied, and the lines and colours it becomes."""
