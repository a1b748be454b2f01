"""Movement: the poses between start and end, and where its arrows go."""
