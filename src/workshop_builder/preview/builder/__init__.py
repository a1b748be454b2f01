"""The preview's build process: makes the products that a save has changed, the viewed one first.

`process` is its loop. `snapshot` reads the folder, `jobs` makes the products, `scheduler` decides
what is made next, and `drafts` lays out only the pages that have changed.
"""
