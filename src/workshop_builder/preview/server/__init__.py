"""The preview's server: watches the source folder, and shows browsers what the build makes of it.

`serve` opens the port, `routes` answers requests that `guard` lets through, `supervisor` keeps
the build process running, and `broadcast` passes what it says on to every browser.
"""
