"""Where an article stands, derived in this one place."""

from __future__ import annotations


def derive_status(
    *, approved: bool, review_began: bool, submissions: int, needed: int, begun: bool, suggested: bool
) -> str:
    """The status that follows from an article's layers and assignments.

    `needed` is the number of annotators the project asks for, `begun` whether anybody has claimed the article
    or edited a layer of it, `suggested` whether an engine has read it.
    """
    if approved:
        return "gold"
    if submissions >= needed:
        return "in_review" if review_began else "submitted"
    if review_began and not begun:
        return "in_review"
    if begun:
        return "in_progress"
    return "suggested" if suggested else "new"
