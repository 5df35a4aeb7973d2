"""Who may read and change which layers."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils.translation import gettext

from annotator.lib.errors import NotPermitted
from annotator.users.models import User
from annotator.users.permissions import Permission
from articles.access.caller import Caller, admitted, known_user, one_of, role_in
from articles.models import (
    Article,
    BulkEdit,
    Layer,
    Status,
)
from articles.queries.bulk_plans import Target
from articles.queries.known_gold.exercises import hides_answers
from articles.queries.layers.choice import GOLD, LayerChoice, knows_layer
from articles.queries.layers.openness import open_readings
from articles.queries.suggestions.blind import engines_are_hidden


def get_layer_for(caller: Caller, article: Article, author: str) -> Layer | None:
    """The layer of `author` (`me`, `gold`, `user:NAME`, `engine:NAME`); None for an own layer that is not
    begun.

    Annotators see their own layer, those of engines, and gold once it is approved. They do not see what other
    annotators say, so that it cannot influence them; in open projects they see what others have handed in.
    Where an article is given without suggestions, they see no engine's layer until it is gold; where some
    suggestions are wrong on purpose, until they have handed it in.
    """
    layers = Layer.objects.filter(article=article).select_related("user", "engine")
    if author in ("me", f"user:{caller.user.username}"):
        return layers.by_user(caller.user).first()
    if not may_see_layer(caller, article, author):
        raise Http404
    kind, _, name = author.partition(":")
    match kind:
        case "gold":
            return one_of(layers.gold())
        case "user":
            return one_of(layers.by_people().filter(user__username=name))
        case "engine":
            return one_of(layers.by_engines().filter(engine__name=name))
    raise Http404


def get_reading_for(caller: Caller, article: Article, username: str) -> tuple[Layer, User]:
    """The layer of a person who has begun the article, for whoever may read it."""
    layer = get_layer_for(caller, article, f"user:{username}")
    if layer is None or layer.user is None:
        raise Http404
    return layer, layer.user


def may_see_layer(caller: Caller, article: Article, author: str) -> bool:
    """Whether the caller may read that author's layer of the article."""
    if caller.may(Permission.VIEW_ALL_LAYERS) or author == f"user:{caller.user.username}":
        return True
    if author.startswith("engine:"):
        return not engines_are_hidden(article, caller.user)
    if hides_answers(article, caller.user):
        return False
    if author.startswith("user:"):
        return author in open_readings(article, caller.user)
    return author == "gold" and article.status == Status.GOLD


def get_layer_choice_for(caller: Caller, author: str) -> LayerChoice:
    """Whose layers the caller may search in all articles: `me`, and for those who see all layers `gold`,
    `user:NAME` and `engine:NAME`. Empty is the default: gold, and for annotators their own."""
    sees_all = caller.may(Permission.VIEW_ALL_LAYERS)
    mine = LayerChoice("user", caller.user.username)
    choice = (GOLD if sees_all else mine) if not author else LayerChoice.parse(author)
    if author == "me" or choice == mine:
        return mine
    if choice is None or choice.is_all or not (sees_all and knows_layer(caller.project, choice)):
        raise Http404
    return choice


def get_bulk_target_for(caller: Caller, layer: LayerChoice, *, reopens: bool) -> Target:
    """What a bulk edit of that layer may change. Raises NotPermitted."""
    if layer == GOLD:
        caller.require(Permission.REVIEW)
    elif layer == LayerChoice("user", caller.user.username):
        caller.require(Permission.ANNOTATE)
    else:
        raise NotPermitted(gettext("Only gold and your own layer can be changed. Choose one of them."))
    return Target(caller.user, is_gold=layer == GOLD, reopens=reopens and layer == GOLD)


def may_change_in_bulk(caller: Caller, layer: LayerChoice) -> bool:
    try:
        get_bulk_target_for(caller, layer, reopens=False)
    except NotPermitted:
        return False
    return True


def get_bulk_edit_for(
    user: User | AnonymousUser, bulk_id: UUID, *, project: str = "", to_change: bool = False
) -> tuple[BulkEdit, Caller]:
    """A bulk edit: one's own, or anybody's for those who see all layers. `to_change`: it is to be undone or
    continued. `project` narrows to that slug."""
    known = known_user(user)
    rows = BulkEdit.objects.filter(pk=bulk_id).select_related("project", "job", "created_by", "undone_by")
    if project:
        rows = rows.filter(project__slug=project)
    bulk = one_of(rows.annotate(caller_role=role_in(known, "project_id")))
    caller = admitted(known, bulk.project, bulk, Permission.VIEW_PROJECT)
    if bulk.created_by_id != known.pk and not caller.may(Permission.VIEW_ALL_LAYERS):
        raise Http404
    if to_change:
        caller.require(Permission.REVIEW if bulk.is_gold else Permission.ANNOTATE)
        if not bulk.is_gold and bulk.created_by_id != known.pk:
            raise NotPermitted(gettext("It changed somebody's own layer, so only they can do this."))
    return bulk, caller
