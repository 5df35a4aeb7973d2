"""Releases: started, made in the background, and written into one zip."""
