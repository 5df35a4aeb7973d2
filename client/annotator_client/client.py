from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Callable, Literal, overload

import httpx
from tqdm.utils import CallbackIOWrapper

from .connection import Connection, Params
from .downloads import Target, save_export
from .errors import AnnotatorError, JobFailed
from .frames import Frames, frames_of
from .parameters import batches_of, fields_of, parameters_of
from .progress import bytes_bar, count_bar
from .records import current_records, released_records, save_release
from .spacy_docs import Docs, docs_of
from .uploads import Source, opened
from .values import Article, FullArticle, Job, Project, Record, Release, release_of, value_of

# How many articles the server takes at once.
BATCH = 1000
PAGE = 500
LONGEST_POLL = 2.0


class Annotator:
    """One Annotator server, as one person sees it.

        annotator = Annotator("https://annotator.example.org", "TOKEN")
        annotator.import_file("news", "stories.jsonl")
        train = annotator.load_dataset("news", release=3, part="train", as_="spacy")

    Projects are named by their short name. Filters are those of the article list: `q`, `status`, `label`,
    `language`, `published_after`, `published_before`, `mine`. Raises AnnotatorError and its subclasses.
    """

    def __init__(
        self, url: str, token: str | None = None, *, progress: bool = True, timeout: float = 120.0
    ) -> None:
        """Without `token`, ANNOTATOR_TOKEN of the environment. Progress bars are shown on terminals only."""
        token = token or os.environ.get("ANNOTATOR_TOKEN")
        if not token:
            raise ValueError(
                "Give a token, or set ANNOTATOR_TOKEN. One is made under Account in the browser."
            )
        self._connection = Connection(url, token, timeout=timeout)
        self._progress = progress

    def __enter__(self) -> Annotator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    # Projects and articles

    def me(self) -> dict[str, Any]:
        """Who the token acts for, with their role in each project."""
        return self._object("me/")

    def projects(self) -> list[Project]:
        return [value_of(Project, row) for row in self._connection.get("projects/")]

    def project(self, project: str) -> Project:
        return value_of(Project, self._connection.get(f"projects/{project}/"))

    def schema(self, project: str) -> dict[str, Any]:
        """The label schema in force."""
        return self._object(f"projects/{project}/schema/")

    def progress(self, project: str) -> dict[str, Any]:
        """How many articles stand where, and who did how much."""
        return self._object(f"projects/{project}/progress/")

    def articles(self, project: str, *, ordering: str = "id", **filters: Any) -> Iterator[Article]:
        """Articles without their texts, page by page."""
        params = parameters_of(filters, ordering=ordering, page_size=PAGE)
        rows = self._connection.pages(f"projects/{project}/articles/", params)
        return (value_of(Article, row) for row in rows)

    def article(self, article_id: int) -> FullArticle:
        return value_of(FullArticle, self._connection.get(f"articles/{article_id}/"))

    def layer(self, article_id: int, author: str = "gold") -> dict[str, Any]:
        """A whole layer: `author` is me, gold, user:NAME or engine:NAME."""
        return self._object(f"articles/{article_id}/layers/{author}/")

    def add_articles(self, project: str, articles: Iterable[Mapping[str, Any]]) -> list[Article]:
        """Add articles given as dicts with `text` and what is known of it. A thousand at a time are all
        added, or none of them."""
        added: list[Article] = []
        for batch in batches_of(articles, BATCH):
            rows = self._connection.post(f"projects/{project}/articles/", json=batch)
            added += (value_of(Article, row) for row in rows)
        return added

    # Import and export

    def import_file(
        self,
        project: str,
        source: Source,
        *,
        name: str | None = None,
        format: str = "auto",
        layer: str = "gold",
        only_valid: bool = False,
        wait: bool = True,
        **more: Any,
    ) -> Job:
        """Import a file, a folder, or bytes with a `name`: all of it, or with `only_valid` what is valid.

        Spans go to `layer`: gold, user:NAME or engine:NAME. `more` goes to the server, such as `options` of
        the format, `mapping` of labels, `encoding`, `twins`. Raises Invalid with every problem by file and
        line, JobFailed.
        """
        fields = {"format": format, "layer": layer, **fields_of({"only_valid": only_valid, **more})}
        with opened(source, name) as upload, bytes_bar(upload.name, upload.size, shown=self._progress) as bar:
            answer = self._connection.post(
                f"projects/{project}/imports/",
                data=fields,
                files={"file": (upload.name, CallbackIOWrapper(bar.update, upload.file, "read"))},
                # The server looks into the file before it answers.
                timeout=httpx.Timeout(None, connect=30.0),
            )
        return self._begun(answer, wait)

    def export(
        self, project: str, to: Target, *, format: str = "jsonl", layer: str = "gold", **options: Any
    ) -> Path:
        """Export to a file, or into a folder under the server's name for it. `options` are filters, options
        of the format, and `split={"train": 80, "dev": 10, "test": 10}` with `seed` and `group`."""
        params = parameters_of(options, format=format, layer=layer)
        return save_export(self._connection, f"projects/{project}/export/", params, to, shown=self._progress)

    def export_report(
        self, project: str, *, format: str = "jsonl", layer: str = "gold", **options: Any
    ) -> dict[str, Any]:
        """What an export would hold, and what its format has no place for."""
        params = parameters_of(options, format=format, layer=layer, report=1)
        return self._object(f"projects/{project}/export/", params)

    # Datasets

    def iter_articles(
        self,
        project: str,
        *,
        release: Release | int | None = None,
        part: str | None = None,
        **filters: Any,
    ) -> Iterator[Record]:
        """Articles with text and annotations, one in memory at a time: as they are now (`layer` is gold,
        user:NAME or engine:NAME), or those of a release (its number) or of one of its parts. A release is
        downloaded once, and kept in the user's cache."""
        if release is None:
            if part is not None:
                raise ValueError("Parts belong to a release: give its number.")
            return current_records(self._connection, project, parameters_of(filters))
        if filters:
            raise ValueError("A release has its layer and filters, and cannot be filtered again.")
        chosen = self._release(project, release)
        return released_records(self._connection, chosen, part, shown=self._progress)

    @overload
    def load_dataset(
        self,
        project: str,
        release: Release | int | None = ...,
        part: str | None = ...,
        as_: Literal["dicts"] = ...,
        **filters: Any,
    ) -> list[Record]: ...
    @overload
    def load_dataset(
        self,
        project: str,
        release: Release | int | None = ...,
        part: str | None = ...,
        *,
        as_: Literal["spacy"],
        tokenizer: Callable[[str], Any] | None = ...,
        **filters: Any,
    ) -> Docs: ...
    @overload
    def load_dataset(
        self,
        project: str,
        release: Release | int | None = ...,
        part: str | None = ...,
        *,
        as_: Literal["pandas"],
        **filters: Any,
    ) -> Frames: ...
    def load_dataset(
        self,
        project: str,
        release: Release | int | None = None,
        part: str | None = None,
        as_: str = "dicts",
        tokenizer: Callable[[str], Any] | None = None,
        **filters: Any,
    ) -> list[Record] | Docs | Frames:
        """All of `iter_articles` as a list of dicts, as spaCy Docs or as pandas DataFrames."""
        records = self.iter_articles(project, release=release, part=part, **filters)
        if as_ == "dicts":
            return list(records)
        if as_ == "spacy":
            return docs_of(records, tokenizer)
        if as_ == "pandas":
            return frames_of(records)
        raise ValueError(f"as_ is dicts, spacy or pandas, not {as_!r:.40}.")

    # Releases

    def releases(self, project: str) -> Iterator[Release]:
        """Newest first."""
        rows = self._connection.pages(f"projects/{project}/releases/", {"page_size": PAGE})
        return (release_of(row) for row in rows)

    def release(self, project: str, number: int) -> Release:
        """With manifest, card, and what changed since the one before. Raises AnnotatorError."""
        return self._release(project, number)

    def create_release(self, project: str, *, wait: bool = True, **wanted: Any) -> Release:
        """Make a release and wait for it. `wanted` are `title`, `notes`, `format`, `options`, `layer`,
        `filters`, `authors`, `licence`, and `split={"train": 80, "dev": 10, "test": 10}` with `seed` and
        `group`. Raises JobFailed."""
        release = release_of(self._connection.post(f"projects/{project}/releases/", json=wanted))
        if not wait:
            return release
        self.wait(release.job)
        return self._release(project, release)

    def download_release(self, release: Release, to: Target) -> Path:
        """Its zip, into a file or a folder. What broke off is resumed, and the checksum verified."""
        target = Path(to)
        if target.is_dir():
            target = target / f"{release.project}-release-{release.number}.zip"
        return save_release(self._connection, release, target, shown=self._progress)

    def _release(self, project: str, release: Release | int) -> Release:
        """All of it, by its number or from a list."""
        if isinstance(release, int):
            found = [one for one in self.releases(project) if one.number == release]
            if not found:
                raise AnnotatorError(f"The project {project!r} has no release {release}.")
            release = found[0]
        return release_of(self._connection.get(f"releases/{release.id}/"))

    # Work in the background

    def run(
        self,
        project: str,
        *,
        engine: str = "",
        articles: Sequence[int] = (),
        wait: bool = True,
        **filters: Any,
    ) -> Job:
        """Pre-annotate with one engine, or all that are enabled: these articles, or those that the filters
        find."""
        body = {"engine": engine, "articles": list(articles), "filter": filters}
        return self._begun(self._connection.post(f"projects/{project}/runs/", json=body), wait)

    def engines(self, project: str) -> list[dict[str, Any]]:
        return list(self._connection.get(f"projects/{project}/engines/"))

    def job(self, job_id: int) -> Job:
        return value_of(Job, self._connection.get(f"jobs/{job_id}/"))

    def wait(self, job: Job, *, timeout: float | None = None) -> Job:
        """The job once it has succeeded. Raises JobFailed, and TimeoutError after so many seconds."""
        ends = None if timeout is None else time.monotonic() + timeout
        pause = 0.1
        with count_bar(job.kind, job.total or None, shown=self._progress) as bar:
            while not job.is_finished:
                if ends is not None and time.monotonic() > ends:
                    raise TimeoutError(f"{job.kind} {job.id} is still {job.state}.")
                time.sleep(pause)
                pause = min(pause * 1.5, LONGEST_POLL)
                job = self.job(job.id)
                bar.total = job.total or None
                bar.update(job.done - bar.n)
        if not job.has_succeeded:
            raise JobFailed(job)
        return job

    def cancel(self, job: Job) -> Job:
        """Ask a job to stop; what it has done stays done."""
        return value_of(Job, self._connection.post(f"jobs/{job.id}/cancel/"))

    def _begun(self, answer: Mapping[str, Any], wait: bool) -> Job:
        job = value_of(Job, answer)
        return self.wait(job) if wait else job

    def _object(self, path: str, params: Params | None = None) -> dict[str, Any]:
        return dict(self._connection.get(path, params))
