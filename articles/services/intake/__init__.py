"""Articles and all that comes with them, written with COPY."""
