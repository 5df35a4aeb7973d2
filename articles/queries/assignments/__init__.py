"""Who has which articles, which are left, and in which order they are offered."""
