"""An import at work: what has come in so far, and what has not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from annotator.lib.errors import Refused
from annotator.schemas.services.publishing import publish_change
from articles.formats.base import Found, ParsedArticle, Problem
from articles.models import Article, Import
from articles.services.corrections.correcting import correct_text
from articles.services.imports.findings import Findings, corrections_among, known_already
from articles.services.imports.source import ImportFile, open_import
from articles.services.intake.articles import store_articles
from articles.services.intake.authors import Target, target_of
from articles.services.jobs.lifecycle import Progress
from articles.services.twins import TwinFinder, link_new


class Intake:
    """Takes the file of an upload in, inside the transaction of its caller."""

    def __init__(self, upload: Import, progress: Progress) -> None:
        self.upload = upload
        self.new_ids: list[int] = []
        self.corrected_ids: list[int] = []
        self.repeats = 0
        self.twins = 0
        self.problems = Findings()
        self._finder = TwinFinder(upload.project)
        self._progress = progress

    @property
    def must_stop(self) -> bool:
        """Whether there is a problem, and the file was to be imported whole or not at all."""
        return bool(self.problems.problem_count) and not self.upload.only_valid

    @property
    def seen(self) -> int:
        """How many articles were looked at, imported or not."""
        return len(self.new_ids) + len(self.corrected_ids) + self.repeats + self.twins

    def take_in(self) -> None:
        """Store what is new. After a problem that stops the import, the rest is only read for problems.
        Raises Cancelled between two batches."""
        target = target_of(self.upload.project, self.upload.layer, by=self.upload.created_by)
        with open_import(self.upload) as file:
            with file.batches() as batches:
                for batch in batches:
                    self._take_batch(batch, target, batches.begin_next)
            self._publish_new_names(file)

    def _take_batch(self, batch: Sequence[Found], target: Target, before_writing: Callable[[], None]) -> None:
        for found in batch:
            if isinstance(found, Problem):
                self.problems.add_problem(found)
        if not self.must_stop:
            articles = [one for one in batch if isinstance(one, ParsedArticle)]
            self._store(articles, target, before_writing)
        self._progress.count(len(batch))

    def _store(self, batch: list[ParsedArticle], target: Target, before_writing: Callable[[], None]) -> None:
        known = known_already(self.upload.project, batch)
        self.repeats += len(known) - self._correct(batch, known)
        fresh = without(batch, known)
        if self.upload.twins == Import.Twins.SKIP:
            twins = set(twins_among(fresh, self._finder))
            self.twins += len(twins)
            fresh = without(fresh, twins)
        ids = store_articles(
            project=self.upload.project, articles=fresh, target=target, before_writing=before_writing
        )
        self.new_ids += ids
        for article in fresh:
            self.problems.dropped.update(article.dropped)
        if self.upload.twins == Import.Twins.SKIP:
            texts = {id_: article.text for id_, article in zip(ids, fresh, strict=True)}
            link_new(project=self.upload.project, texts=texts)

    def _correct(self, batch: Sequence[ParsedArticle], known: Collection[int]) -> int:
        """Correct the articles that come again with another text, where that is wanted. Answers how many."""
        if self.upload.corrections != Import.Corrections.CORRECT:
            return 0
        before = len(self.corrected_ids)
        for number, article_id in corrections_among(self.upload.project, batch, known).items():
            article = Article.objects.select_related("project").get(pk=article_id)
            try:
                made = correct_text(
                    article=article,
                    text=batch[number].text,
                    by=self.upload.created_by,
                    reason=self.upload.file_name,
                    enqueue_run=None,
                )
            except Refused as refusal:
                problem = Problem(batch[number].file, batch[number].line, refusal.reason)
                self.problems.add_problem(problem)
            else:
                self.corrected_ids.append(made.article_id)
        return len(self.corrected_ids) - before

    def _publish_new_names(self, file: ImportFile) -> None:
        added = file.checker.added
        if added and not self.must_stop:
            publish_change(project=self.upload.project, change=added.added_to, by=self.upload.created_by)

    def report(self) -> dict[str, Any]:
        counts = {
            "imported": 0 if self.must_stop else len(self.new_ids),
            "repeats": self.repeats,
            "left_out": self.problems.problem_count,
        }
        more = {
            "corrected": 0 if self.must_stop else len(self.corrected_ids),
            "twins": self.twins,
            "problems": self.problems.problems,
            "dropped": dict(self.problems.dropped),
        }
        return {**counts, **{name: value for name, value in more.items() if value}}


def without(articles: Sequence[ParsedArticle], positions: Collection[int]) -> list[ParsedArticle]:
    return [article for number, article in enumerate(articles) if number not in positions]


def twins_among(articles: Sequence[ParsedArticle], finder: TwinFinder) -> Iterator[int]:
    """Positions of those that nearly repeat an earlier one, of the project or of the file."""
    return (number for number, twin in enumerate(finder.look(articles)) if twin)
