"""Muscle pictures: bones and muscles as an atlas shows them, and the words beside them."""
