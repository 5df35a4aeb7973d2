"""Who gets which articles, and in which order."""
