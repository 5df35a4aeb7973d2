"""Likely errors looked for and settled, and forms that are labelled in more than one way counted."""
