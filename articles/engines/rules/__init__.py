"""A project's own regular expressions, run in a confined process under a time limit that holds."""
