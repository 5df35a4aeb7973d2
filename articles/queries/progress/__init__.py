"""A project's progress in a period, as its page and the API show it."""
