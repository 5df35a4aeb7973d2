"""Gold, the disagreements on the way to it, and what annotators learn from it."""
