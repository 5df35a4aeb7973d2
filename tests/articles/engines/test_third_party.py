"""The example package of the docs, installed for real, and engines that are broken in every way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from annotator.users.models import Project
from articles.domain.spans import Suggestion
from articles.engines import registry
from articles.engines.answers import MOST_SUGGESTIONS, answers_of
from articles.engines.base import ArticleText, Engine, EngineError, EngineUnavailable
from articles.models import Job, ProjectEngine, RunItem, Span
from articles.services.runs.running import start_run
from articles.services.runs.work import work_on_run
from tests.builders import make_article

ROOT = Path(__file__).parents[3]
NAN = float("nan")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which pip has installed the example, without the network."""
    folder = tmp_path_factory.mktemp("engine")
    source = shutil.copytree(ROOT / "docs" / "examples" / "engine", folder / "source")
    wanted = [
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
        "--target",
        str(folder / "site"),
        str(source),
    ]
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", *wanted], check=True, capture_output=True)
    return folder / "site"


def test_a_fresh_process_finds_the_installed_engine(installed: Path) -> None:
    code = "from articles.engines.registry import all_engines as a; print(a()['tickers'].title)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{installed}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "Stock tickers"


def test_the_installed_engine_reads_a_project(
    installed: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(installed)
    found = registry.all_engines.__wrapped__()
    monkeypatch.setattr(registry, "all_engines", lambda: found)
    row = ProjectEngine.objects.create(
        project=project, name="tickers", kind="tickers", settings={"label": "ORG", "cashtags": False}
    )
    article = make_article(project, "Northline (NYSE: NLP) rose, $OAK fell, (Nasdaq: ACME) did neither.")
    run_over(article.pk, row)
    spans = Span.objects.filter(layer__engine=row).order_by("start").values_list("start", "end")
    names = [article.text[start:end] for start, end in spans]
    assert names == ["NLP", "ACME"]


class Broken(Engine):
    """Answers whatever a test wants it to."""

    name: ClassVar[str] = "broken"
    title: ClassVar[str] = "Broken"
    description: ClassVar[str] = "For tests."
    answer: ClassVar[Callable[[list[ArticleText]], Any]] = staticmethod(lambda articles: [])

    def annotate(self, articles: Any) -> Iterator[list[Suggestion]]:
        return iter(type(self).answer(list(articles)))


def answering(answer: Callable[[list[ArticleText]], Any]) -> Engine:
    engine: Engine = kind_answering(answer)({}, frozenset({"ORG"}))
    return engine


def kind_answering(answer: Callable[[list[ArticleText]], Any]) -> type[Engine]:
    return type("Answering", (Broken,), {"answer": staticmethod(answer)})


def raising(error: BaseException) -> Callable[[list[ArticleText]], Any]:
    def answer(articles: list[ArticleText]) -> Any:
        raise error

    return answer


def each(*found: Any) -> Callable[[list[ArticleText]], Any]:
    return lambda articles: [list(found) for _ in articles]


ARTICLES = [ArticleText(1, "Northline rose."), ArticleText(2, "Oakfield fell.")]
WRONG = {
    "too few lists": (lambda articles: [[]], "answered 1 lists of suggestions, not 2"),
    "too many lists": (lambda articles: [[]] * 9, "answered more than 2 lists"),
    "no end of lists": (lambda articles: iter(list, None), "answered more than 2 lists"),
    "no lists": (lambda articles: 7, "failed: TypeError"),
    "lists of nothing": (lambda articles: [None, None], "failed: TypeError"),
    "an error": (raising(RuntimeError("boom")), "broken failed: RuntimeError: boom"),
    "its own error": (raising(EngineError("Buy a licence.")), "broken: Buy a licence."),
    "an exit": (raising(SystemExit(3)), "failed: SystemExit"),
    "a huge list": (each(*[Suggestion(0, 1, "ORG")] * (MOST_SUGGESTIONS + 1)), "more than 20,000 spans"),
    "dictionaries": (each({"start": 0, "end": 3, "label": "ORG"}), "which is no suggestion"),
    "a label that is a number": (each(Suggestion(0, 3, 7)), "which is no suggestion"),  # type: ignore[arg-type]
    "offsets that are text": (each(Suggestion("0", 3, "ORG")), "failed: TypeError"),  # type: ignore[arg-type]
    "half offsets": (each(Suggestion(0.5, 3, "ORG")), "failed: TypeError"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize(("answer", "said"), WRONG.values(), ids=WRONG.keys())
def test_what_no_engine_may_answer_is_said_with_its_name(answer: Any, said: str) -> None:
    with pytest.raises(EngineError, match=r"^broken") as caught:
        answers_of("broken", answering(answer), ARTICLES)
    assert said in str(caught.value)


def test_that_no_article_is_to_blame_stays_known() -> None:
    with pytest.raises(EngineUnavailable, match="broken: Down"):
        answers_of("broken", answering(raising(EngineUnavailable("Down."))), ARTICLES)


@pytest.mark.parametrize("confidence", [NAN, float("inf"), -1, 0, 1.5])
def test_a_confidence_that_is_none_is_taken_away(confidence: float) -> None:
    found = answers_of("broken", answering(each(Suggestion(0, 3, "ORG", confidence))), ARTICLES)
    assert found == [[Suggestion(0, 3, "ORG")]] * 2


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (0, 10**9), (3, 3), (5, 2)])
def test_spans_outside_the_text_are_left_out(start: int, end: int) -> None:
    wanted = Suggestion(0, 3, "ORG", 0.5)
    found = answers_of("broken", answering(each(wanted, Suggestion(start, end, "ORG"))), ARTICLES)
    assert found == [[wanted]] * 2


@pytest.mark.parametrize(("answer", "said"), WRONG.values(), ids=WRONG.keys())
def test_a_broken_engine_breaks_no_run(
    project: Project, monkeypatch: pytest.MonkeyPatch, answer: Any, said: str
) -> None:
    kinds = {**registry.all_engines(), "broken": kind_answering(answer)}
    monkeypatch.setattr(registry, "all_engines", lambda: kinds)
    row = ProjectEngine.objects.create(project=project, name="broken", kind="broken")
    job = run_over(make_article(project).pk, row)
    assert (job.state, job.done) == (Job.State.SUCCEEDED, 1)
    item = RunItem.objects.get(job=job)
    if item.state == RunItem.State.FAILED:
        assert (item.tries, item.error[:6]) == (3, "broken")


def run_over(article: int, row: ProjectEngine) -> Job:
    job = start_run(
        project=row.project, engines=[row], article_ids=[article], by=None, enqueue=lambda _: None
    )
    work_on_run(job.pk)
    job.refresh_from_db()
    return job
