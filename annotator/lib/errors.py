"""Refusals that services raise and doors (views, API, admin, commands) turn into words for a person."""

from __future__ import annotations


class Refused(Exception):
    """Something cannot be done as things stand. `reason` is a sentence that says what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotPermitted(Refused):
    """This person may not do this."""


class Invalid(Refused):
    """The input cannot be used. `problems` lists every fault, each a sentence."""

    def __init__(self, reason: str, problems: list[str] | None = None) -> None:
        super().__init__(reason)
        self.problems = problems or []
