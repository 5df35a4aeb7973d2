"""Stories through the API."""

from __future__ import annotations

import pytest

from annotator.users.models import Project, User
from articles.models import Article, Feedback
from articles.services.twins import catch_up
from tests.articles.api.conftest import Api
from tests.builders import add_span, make_article, make_span
from tests.scenarios.exercises import hand_in, make_exercise
from tests.scenarios.known_articles import hand_in_known, make_known, take_known

FERRY = "BERGEN, Norway, Feb. 11. The ferry to the islands sails again after repairs all winter, " * 3


@pytest.fixture
def told(project: Project) -> list[Article]:
    """A story of two, of which the first is gold: Norway, and a name that only it has."""
    text = f"{FERRY} Alpha rests."
    spans = [make_span(text.index(one), text.index(one) + len(one), "GPE") for one in ("Norway", "Alpha")]
    found = [
        make_article(project, text=text, spans=tuple(spans), title="Told first"),
        make_article(project, text=f"Print. {FERRY}", title="Told again"),
    ]
    catch_up(project=project)
    return found


def test_stories_are_listed_with_their_members(
    told: list[Article], project: Project, viewer: User, call: Api
) -> None:
    page = call(viewer, "GET", f"projects/{project.slug}/stories/?order=date").body
    assert [(one["article"], one["size"], one["gold"]) for one in page["results"]] == [(told[0].pk, 2, 1)]
    assert page["next"] is None
    story = call(viewer, "GET", f"articles/{told[1].pk}/story/").body
    assert story["total"] == 2
    assert [one["article"] for one in story["members"]] == [one.pk for one in told]
    assert story["members"][0]["similarity"] is None
    assert 0.5 < story["members"][1]["similarity"] <= 1


def test_two_articles_are_aligned_and_gold_is_carried(
    told: list[Article], reviewer: User, annotator: User, call: Api
) -> None:
    path = f"articles/{told[0].pk}/story/{told[1].pk}/"
    found = call(reviewer, "GET", path).body
    for start, end, there, until in found["stretches"]:
        assert told[0].text[start:end].split() == told[1].text[there:until].split()
    assert found["same_words"] < found["words"]
    assert (found["gold"]["spans"], len(found["gold"]["doubtful"])) == (1, 1)
    assert call(annotator, "GET", path).body["gold"] is None
    carried = call(reviewer, "POST", f"articles/{told[0].pk}/story/carry/").body
    assert carried == {"articles": 1, "spans": 1, "doubtful": 1, "left": 0}
    assert call(reviewer, "POST", f"articles/{told[1].pk}/story/carry/").status == 409
    assert call(annotator, "POST", f"articles/{told[0].pk}/story/carry/").status == 403


def test_copies_for_exercises_are_in_no_story_and_give_no_feedback(
    project: Project, annotator: User, manager: User, call: Api
) -> None:
    hand_in(make_exercise(project, manager), annotator, add_span(0, 6, "ORG"))
    make_known(project, manager, text=f"Known. {FERRY}")
    hand_in_known(take_known(project, annotator), annotator, add_span(0, 5, "ORG"))
    catch_up(project=project)
    assert Article.objects.filter(text=f"Known. {FERRY}").count() == 2
    assert call(manager, "GET", f"projects/{project.slug}/stories/").body["results"] == []
    assert not Feedback.objects.of(project, annotator)
