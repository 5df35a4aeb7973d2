"""Engines added, changed and taught from the project's gold."""
