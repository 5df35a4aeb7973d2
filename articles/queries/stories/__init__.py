"""Articles that nearly repeat each other: found, grouped, and what gold of one says of the others."""
