"""Suggestions and people: which are hidden or wrong on purpose, and what suggestions change."""
