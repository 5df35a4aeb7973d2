"""Articles whose gold is known: exercises before the real work, and the test set within it."""
