"""A project's engines: their settings and versions, what they are given, and what they have learned."""
