"""Guidelines that grow with what is decided: every version is kept, and cases become examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotator.lib.errors import Refused
from annotator.users.models import Project, User
from articles.domain.texts.passages import around
from articles.models import Article, Decision, GuidelineVersion, Precedent
from articles.queries.guidelines import BEFORE_AND_AFTER, labels_of_gold_at, newest_version
from articles.queries.known_gold.exercises import is_asked

LONGEST_QUOTE = 500


def change_guidelines(
    *,
    project: Project,
    text: str,
    labels: Mapping[str, str],
    note: str = "",
    by: User | None,
    seen: int | None = None,
) -> GuidelineVersion | None:
    """A new version, or None when nothing differs from the newest. Locks the project.

    `seen` is the number of the version that was changed: raises Refused when there is a newer one.
    """
    kept = {name: words for name, words in labels.items() if words.strip()}
    with transaction.atomic():
        locked = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        newest = newest_version(locked)
        if (newest.text, newest.labels) == (text, kept):
            return None
        if seen is not None and seen != newest.number:
            words = _("Version %(number)s came while you wrote. Look at it; keep yours by pressing again.")
            raise Refused(words % {"number": newest.number})
        if newest.number == 0 and newest.text:
            newest.number = 1  # what stood there before versions were kept is not lost
            newest.save(force_insert=True)
        row = GuidelineVersion.objects.create(
            project=locked, number=newest.number + 1, text=text, labels=kept, note=note, by=by
        )
        locked.guidelines = project.guidelines = text
        locked.save(update_fields=["guidelines"])
        return row


def restore_version(*, version: GuidelineVersion, by: User) -> GuidelineVersion | None:
    """Make an old version count again: its words become the newest version."""
    note = f"As in version {version.number}."
    return change_guidelines(
        project=version.project, text=version.text, labels=version.labels, note=note, by=by
    )


def add_precedent(*, decision: Decision, by: User, reason: str = "") -> Precedent:
    """Make a decided case an example. Doing it twice changes nothing; a withdrawn example counts again.

    Raises Refused for a decision that is not about words, and for articles that people are tested on.
    """
    if decision.start is None or decision.end is None:
        raise Refused(_("Only a decision about words can be an example."))
    if is_asked(decision.article):
        raise Refused(
            _(
                "Annotators are tested on this article, and an example of it would give an answer away. "
                "Choose a case of another article, or take this one out of training and test set first."
            )
        )
    row, _is_new = Precedent.objects.update_or_create(
        decision=decision,
        defaults={"withdrawn_at": None},
        create_defaults={
            **_labels_of(decision, decision.start, decision.end),
            **_quote(decision.article, decision.start, decision.end),
            "reason": reason.strip() or decision.reason,
            "by": by,
        },
    )
    return row


def _labels_of(decision: Decision, start: int, end: int) -> dict[str, Any]:
    """Of a precedent: the label in gold, those that readers gave, and the one it is an example of."""
    labels = labels_of_gold_at(decision.article, start, end)
    said = sorted({span["label"] for one in decision.readings.all() for span in one.said.get("spans", [])})
    about = next(iter([*labels, *said, decision.name]), "")
    if not about:
        raise Refused(_("This decision names no label, so it has no place in the guidelines."))
    return {"about": about, "label": labels[0] if labels else "", "said": said}


def _quote(article: Article, start: int, end: int) -> dict[str, Any]:
    """Of a precedent: its words with those around them, and where they are."""
    before, after = around(article.text, start, end, BEFORE_AND_AFTER)
    return {
        "project": article.project,
        "article": article,
        "before": before,
        "words": article.text[start:end][:LONGEST_QUOTE],
        "after": after,
        "start": start,
        "end": end,
    }


def withdraw_precedent(*, precedent: Precedent) -> None:
    Precedent.objects.standing().filter(pk=precedent.pk).update(withdrawn_at=timezone.now())
