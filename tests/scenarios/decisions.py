"""Decisions as they are when somebody has settled a disagreement."""

from __future__ import annotations

from uuid import uuid4

from annotator.users.models import User
from articles.models import Article, Decision, Edit, Layer


def decide(article: Article, by: User, *, start: int = 25, end: int = 39) -> Decision:
    """A decision about words of the article, without the readings that it chose from."""
    gold, _ = Layer.objects.get_or_create(article=article, kind=Layer.Kind.GOLD)
    edit = Edit.objects.create(id=uuid4(), layer=gold, author=by, op="decide", data={})
    return Decision.objects.create(
        article=article,
        edit=edit,
        by=by,
        item=f"span:{start}-{end}",
        kind="label",
        name="PERSON",
        start=start,
        end=end,
        choice=Decision.Choice.OWN,
    )
