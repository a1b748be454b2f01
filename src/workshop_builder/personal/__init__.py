"""Personal sheets: the take-home sheet for each student of a roster, for its owner alone."""
