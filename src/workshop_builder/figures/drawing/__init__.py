"""From space to the plane and to SVG: projection, flat shapes, colours, path data."""
