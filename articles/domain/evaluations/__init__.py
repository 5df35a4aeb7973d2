"""Engines held against gold and against each other."""
