from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotator.lib.errors import Refused
from annotator.lib.pages import sentences
from annotator.users.models import Project, User
from articles.formats.common.archive import entry_names, zip_pieces
from articles.models import Import, Job
from articles.services.imports.importing import confirm_import, stage_import, work_on_import
from articles.services.imports.wishes import Wishes
from articles.services.jobs.lifecycle import finish_job
from articles.tasks.runs import enqueue_run
from articles.tasks.twins import enqueue_twins

CHUNK_BYTES = 2**20


class Command(BaseCommand):
    help = "Import files, folders or zips into a project: the same code as the page and the API."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("project", help="The project's short name.")
        parser.add_argument("paths", nargs="+", type=Path, metavar="path")
        parser.add_argument("--by", help="Username of the importer; else the one who made the project.")
        parser.add_argument("--format", default="auto")
        parser.add_argument("--encoding", default="utf-8")
        parser.add_argument("--options", type=_object, default={}, help="Of the format, as JSON.")
        parser.add_argument("--layer", default="gold", help="gold, user:NAME or engine:NAME.")
        parser.add_argument("--mapping", type=_object, default={}, help='{"labels": {"PER": "PERSON"}}')
        parser.add_argument("--unknown", choices=Import.Unknown.values, default=Import.Unknown.REFUSE)
        parser.add_argument("--twins", choices=Import.Twins.values, default=Import.Twins.LINK)
        parser.add_argument(
            "--corrections",
            choices=Import.Corrections.values,
            default=Import.Corrections.SKIP,
            help="Of articles with the external id of one that is there, and another text.",
        )
        parser.add_argument("--only-valid", action="store_true", help="Leave out what has problems.")

    def handle(self, *args: Any, **options: Any) -> None:
        project = Project.objects.kept().filter(slug=options["project"]).first()
        if project is None:
            raise CommandError(f"There is no project {options['project']!r}.")
        try:
            job = self._import(project, _importer(project, options["by"]), options)
        except Refused as error:
            raise CommandError("\n".join(sentences(error))) from error
        except OSError as error:
            raise CommandError(f"A file cannot be read: {error}.") from error
        self._tell(job)

    def _import(self, project: Project, by: User, options: dict[str, Any]) -> Job:
        wishes = Wishes(
            file_format=options["format"],
            encoding=options["encoding"],
            options=options["options"],
            layer=options["layer"],
            mapping=options["mapping"],
            unknown=options["unknown"],
            twins=options["twins"],
            corrections=options["corrections"],
        )
        name, pieces = _upload(options["paths"])
        upload = stage_import(project=project, by=by, file_name=name, pieces=pieces, wishes=wishes)
        job = confirm_import(upload=upload, only_valid=options["only_valid"], enqueue=lambda _: None)
        try:
            work_on_import(job.pk, enqueue_run=enqueue_run, enqueue_twins=enqueue_twins)
        except KeyboardInterrupt:
            # Else a worker would take the job up as one whose worker has died.
            finish_job(job_id=job.pk, state=Job.State.CANCELLED)
            self.stderr.write("Stopped. Nothing was imported.")
            raise
        job.refresh_from_db()
        return job

    def _tell(self, job: Job) -> None:
        report = job.report
        if job.state != Job.State.SUCCEEDED:
            raise CommandError("\n".join([*report.get("problems", []), job.error or "Nothing was imported."]))
        for problem in report.get("problems", []):
            self.stderr.write(problem)
        counts = ("imported", "corrected", "repeats", "twins", "left_out")
        told = [f"{report[name]} {name.replace('_', ' ')}" for name in counts if name in report]
        lost = [f"{count} {what}" for what, count in report.get("dropped", {}).items()]
        self.stdout.write(f"{', '.join(told)}.{' Not kept: ' + '; '.join(lost) + '.' if lost else ''}")


def _importer(project: Project, name: str | None) -> User:
    user = User.objects.filter(username=name).first() if name else project.created_by
    if user is None:
        raise CommandError("Say with --by who imports.")
    return user


def _upload(paths: list[Path]) -> tuple[str, Iterator[bytes]]:
    """One file as it is; several files, or folders, as one zip of all their files."""
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise CommandError(f"There is no file {missing[0]}.")
    if len(paths) == 1 and paths[0].is_file():
        return entry_names([paths[0].name])[0], _pieces(paths[0])
    # Resolved, a folder has a name, also where it was called `.` or `..`.
    folders = {file: path.parent for path in map(Path.resolve, paths) for file in _files(path)}
    names = entry_names(str(file.relative_to(folder)) for file, folder in folders.items())
    pieces = zip_pieces((name, _pieces(file)) for name, file in zip(names, folders, strict=True))
    return f"{len(folders)} files.zip", pieces


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK_BYTES):
            yield piece


def _object(raw: str) -> dict[str, Any]:
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise argparse.ArgumentTypeError(f"This is not JSON: {error}.") from error
    if not isinstance(value, dict):
        raise argparse.ArgumentTypeError("This is no JSON object.")
    return value
