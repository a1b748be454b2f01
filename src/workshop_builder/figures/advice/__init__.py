"""Advice: what to change about a posture that no body can take."""
