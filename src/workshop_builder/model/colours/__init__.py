"""Colours: how far they stand apart, and the tints and shades of a studio's own one."""
