"""The human body in space: its proportions, its joints in a pose, its surface, where it rests."""
