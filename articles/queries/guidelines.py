"""Guidelines as people read them: what is said in general, then label by label with the cases decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff

from django.utils.html import escape
from django.utils.translation import gettext as _

from annotator.lib.markdown import render_markdown
from annotator.schemas.definition import Label
from annotator.schemas.queries import published_definition
from annotator.users.models import Project
from articles.domain.texts.passages import around
from articles.models import Article, Decision, GuidelineVersion, Layer, Precedent, Span

RECENT_CASES = 50
BEFORE_AND_AFTER = 90  # code points


@dataclass(frozen=True)
class Case:
    """A decision that could be an example, with the words it is about."""

    decision: Decision
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class LabelGuide:
    """What is said about one label; `rule` is safe HTML."""

    label: Label
    rule: str
    cases: Sequence[Precedent]


def newest_version(project: Project) -> GuidelineVersion:
    """The newest version; for a project that never changed its guidelines one that is not stored, with the
    number 0."""
    row = GuidelineVersion.objects.filter(project=project).first()
    return row or GuidelineVersion(project=project, number=0, text=project.guidelines, labels={})


def label_guides(project: Project, version: GuidelineVersion | None = None) -> list[LabelGuide]:
    """One for every label in use. The cases are today's, whatever the version."""
    texts = (version or newest_version(project)).labels
    cases = _cases(project)
    labels = [label for label in published_definition(project.pk).labels if not label.retired]
    return [LabelGuide(one, render_markdown(texts.get(one.name, "")), cases[one.name]) for one in labels]


def guidelines_html(project: Project) -> str:
    """All of it as one safe piece of HTML, for the editor."""
    guides = [one for one in label_guides(project) if one.rule or one.cases]
    return render_markdown(project.guidelines) + "".join(map(_guide_html, guides))


def versions_of(project: Project) -> list[GuidelineVersion]:
    return list(GuidelineVersion.objects.filter(project=project).select_related("by"))


def lines_changed(old: GuidelineVersion | None, new: GuidelineVersion) -> list[tuple[str, str]]:
    """The changes as (`+`, `-`, ` ` or `@`, line), with a little of what is around."""
    diff = unified_diff(_lines(old) if old else [], _lines(new), lineterm="", n=2)
    return [(line[:1], line[1:] if line[:1] != "@" else "") for line in list(diff)[2:]]


def cases_to_add(project: Project) -> list[Case]:
    """The newest decisions about words that stand and are no example yet."""
    rows = Decision.objects.filter(
        article__project=project,
        article__archived_at__isnull=True,
        start__isnull=False,
        by__isnull=False,
        precedent__isnull=True,
    ).exclude(choice=Decision.Choice.OPEN)
    newest = rows.select_related("article", "by").prefetch_related("readings").order_by("-pk")
    return [_as_case(row) for row in newest[:RECENT_CASES]]


def _as_case(row: Decision) -> Case:
    text, start, end = row.article.text, row.start or 0, row.end or 0
    before, after = around(text, start, end, BEFORE_AND_AFTER)
    return Case(row, before, text[start:end], after)


def labels_of_gold_at(article: Article, start: int, end: int) -> list[str]:
    """Of the spans of gold that share words with the place; those of the very words first."""
    gold = Layer.objects.gold().filter(article=article)
    rows = Span.objects.filter(layer__in=gold, start__lt=end, end__gt=start)
    found = sorted(rows, key=lambda span: ((span.start, span.end) != (start, end), span.start))
    return [span.label for span in found]


def _cases(project: Project) -> Mapping[str, list[Precedent]]:
    found = defaultdict[str, list[Precedent]](list)
    for row in Precedent.objects.standing().filter(project=project):
        found[row.about].append(row)
    return found


def _guide_html(guide: LabelGuide) -> str:
    return f"<h3>{escape(guide.label.name)}</h3>{guide.rule}{_cases_html(guide.cases)}"


def _cases_html(cases: Iterable[Precedent]) -> str:
    items = "".join(f"<li>{_case_html(one)}</li>" for one in cases)
    return f"<ul>{items}</ul>" if items else ""


def _case_html(case: Precedent) -> str:
    ruling = case.label or _("no entity")
    words = f"{escape(case.before)}<strong>{escape(case.words)}</strong>{escape(case.after)}"
    reason = f" {escape(case.reason)}" if case.reason else ""
    return f"“{words}”: <em>{escape(ruling)}</em>.{reason}"


def _lines(version: GuidelineVersion) -> list[str]:
    labels = [
        line for name in sorted(version.labels) for line in (f"# {name}", *version.labels[name].splitlines())
    ]
    return version.text.splitlines() + labels
