"""Source folders that mean no good, by what in them is odd; `CASES` of each module has its own."""
