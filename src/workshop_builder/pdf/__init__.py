"""From the page of a product to a PDF: laid out at the scale that fits, checked, and tagged."""
