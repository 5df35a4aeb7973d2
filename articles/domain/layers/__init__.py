"""A layer as a value: its edits, its state, and whether it fits a label schema."""
