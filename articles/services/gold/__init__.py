"""Gold drafted and approved, with the record of what settled it and what annotators learn from it."""
