"""Outside judges of what we make: validators, readers and renderers that know nothing of us.

Each judge is one function that is given files and returns what it has against them;
an empty answer is a yes. A tool that is not installed is an error with its remedy.
"""
