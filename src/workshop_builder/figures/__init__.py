"""Pictures drawn from data: bodies from joint angles, and muscles on their bones."""
