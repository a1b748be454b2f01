"""The website of a package."""
