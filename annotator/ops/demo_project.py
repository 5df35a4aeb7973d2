"""The demo project: a team, articles of ours with hand-made gold, and a run that suggests entities."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from annotator.ops.demo import DemoArticle, load_articles
from annotator.ops.demo.past import date_back
from annotator.ops.demo.readings import read_by_people
from annotator.ops.logins import LOGINS_FILE
from annotator.users.models import Project, Role, User
from annotator.users.services.members import add_member
from articles.domain.spans import Relation, Span
from articles.formats.base import ParsedArticle
from articles.models import ProjectEngine
from articles.queries.engines.cards import reading_engines
from articles.queries.suggestions.ids import SUGGESTION_NAMESPACE
from articles.services.engines.managing import change_engine
from articles.services.intake.articles import store_articles, with_newswire
from articles.services.intake.authors import Target
from articles.services.jobs.lifecycle import Enqueue
from articles.services.projects.managing import create_project
from articles.services.runs.running import start_run

SLUG = "demo"
PEOPLE = (
    ("admin", "Ada Admin", None),
    ("manager", "Mira Manager", Role.MANAGER),
    ("reviewer", "Ravi Reviewer", Role.REVIEWER),
    ("annotator", "Anna Annotator", Role.ANNOTATOR),
    ("colleague", "Kai Colleague", Role.ANNOTATOR),
    ("viewer", "Vera Viewer", Role.VIEWER),
)
# As many of the articles with gold come without it.
WAITING_FOR_REVIEW = 2


def logins_path() -> Path:
    return Path(settings.DATA_DIR) / LOGINS_FILE


def load_demo(*, enqueue_run: Enqueue) -> bool:
    """Make the demo project with its people; False when it is there already. Passwords are random, and kept
    in the data folder, readable by its owner only."""
    if Project.objects.filter(slug=SLUG).exists():
        return False
    with transaction.atomic():
        people = {name: _person(name, shown) for name, shown, _ in PEOPLE}
        passwords = {name: _give_password(user) for name, user in people.items()}
        project = _project(people)
        ids = _articles(project, people)
        date_back(project, timezone.localtime())
        engines = reading_engines(project)
        _write_logins(passwords)
        start_run(project=project, engines=engines, article_ids=ids, by=people["admin"], enqueue=enqueue_run)
    return True


def _person(name: str, shown: str) -> User:
    user, _ = User.objects.get_or_create(username=name, defaults={"display_name": shown})
    if name == "admin":
        user.is_staff = user.is_superuser = True
    return user


def _give_password(user: User) -> str:
    password = "-".join(secrets.token_hex(2) for _ in range(3))
    user.set_password(password)
    user.save()
    return password


def _project(people: dict[str, User]) -> Project:
    project = create_project(
        slug=SLUG,
        name="Demo newsroom",
        description="Invented news in six languages, to try everything with.",
        by=people["admin"],
    )
    for name, _, role in PEOPLE:
        if role:
            add_member(project=project, user=people[name], role=role)
    names = files("annotator.ops.demo").joinpath("gazetteer.tsv").read_text(encoding="utf-8")
    gazetteer = ProjectEngine.objects.get(project=project, name="gazetteer")
    change_engine(engine=gazetteer, settings={"entries": names})
    project.guidelines = files("annotator.ops.demo").joinpath("guidelines.md").read_text(encoding="utf-8")
    # A newcomer who tries the demo is to see suggestions in the first article they open.
    project.blind_share = 0
    project.save(update_fields=["guidelines", "blind_share"])
    return project


def _articles(project: Project, people: dict[str, User]) -> list[int]:
    """Two people have read those with gold; of some, only their readings are there, for review."""
    articles = load_articles()
    labelled = [with_newswire(as_parsed(one)) for one in articles if one.gold]
    labelled = [replace(one, readings=read_by_people(one)) for one in labelled]
    waiting, gold = labelled[:WAITING_FOR_REVIEW], labelled[WAITING_FOR_REVIEW:]
    waiting = [replace(one, spans=(), relations=()) for one in waiting]
    plain = [with_newswire(as_parsed(one)) for one in articles if not one.gold]
    by = people["admin"]
    ids = store_articles(project=project, articles=plain, target=Target(user=None, by=by))
    return ids + store_articles(project=project, articles=[*gold, *waiting], target=Target(user=None, by=by))


def as_parsed(one: DemoArticle) -> ParsedArticle:
    def identity(*parts: object) -> UUID:
        return uuid5(SUGGESTION_NAMESPACE, "/".join(map(str, (one.slug, *parts))))

    ids = [identity(s.start, s.end, s.label) for s in one.spans]
    spans = [Span(id_, s.start, s.end, s.label) for id_, s in zip(ids, one.spans, strict=True)]
    named = {s.name: id_ for id_, s in zip(ids, one.spans, strict=True) if s.name}
    relations = [
        Relation(identity(s.type, s.source, s.target), s.type, named[s.source], named[s.target])
        for s in one.links
    ]
    return ParsedArticle(
        text=one.text,
        file=one.slug,
        title=one.title,
        published_on=one.published_on,
        source=one.source,
        byline=one.byline,
        language=one.language,
        external_id=one.slug,
        metadata={"agency": one.agency} if one.agency else {},
        spans=tuple(spans),
        relations=tuple(relations),
    )


def _write_logins(passwords: dict[str, str]) -> None:
    lines: Sequence[str] = [f"{name:<12}{password}\n" for name, password in passwords.items()]
    path = logins_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(lines)
