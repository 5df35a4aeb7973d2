"""Changes of a label schema together with everything that is labelled: planned, carried out, undone."""
