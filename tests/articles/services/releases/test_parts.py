from __future__ import annotations

from collections import defaultdict

import orjson
import pytest
from django.utils import timezone

from annotator.users.models import Project, Role, User
from articles.models import (
    Article,
    Fingerprint,
    Layer,
)
from articles.queries.exports.packages import ExportQuery
from articles.queries.exports.splits import Split
from articles.queries.releases.query import ReleaseQuery
from articles.services.corrections.correcting import correct_text
from articles.services.jobs.lifecycle import Progress
from articles.services.releases.releasing import work_on_release
from tests.at_once import at_once
from tests.builders import (
    make_article,
    make_member,
    make_project,
    make_span,
)
from tests.scenarios.releases import THREE, begin_release, different, lines, make_release, parts_of, unpacked


def test_parts_are_files_and_nothing_is_in_two(project: Project, manager: User) -> None:
    articles = different(project, 40)
    release = make_release(project, manager, split=THREE)
    files = unpacked(release)
    found = {part: {line["id"] for line in lines(files[f"data/{part}.jsonl"])} for part in THREE.shares}
    assert sorted(id_ for ids in found.values() for id_ in ids) == [article.pk for article in articles]
    assert {part: len(ids) for part, ids in found.items()} == {"train": 32, "dev": 4, "test": 4}
    assert {id_: part for part, ids in found.items() for id_ in ids} == parts_of(release)
    counts = orjson.loads(files["manifest.json"])["parts"]
    assert list(counts) == ["train", "dev", "test"]
    assert [counts[part]["labels"]["GPE"] for part in counts] == [6, 1, 1]
    listed = orjson.loads(files["splits.json"])
    assert listed["split"] == {"shares": "train:80,dev:10,test:10", "seed": THREE.seed, "group": "twins"}
    assert {one["id"]: one["part"] for one in listed["articles"]} == parts_of(release)


def test_near_duplicates_stand_in_one_part(project: Project, manager: User) -> None:
    """Also those that came in before anybody looked for near-duplicates."""
    originals = different(project, 20)
    reprints = [
        make_article(project, f"{original.text} Reprinted.", spans=(make_span(0, 4),))
        for original in originals
    ]
    Fingerprint.objects.all().delete()
    parts = parts_of(make_release(project, manager, split=Split({"train": 1, "test": 1})))
    assert set(parts.values()) == {"train", "test"}
    for original, reprint in zip(originals, reprints, strict=True):
        assert parts[original.pk] == parts[reprint.pk]


def test_articles_of_one_source_stand_in_one_part_if_asked(project: Project, manager: User) -> None:
    for number in range(6):
        different(project, 4, seed=number, source=f"Paper {number}")
    split = Split({"train": 2, "test": 1}, together=("twins", "source"))
    parts = parts_of(make_release(project, manager, split=split))
    of_source = defaultdict[str, set[str]](set)
    for article, source in Article.objects.values_list("pk", "source"):
        of_source[source].add(parts[article])
    assert all(len(found) == 1 for found in of_source.values())
    assert set(parts.values()) == {"train", "test"}


def test_articles_keep_their_part_from_one_release_to_the_next(project: Project, manager: User) -> None:
    old = different(project, 20)
    before = parts_of(make_release(project, manager, split=THREE))
    different(project, 20, seed=1)
    other_seed = Split({"train": 50, "dev": 25, "test": 25}, seed=99)
    second = make_release(project, manager, split=other_seed)
    after = parts_of(second)
    assert {article.pk: after[article.pk] for article in old} == before
    assert second.manifest["changes"]["moved"] == 0
    anew = make_release(project, manager, query=ReleaseQuery(ExportQuery(split=other_seed), keep_parts=False))
    assert parts_of(anew) != after
    assert anew.manifest["changes"]["moved"] > 0


def test_a_corrected_text_keeps_the_part_of_the_text_before(project: Project, manager: User) -> None:
    old = different(project, 20)
    first = make_release(project, manager, split=THREE)
    part_of, frozen = parts_of(first), unpacked(first)
    chosen = [next(one for one in old if part_of[one.pk] == part) for part in THREE.shares]
    made = [
        correct_text(article=one, text=f"Corrected. {one.text}", by=manager, enqueue_run=lambda _: None)
        for one in chosen
    ]
    Layer.objects.gold().update(approved_at=timezone.now())
    other_seed = Split({"train": 50, "dev": 25, "test": 25}, seed=99)
    second = make_release(project, manager, split=other_seed)
    after = parts_of(second)
    assert {one.corrected_id: after[one.article_id] for one in made} == {
        one.corrected_id: part_of[one.corrected_id] for one in made
    }
    changes = second.manifest["changes"]
    assert [changes[kind] for kind in ("added", "removed", "changed", "moved")] == [0, 0, len(made), 0]
    trained = lines(unpacked(second)["data/train.jsonl"])
    assert {one["metadata"].get("text_version") for one in trained} == {None, 2}
    assert unpacked(first) == frozen


def test_a_part_that_is_no_longer_wanted_is_dealt_out_again(project: Project, manager: User) -> None:
    different(project, 20)
    before = parts_of(make_release(project, manager, split=THREE))
    after = parts_of(make_release(project, manager, split=Split({"train": 80, "test": 20})))
    assert set(after.values()) == {"train", "test"}
    assert all(after[article] == part for article, part in before.items() if part != "dev")


def test_an_empty_part_is_there_all_the_same(project: Project, manager: User) -> None:
    different(project, 1)
    release = make_release(project, manager, split=THREE)
    assert unpacked(release)["data/dev.jsonl"] == b""
    assert release.manifest["parts"]["dev"]["articles"] == 0
    assert "| `dev` | 0 | 0 | 0 |" in release.card


@pytest.mark.django_db(transaction=True)
def test_a_release_is_of_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What others do while one part is written is in no other part."""
    project = make_project()
    manager = make_member(project, Role.MANAGER)
    different(project, 20)
    release = begin_release(project, manager, split=THREE)
    count = Progress.count

    def meddle(progress: Progress, more: int = 1) -> None:
        if more:
            at_once(1, lambda _: Layer.objects.update(approved_at=None))
        count(progress, more)

    monkeypatch.setattr(Progress, "count", meddle)
    work_on_release(release.job_id)
    release.refresh_from_db()
    assert release.manifest["report"]["articles"] == release.manifest["counts"]["articles"] == 20
