from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from django.test import Client

from annotator.users.models import Project, User
from articles.api.downloads import Unsatisfiable, byte_range
from articles.models import Article, Job, Release
from articles.models.files import PART_BYTES
from articles.services.files import store_file
from articles.services.releases.releasing import work_on_release
from tests.articles.api.conftest import Api
from tests.builders import make_articles, make_span, make_token
from tests.scenarios.releases import begin_release, make_release, sha256_of, unpacked


@pytest.fixture
def articles(project: Project) -> list[Article]:
    return make_articles(project, 3, spans=(make_span(),))


@pytest.fixture
def release(project: Project, manager: User, articles: list[Article]) -> Release:
    return make_release(project, manager, title="First")


class Downloader:
    """Asks for the file of a release with headers of its own."""

    def __init__(self, user: User, release: Release, query: str = "") -> None:
        self.client = Client(headers={"authorization": f"Bearer {make_token(user)}"})
        self.path = f"/api/v1/releases/{release.pk}/download/{query}"

    def get(self, **headers: str) -> Any:
        return self.client.get(self.path, headers=headers)

    def head(self, **headers: str) -> Any:
        return self.client.head(self.path, headers=headers)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


@pytest.fixture
def download(release: Release, viewer: User) -> Downloader:
    return Downloader(viewer, release)


@pytest.fixture
def content(download: Downloader) -> bytes:
    return body(download.get())


# --- making and reading


def test_a_release_is_made_in_the_background(
    call: Api, project: Project, manager: User, articles: list[Article]
) -> None:
    answer = call(
        manager, "POST", f"projects/{project.slug}/releases/", {"title": "Spring", "licence": "MIT"}
    )
    assert answer.status == 202
    assert (answer.body["number"], answer.body["sha256"]) == (1, None)
    assert answer.body["job"]["state"] == "queued"
    assert call(manager, "GET", f"releases/{answer.body['id']}/download/").status == 409
    work_on_release(answer.body["job"]["id"])
    done = call(manager, "GET", f"releases/{answer.body['id']}/").body
    assert done["job"]["state"] == "succeeded"
    assert done["manifest"]["counts"] == done["counts"]
    assert done["counts"]["articles"] == 3
    assert done["query"]["licence"] == "MIT"
    assert done["changes"] is None


def test_the_list_is_newest_first_and_paged(
    call: Api, project: Project, manager: User, viewer: User, release: Release
) -> None:
    second = begin_release(project, manager)
    page = call(viewer, "GET", f"projects/{project.slug}/releases/?page_size=1").body
    assert [row["number"] for row in page["results"]] == [second.number]
    assert page["results"][0]["counts"] is None
    rest = call(viewer, "GET", page["next"].partition("/api/v1/")[2]).body
    assert [row["number"] for row in rest["results"]] == [1]
    assert rest["results"][0]["sha256"] == sha256_of(release)
    assert rest["next"] is None


def test_changes_name_articles(
    call: Api, project: Project, manager: User, articles: list[Article], release: Release
) -> None:
    Article.objects.filter(pk=articles[0].pk).update(title="A new title")
    second = make_release(project, manager)
    changes = call(manager, "GET", f"releases/{second.pk}/").body["changes"]
    assert (changes["since"], changes["changed"], changes["added"]) == (1, 1, 0)
    assert changes["articles"]["changed"] == [
        {"id": articles[0].pk, "title": "A new title", "was": "", "now": ""}
    ]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"format": "papyrus"}, "no format"),
        ({"options": {"colour": "red"}}, "options has no colour"),
        ({"options": {"overlap": "longest"}}, "no option overlap"),
        ({"layer": "user:nobody"}, "no layer"),
        ({"layer": "silver"}, "layer is gold"),
        ({"filters": {"mine": True}}, "filters has no mine"),
        ({"filters": {"status": "silver"}}, "status"),
        ({"split": {"train": 0}}, "split"),
        ({"split": {"train": -1}}, "split"),
        ({"split": {"Train!": 1}}, "split"),
        ({"group": ["family"]}, "group"),
        ({"format": "conll", "history": True}, "no place for history"),
        ({"seed": "x"}, "seed"),
        ({"title": "x" * 201}, "title"),
    ],
)
def test_what_cannot_be_asked_is_a_problem_with_its_reason(
    call: Api, project: Project, manager: User, articles: list[Article], wrong: dict[str, Any], reason: str
) -> None:
    answer = call(manager, "POST", f"projects/{project.slug}/releases/", wrong)
    assert (answer.status, answer.type) == (400, "application/problem+json")
    assert reason in answer.body["detail"]
    assert not Job.objects.exists()


def test_an_empty_release_is_refused(call: Api, project: Project, manager: User) -> None:
    answer = call(manager, "POST", f"projects/{project.slug}/releases/", {})
    assert (answer.status, answer.type) == (409, "application/problem+json")


@pytest.mark.parametrize("rest", ["", "download/"])
def test_who_may_read(
    call: Api, release: Release, rest: str, viewer: User, annotator: User, reviewer: User, stranger: User
) -> None:
    path = f"releases/{release.pk}/{rest}"
    statuses = [call(user, "GET", path).status for user in (viewer, reviewer, annotator, stranger, None)]
    assert statuses == [200, 200, 403, 404, 401]


def test_only_managers_make_releases(
    call: Api, project: Project, articles: list[Article], viewer: User, annotator: User, reviewer: User
) -> None:
    path = f"projects/{project.slug}/releases/"
    assert [call(user, "POST", path, {}).status for user in (viewer, annotator, reviewer)] == [403] * 3


# --- the download


def test_the_whole_file_with_its_headers(download: Downloader, release: Release) -> None:
    response = download.get(accept_encoding="gzip")
    content = body(response)
    assert response.status_code == 200
    assert hashlib.sha256(content).hexdigest() == sha256_of(release)
    assert response["ETag"] == f'"{sha256_of(release)}"'
    assert response["Content-Length"] == str(len(content))
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Type"] == "application/zip"
    assert "Content-Encoding" not in response
    assert f'filename="{release.project.slug}-release-1.zip"' in response["Content-Disposition"]


def test_head_has_the_headers_and_no_body(download: Downloader, content: bytes) -> None:
    response = download.head(range="bytes=0-9")
    assert response.status_code == 200
    assert response["Content-Length"] == str(len(content))
    assert response.content == b""


@pytest.mark.parametrize(
    ("header", "start", "end"),
    [
        ("bytes=0-9", 0, 10),
        ("bytes=10-19", 10, 20),
        ("bytes=100-", 100, None),
        ("bytes=-7", -7, None),
        ("bytes=5-999999999", 5, None),
        ("bytes=-999999999", 0, None),
        ("bytes= 3-3 ", 3, 4),
    ],
)
def test_one_range_is_a_part(
    download: Downloader, content: bytes, header: str, start: int, end: int | None
) -> None:
    response = download.get(range=header)
    part = content[start:end]
    first = start if start >= 0 else len(content) + start
    assert response.status_code == 206
    assert body(response) == part
    assert response["Content-Length"] == str(len(part))
    assert response["Content-Range"] == f"bytes {first}-{first + len(part) - 1}/{len(content)}"


@pytest.mark.parametrize("header", ["bytes=0-1,5-6", "lines=1-2", "bytes", ""])
def test_several_ranges_and_other_units_are_the_whole(
    download: Downloader, content: bytes, header: str
) -> None:
    response = download.get(range=header)
    assert response.status_code == 200
    assert body(response) == content


@pytest.mark.parametrize(
    "header", ["bytes=9-3", "bytes=-0", "bytes=99999999-", "bytes=x-y", "bytes=-", "bytes=1"]
)
def test_a_range_that_is_not_there_is_416(download: Downloader, content: bytes, header: str) -> None:
    response = download.get(range=header)
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(content)}"
    assert response["Content-Type"] == "application/problem+json"


def test_a_range_of_another_content_is_the_whole(download: Downloader, content: bytes) -> None:
    etag = download.head()["ETag"]
    assert download.get(range="bytes=0-3", if_range=etag).status_code == 206
    for other in ('"another"', "Wed, 21 Oct 2015 07:28:00 GMT", f"W/{etag}"):
        assert download.get(range="bytes=0-3", if_range=other).status_code == 200


def test_what_the_caller_has_already_is_not_sent_again(download: Downloader) -> None:
    etag = download.head()["ETag"]
    assert download.get(if_none_match=etag).status_code == 304
    assert download.get(if_match='"another"').status_code == 412
    assert download.get(if_match=etag).status_code == 200


def test_a_download_that_broke_off_is_taken_up(download: Downloader, content: bytes) -> None:
    got = b""
    while len(got) < len(content):
        got += body(download.get(range=f"bytes={len(got)}-"))[:1000]
    assert got == content


def test_a_large_file_comes_in_parts(project: Project, manager: User, release: Release, viewer: User) -> None:
    size = 3 * PART_BYTES + 5

    def pieces() -> Iterator[bytes]:
        for number in range(size // 1000 + 1):
            yield number.to_bytes(4, "big") * 250

    large = begin_release(project, manager)
    file = store_file(name="large.zip", pieces=pieces())
    Release.objects.filter(pk=large.pk).update(file=file, published_at="2026-01-01T00:00Z")
    response = Downloader(viewer, large).get(range=f"bytes={PART_BYTES - 2}-{2 * PART_BYTES + 1}")
    sizes = [len(piece) for piece in response.streaming_content]
    assert sum(sizes) == PART_BYTES + 4
    assert max(sizes) <= PART_BYTES


def test_one_file_of_the_zip(release: Release, viewer: User) -> None:
    files = unpacked(release)
    for name in ("data/articles.jsonl", "manifest.json", "README.md"):
        one = Downloader(viewer, release, f"?file={name}")
        response = one.get()
        assert body(response) == files[name]
        assert response["Content-Length"] == str(len(files[name]))
        assert body(one.get(range="bytes=7-20")) == files[name][7:21]
    digests = {file["name"]: file["sha256"] for file in release.manifest["files"]}
    assert one.get()["ETag"] == f'"{digests["README.md"]}"'


@pytest.mark.parametrize("name", ["nothing.txt", "", "../manifest.json", "data/"])
def test_a_file_that_is_not_there_is_404(release: Release, viewer: User, name: str) -> None:
    assert Downloader(viewer, release, f"?file={name}").get().status_code == 404


def test_releases_are_read_in_archived_projects(
    call: Api, release: Release, manager: User, project: Project
) -> None:
    Project.objects.filter(pk=project.pk).update(archived_at="2026-01-01T00:00Z")
    assert call(manager, "GET", f"releases/{release.pk}/download/").status == 200
    assert call(manager, "POST", f"projects/{project.slug}/releases/", {}).status == 409


def test_ranges_are_read_exactly() -> None:
    assert byte_range("bytes=0-0", 1) == (0, 1)
    assert byte_range("bytes=-5", 3) == (0, 3)
    for header, size in (("bytes=0-0", 0), ("bytes=-1", 0), ("bytes=3-", 3), ("bytes=" + "9" * 40 + "-", 3)):
        with pytest.raises(Unsatisfiable):
            byte_range(header, size)


def test_the_manifest_of_the_answer_is_the_one_in_the_zip(call: Api, release: Release, viewer: User) -> None:
    shown = call(viewer, "GET", f"releases/{release.pk}/").body["manifest"]
    assert shown == orjson.loads(unpacked(release)["manifest.json"])
