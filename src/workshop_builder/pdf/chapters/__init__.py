"""A long document by its chapters: each laid out by itself as it is in the whole, kept, joined.

A chapter is a run of parts, the children of `main`, of which the first begins on a new page.
"""
