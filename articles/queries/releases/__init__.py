"""Releases: what they are asked to hold, what they hold, and what changed from one to the next."""
