from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.test import Client

from annotator.users.models import Project, User
from articles.services.files import store_file
from tests.builders import make_articles, make_span
from tests.scenarios.releases import make_release, sha256_of

LIST = "/admin/articles/release/"


def test_the_list_says_what_is_stored(
    client: Client, project: Project, manager: User, administrator: User
) -> None:
    make_articles(project, 2, spans=(make_span(),))
    release = make_release(project, manager, title="Spring")
    store_file(name="upload.txt", pieces=[b"x" * 2048])
    client.force_login(administrator)
    page = client.get(LIST).content.decode()
    assert release.file
    assert f"Releases take {filesizeformat(release.file.size)} of the database" in page
    assert f"wait to be imported {filesizeformat(2048)}" in page
    row = client.get(f"{LIST}{release.pk}/change/").content.decode()
    assert sha256_of(release) in row
    assert f"/projects/{project.slug}/releases/1/" in row
    assert client.post(f"{LIST}{release.pk}/change/", {"title": "Other"}).status_code == 403
