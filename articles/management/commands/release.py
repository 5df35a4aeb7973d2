from __future__ import annotations

from argparse import ArgumentTypeError
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Model, QuerySet

from annotator.lib.errors import Refused
from annotator.lib.pages import sentences
from annotator.users.models import Project, User
from articles.forms.releases import read_release_export
from articles.models import Release
from articles.queries.exports.splits import DEFAULT_SEED, TWINS
from articles.queries.releases.query import ReleaseQuery
from articles.services.releases.releasing import start_release, work_on_release

M = TypeVar("M", bound=Model)


class Command(BaseCommand):
    help = "Makes a release of a project here and now, and prints its number, size and SHA-256."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("project", help="its short name")
        parser.add_argument("--by", help="who makes it; the project's creator without it")
        parser.add_argument("--title", default="", type=_title)
        parser.add_argument("--notes", default="", help="Markdown")
        parser.add_argument("--licence", default="")
        parser.add_argument("--authors", action="store_true", help="name who annotated and approved")
        parser.add_argument("--format", default="jsonl")
        parser.add_argument("--option", action="append", default=[], metavar="NAME=VALUE")
        parser.add_argument("--layer", default="gold", help="gold, user:NAME, engine:NAME or all")
        parser.add_argument("--filter", action="append", default=[], metavar="NAME=VALUE")
        parser.add_argument("--split", default="", help="such as train:80,dev:10,test:10")
        parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
        parser.add_argument("--group", default=TWINS, help="what stays in one part: twins, source or both")
        parser.add_argument("--anew", action="store_true", help="no article keeps the part it had earlier")

    def handle(self, *args: Any, **given: Any) -> None:
        try:
            release = self._release(given)
        except Refused as error:
            raise CommandError(" ".join(sentences(error))) from error
        if release.file is None:
            raise CommandError(release.job.error)
        counts = release.manifest["counts"]
        self.stdout.write(f"{release}: {counts['articles']} articles, {counts['spans']} spans")
        self.stdout.write(f"{release.file.sha256}  {release.file.name}  {release.file.size} bytes")

    def _release(self, given: dict[str, Any]) -> Release:
        project = _one(Project.objects.kept().filter(slug=given["project"]), given["project"])
        people = User.objects.filter(is_active=True)
        by = _one(people.filter(username=given["by"]), given["by"]) if given["by"] else project.created_by
        if by is None:
            raise CommandError("Say with --by who makes the release.")
        export = read_release_export(
            options=_pairs(given["option"]),
            filters=_pairs(given["filter"]),
            **{name: given[name] for name in ("format", "layer", "split", "seed", "group")},
        )
        query = ReleaseQuery(export, not given["anew"], given["authors"], given["licence"])
        told = {"title": given["title"], "notes": given["notes"]}
        release = start_release(project=project, by=by, query=query, enqueue=lambda _: None, **told)
        work_on_release(release.job_id)
        return Release.objects.select_related("file", "job").get(pk=release.pk)


def _title(given: str) -> str:
    if len(given) > 200:
        raise ArgumentTypeError("A title has at most 200 characters.")
    return given


def _one(rows: QuerySet[M], name: str) -> M:
    found = rows.first()
    if found is None:
        raise CommandError(f"There is no {rows.model._meta.verbose_name} {name!r}.")
    return found


def _pairs(given: list[str]) -> dict[str, str]:
    wrong = [one for one in given if "=" not in one]
    if wrong:
        raise CommandError(f"Write {wrong[0]!r} as NAME=VALUE.")
    return dict(one.split("=", 1) for one in given)
