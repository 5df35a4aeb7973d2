"""Pre-annotation: engines read articles and write a layer each."""
