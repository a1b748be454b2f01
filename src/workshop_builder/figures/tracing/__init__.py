"""From triangles to smooth lines: pixels with their depth, the borders between them, curves."""
