"""Changes of a label schema: what is planned, what it reaches, what was done, what is left to people."""
