"""The human body in space: proportions, joints, pose, and where it rests."""
