"""From a Workshop to the pages of one product, as XHTML with the words that it must show."""
