"""What annotators learn of what gold changed in their work."""

from __future__ import annotations

from uuid import uuid4

from annotator.users.models import Project, User
from articles.domain.layers.edits import EditRequest
from articles.models import Feedback
from articles.services.adjudication import settle
from articles.services.edits import edit_gold_layer
from articles.services.gold.approving import approve, send_back
from articles.services.gold.feedback import mark_seen
from tests.articles.services.test_adjudication import PERSON, PLACE, decision, letter_of, make_read
from tests.builders import add_span, make_article, make_submitted
from tests.pages import Visitor, words


def test_each_learns_what_gold_says_instead_and_why(project: Project, reviewer: User) -> None:
    article = make_read(project, [PERSON, PLACE], [PERSON, (0, 6, "LOC")])
    taken = decision("span:0-6", "reading", letter_of(article, "LOC")) | {"reason": "A harbour."}
    settle(article=article, by=reviewer, decisions=[taken])
    assert not Feedback.objects.exists()
    approve(article=article, by=reviewer)
    right, wrong = Feedback.objects.order_by("number")
    assert (right.number, wrong.number) == (0, 1)
    (change,) = wrong.changes
    assert (change["kind"], change["reason"]) == ("label", "A harbour.")
    assert [change[side]["spans"][0]["label"] for side in ("said", "gold")] == ["GPE", "LOC"]
    page = words(Visitor(wrong.layer.user).get(f"/projects/{project.slug}/feedback/"))
    assert "“BERGEN”" in page
    assert "Because: A harbour." in page
    assert "No feedback yet" in words(Visitor(right.layer.user).get(f"/projects/{project.slug}/feedback/"))


def test_what_is_read_is_new_again_only_when_it_changes(
    project: Project, annotator: User, reviewer: User, manager: User
) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    edit_gold_layer(article=article, by=reviewer, edits=[add_span(*PLACE)])
    approve(article=article, by=reviewer)
    path = f"/projects/{project.slug}/feedback/"
    assert "1 new" in words(Visitor(annotator).get(path))
    assert Visitor(annotator).post(f"{path}seen/").status_code == 302
    assert Feedback.objects.unseen().count() == 0
    send_back(article=article, by=reviewer, comment="")
    approve(article=article, by=reviewer)
    assert mark_seen(project=project, by=annotator) == 0
    send_back(article=article, by=reviewer, comment="")
    labels = EditRequest(uuid4(), "set_labels", ["opinion"])
    edit_gold_layer(article=article, by=reviewer, edits=[labels])
    approve(article=article, by=reviewer)
    assert mark_seen(project=project, by=manager) == 0
    assert "opinion" in words(Visitor(manager).get(path, person="annotator"))
    assert mark_seen(project=project, by=annotator) == 1


def test_others_see_their_own_only(project: Project, annotator: User, reviewer: User, viewer: User) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    edit_gold_layer(article=article, by=reviewer, edits=[add_span(*PLACE)])
    approve(article=article, by=reviewer)
    path = f"/projects/{project.slug}/feedback/"
    assert "No feedback yet" in words(Visitor(reviewer).get(path, person="annotator"))
    assert Visitor(viewer).get(path).status_code == 403
