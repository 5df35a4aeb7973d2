"""Situations that tests begin with, one module a noun, named as in the other layers.

A scenario goes through the services, as people and workers do: `corrections.correct(...)` gives an article
whose text was corrected, `imports.bring_in(...)` an import from its first byte to its report. What a single
test file needs stays in that file; a single object (a user, an article, a span) is a builder's
(`tests/builders.py`); what sets up processes, browsers or threads lies beside this folder.
"""
