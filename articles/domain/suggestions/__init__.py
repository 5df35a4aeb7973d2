"""Which suggestions are offered, which are wrong on purpose, and what they do to people."""
