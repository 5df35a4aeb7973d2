"""Refusals that services raise and doors (views, API, admin, commands) turn into words for a person.

What pure code says in English is said here in the language of the one who asked.
"""

from __future__ import annotations

from annotator.lib.sentences import said


class Refused(Exception):
    """Something cannot be done as things stand. `reason` is a sentence that says what to do."""

    def __init__(self, reason: str) -> None:
        self.reason = said(reason)
        super().__init__(self.reason)


class NotPermitted(Refused):
    """This person may not do this."""


class Invalid(Refused):
    """The input cannot be used. `problems` lists every fault, each a sentence."""

    def __init__(self, reason: str, problems: list[str] | None = None) -> None:
        super().__init__(reason)
        self.problems = [said(problem) for problem in problems or []]
