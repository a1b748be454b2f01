"""From pages that WeasyPrint laid out to a PDF with the structure that screen readers need."""
