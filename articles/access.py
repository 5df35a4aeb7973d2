"""The only way in which request code obtains objects.

What is missing and what the caller may not know about are both 404. Who may see an object but lacks the right
for an action gets NotPermitted with the reason, which becomes a 403.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext

from annotator.lib.errors import NotPermitted
from annotator.users.models import Invitation, Membership, Project, Role, User
from annotator.users.permissions import Denied, Permission, Verdict, check_role, role_seen
from articles.models import (
    Article,
    Assignment,
    BulkEdit,
    Correction,
    CorrectionTodo,
    Decision,
    Delivery,
    Doubt,
    EngineVersion,
    Evaluation,
    GuidelineVersion,
    Import,
    Job,
    Layer,
    Precedent,
    ProjectEngine,
    Release,
    SchemaChange,
    SchemaTodo,
    Status,
    Thread,
    Webhook,
)
from articles.models.jobs import ABOUT_READINGS
from articles.queries.blind import engines_are_hidden
from articles.queries.bulk_plans import Target
from articles.queries.corrections import require_current
from articles.queries.exercises import hides_answers
from articles.queries.known_articles import kept_from, open_to
from articles.queries.layer_choice import GOLD, LayerChoice, knows_layer
from articles.queries.openness import open_readings

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Caller:
    """A user with their role in one project."""

    user: User
    project: Project
    role: str

    def may(self, permission: Permission) -> bool:
        return bool(check_role(self.role, permission, self.project))

    def why_not(self, permission: Permission) -> str:
        verdict = check_role(self.role, permission, self.project)
        return verdict.reason if isinstance(verdict, Denied) else ""

    def require(self, permission: Permission) -> None:
        verdict: Verdict = check_role(self.role, permission, self.project)
        if isinstance(verdict, Denied):
            raise NotPermitted(verdict.reason)


def get_project_for(
    user: User | AnonymousUser, slug: str, permission: Permission = Permission.VIEW_PROJECT
) -> tuple[Project, Caller]:
    """The project and the caller's role in it."""
    known = _known(user)
    project = _one(Project.objects.real().filter(slug=slug).annotate(caller_role=_role(known, "pk")))
    return project, _admit(known, project, project, permission)


def get_article_for(
    user: User | AnonymousUser,
    article_id: int,
    permission: Permission = Permission.VIEW_PROJECT,
    *,
    project: str = "",
) -> tuple[Article, Caller]:
    """An article that is not archived, with its project loaded. `project` narrows to that slug. A copy of a
    known article is there for who was given it; annotators who may be given one do not find its original.

    Raises TextCorrected where its text was corrected, so that the work goes on elsewhere.
    """
    known = _known(user)
    try:
        return _text(known, article_id, open_to(known), permission, project)
    except Http404:
        article, _ = get_text_for(user, article_id, project=project)
        require_current(article)
        raise


def get_text_for(
    user: User | AnonymousUser,
    article_id: int,
    permission: Permission = Permission.VIEW_PROJECT,
    *,
    project: str = "",
) -> tuple[Article, Caller]:
    """An article, or an earlier text of one: to be read, and to bring late edits to where work goes on."""
    known = _known(user)
    corrected = Exists(Correction.objects.filter(Q(article=OuterRef("pk")) | Q(corrected=OuterRef("pk"))))
    return _text(known, article_id, open_to(known) | Q(corrected), permission, project)


def _text(
    user: User, article_id: int, which: Q, permission: Permission, project: str
) -> tuple[Article, Caller]:
    rows = Article.objects.filter(which, pk=article_id).select_related("project")
    rows = rows.filter(project__slug=project) if project else rows
    rows = rows.annotate(is_kept=kept_from(user), caller_role=_role(user, "project_id"))
    article = _one(rows)
    caller = _admit(user, article.project, article, permission)
    if getattr(article, "is_kept", False) and not caller.may(Permission.VIEW_ALL_LAYERS):
        raise Http404
    return article, caller


def get_layer_for(caller: Caller, article: Article, author: str) -> Layer | None:
    """The layer of `author` (`me`, `gold`, `user:NAME`, `engine:NAME`); None for an own layer not begun yet.

    Annotators see their own layer, the engines', and gold once it is approved: blind for a reason. Where the
    project is open, they see what others have handed in, too. An article that is given without suggestions
    has no engines' layers for them until it is gold; one with some that are wrong on purpose, until they hand
    it in.
    """
    layers = Layer.objects.filter(article=article).select_related("user", "engine")
    if author in ("me", f"user:{caller.user.username}"):
        return layers.by_user(caller.user).first()
    if not may_see_layer(caller, article, author):
        raise Http404
    kind, _, name = author.partition(":")
    match kind:
        case "gold":
            return _one(layers.gold())
        case "user":
            return _one(layers.by_people().filter(user__username=name))
        case "engine":
            return _one(layers.by_engines().filter(engine__name=name))
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
    """Whose layers of all articles the caller may search: `me`, and for those who see all layers `gold`,
    `user:NAME` and `engine:NAME`. Empty is the usual: gold, or an annotator's own."""
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
    """A bulk edit: one's own, and for those who see all layers anybody's. `to_change`: to undo it, or to have
    it go on. `project` narrows to that slug."""
    known = _known(user)
    rows = BulkEdit.objects.filter(pk=bulk_id).select_related("project", "job", "created_by", "undone_by")
    if project:
        rows = rows.filter(project__slug=project)
    bulk = _one(rows.annotate(caller_role=_role(known, "project_id")))
    caller = _admit(known, bulk.project, bulk, Permission.VIEW_PROJECT)
    if bulk.created_by_id != known.pk and not caller.may(Permission.VIEW_ALL_LAYERS):
        raise Http404
    if to_change:
        caller.require(Permission.REVIEW if bulk.is_gold else Permission.ANNOTATE)
        if not bulk.is_gold and bulk.created_by_id != known.pk:
            raise NotPermitted(gettext("It changed somebody's own layer, so only they can do this."))
    return bulk, caller


def get_thread_for(
    user: User | AnonymousUser, article_id: int, thread_id: UUID, permission: Permission
) -> tuple[Article, Caller, Thread]:
    """A thread that the caller may read, with its article."""
    article, caller = get_article_for(user, article_id, permission)
    return article, caller, _one(Thread.objects.visible_to(caller.user).filter(article=article, pk=thread_id))


def get_job_for(user: User | AnonymousUser, job_id: int) -> tuple[Job, Caller]:
    """A job; one that tells of people's readings is for who started it and those who see all layers."""
    known = _known(user)
    rows = Job.objects.filter(pk=job_id).select_related("project", "created_by")
    job = _one(rows.annotate(caller_role=_role(known, "project_id")))
    caller = _admit(known, job.project, job, Permission.VIEW_PROJECT)
    tells_too_much = job.kind in ABOUT_READINGS and not caller.may(Permission.VIEW_ALL_LAYERS)
    if tells_too_much and job.created_by != known:
        raise Http404
    return job, caller


def get_decision_for(caller: Caller, decision_id: int) -> Decision:
    rows = Decision.objects.filter(article__project=caller.project, article__archived_at__isnull=True)
    return _one(rows.filter(pk=decision_id).select_related("article__project"))


def get_guideline_version_for(caller: Caller, number: int) -> GuidelineVersion:
    rows = GuidelineVersion.objects.filter(project=caller.project, number=number)
    return _one(rows.select_related("project"))


def get_precedent_for(caller: Caller, precedent_id: int) -> Precedent:
    return _one(Precedent.objects.standing().filter(project=caller.project, pk=precedent_id))


def get_webhook_for(caller: Caller, webhook_id: int) -> Webhook:
    rows = Webhook.objects.filter(project=caller.project, removed_at__isnull=True)
    return _one(rows.filter(pk=webhook_id).select_related("project"))


def get_delivery_for(webhook: Webhook, delivery_id: UUID) -> Delivery:
    return _one(Delivery.objects.filter(webhook=webhook, pk=delivery_id))


def get_engine_for(caller: Caller, name: str) -> ProjectEngine:
    return _one(ProjectEngine.objects.filter(project=caller.project, name=name).select_related("project"))


def get_version_for(engine: ProjectEngine, number: int) -> EngineVersion:
    """A version of what the engine has learned."""
    return _one(EngineVersion.objects.filter(engine=engine, number=number).select_related("engine__project"))


def get_evaluation_for(
    user: User | AnonymousUser, evaluation_id: int, *, project: str = ""
) -> tuple[Evaluation, Caller]:
    """An evaluation, for those who see all layers: it shows gold. `project` narrows to that slug."""
    known = _known(user)
    rows = Evaluation.objects.filter(pk=evaluation_id).select_related("engine__project", "learned")
    if project:
        rows = rows.filter(engine__project__slug=project)
    evaluation = _one(rows.annotate(caller_role=_role(known, "engine__project_id")))
    return evaluation, _admit(known, evaluation.engine.project, evaluation, Permission.VIEW_ALL_LAYERS)


def get_evaluation_of(caller: Caller, evaluation_id: int) -> Evaluation:
    """An evaluation of the caller's project."""
    caller.require(Permission.VIEW_ALL_LAYERS)
    rows = Evaluation.objects.filter(engine__project=caller.project, pk=evaluation_id)
    return _one(rows.select_related("engine", "learned"))


def get_doubt_for(user: User | AnonymousUser, doubt_id: int, *, project: str = "") -> tuple[Doubt, Caller]:
    """A likely error, for those who decide what is gold. `project` narrows to that slug."""
    known = _known(user)
    rows = Doubt.objects.filter(pk=doubt_id).select_related("project", "article")
    if project:
        rows = rows.filter(project__slug=project)
    doubt = _one(rows.annotate(caller_role=_role(known, "project_id")))
    return doubt, _admit(known, doubt.project, doubt, Permission.REVIEW)


def get_import_for(user: User | AnonymousUser, import_id: int) -> tuple[Import, Caller]:
    """An upload, for managers of its project only."""
    known = _known(user)
    rows = Import.objects.filter(pk=import_id).select_related("project", "job", "file")
    upload = _one(rows.annotate(caller_role=_role(known, "project_id")))
    return upload, _admit(known, upload.project, upload, Permission.MANAGE)


def get_release_for(user: User | AnonymousUser, release_id: int) -> tuple[Release, Caller]:
    """A release, for those who may export."""
    known = _known(user)
    rows = Release.objects.filter(pk=release_id).select_related(*_OF_RELEASE)
    release = _one(rows.annotate(caller_role=_role(known, "project_id")))
    return release, _admit(known, release.project, release, Permission.EXPORT)


def get_release_of(caller: Caller, number: int) -> Release:
    """A release of the caller's project, who may export."""
    caller.require(Permission.EXPORT)
    rows = Release.objects.filter(project=caller.project, number=number)
    return _one(rows.select_related(*_OF_RELEASE))


_OF_RELEASE = ("project", "job", "file", "created_by")


def get_schema_change_of(caller: Caller, change_id: int) -> SchemaChange:
    """A change of the labels of the caller's project that was published; for managers."""
    caller.require(Permission.MANAGE)
    rows = SchemaChange.objects.made().filter(project=caller.project, pk=change_id)
    return _one(rows.select_related("job", "created_by", "project", "before", "after", "undoes"))


def get_schema_todo_of(caller: Caller, todo_id: int) -> SchemaTodo:
    """What a change of the labels left to the caller: in their own layers, and in gold for reviewers."""
    rows = SchemaTodo.objects.filter(change__project=caller.project, pk=todo_id)
    mine = rows.for_caller(caller.user, reviews=caller.may(Permission.REVIEW))
    return _one(mine.select_related("layer", "change"))


def get_correction_todo_of(caller: Caller, place_id: int) -> CorrectionTodo:
    """What a correction of a text left to the caller: in their own layers, and in gold for reviewers."""
    rows = CorrectionTodo.objects.of(caller.project).filter(pk=place_id)
    mine = rows.for_caller(caller.user, reviews=caller.may(Permission.REVIEW))
    return _one(mine.select_related("layer__article", "correction"))


def get_invitation_for(caller: Caller, invitation_id: int) -> Invitation:
    return _one(Invitation.objects.filter(project=caller.project, pk=invitation_id))


def get_member_for(caller: Caller, username: str) -> User:
    """A member of the caller's project."""
    return _one(User.objects.filter(username=username, memberships__project=caller.project))


def get_holder_for(caller: Caller, username: str) -> User:
    """A member of the caller's project, or somebody who was one and still has articles of it."""
    caller.require(Permission.MANAGE)
    had = Assignment.objects.filter(article__project=caller.project).values("user")
    known = Q(memberships__project=caller.project) | Q(pk__in=had)
    return _one(User.objects.filter(known, username=username))


def _known(user: User | AnonymousUser) -> User:
    if not isinstance(user, User):
        raise Http404
    return user


def _role(user: User, project_field: str) -> Subquery:
    mine = Membership.objects.filter(user=user, project=OuterRef(project_field))
    return Subquery(mine.values("role")[:1])


def _one(rows: QuerySet[M]) -> M:
    found = rows.first()
    if found is None:
        raise Http404
    return found


def _admit(user: User, project: Project, row: Model, permission: Permission) -> Caller:
    role = Role.MANAGER if user.is_superuser else getattr(row, "caller_role", None)
    if role is None or not user.is_active or (project.training_for or project).is_deleted:
        raise Http404
    caller = Caller(user, project, role_seen(user, project.pk, role))
    caller.require(permission)
    return caller
