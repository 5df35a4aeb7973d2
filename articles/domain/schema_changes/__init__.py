"""A label schema changed together with all that is labelled: planned, carried out, taken back."""
