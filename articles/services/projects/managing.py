from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid
from annotator.schemas.definition import Definition, DefinitionError, parse_definition
from annotator.schemas.ready import DEFAULT, ready_templates
from annotator.schemas.services.publishing import start_schema
from annotator.users.models import Membership, Project, Role, User, Verb
from annotator.users.services.audit import record
from articles.models import ProjectEngine
from articles.queries.guidelines import newest_version
from articles.services.assignments.rooms import settle_rooms
from articles.services.guidelines import change_guidelines
from articles.services.jobs.lifecycle import Enqueue

# Every project begins with these. An engine that still lacks what it needs (a list, gold) suggests nothing.
FIRST_ENGINES = ("newswire", "gazetteer", "rules", "spacy", "learned", "ensemble")
RESERVED_SLUGS = frozenset({"new"})
CHANGEABLE = frozenset({"name", "description", "guidelines", *Project.SETTINGS})
# How many annotators an article is to have follows from these.
OF_ROOM = frozenset({"annotators_per_article", "overlap_share"})


def create_project(
    *,
    slug: str,
    name: str,
    by: User,
    template: str = DEFAULT,
    schema: Any = None,
    description: str = "",
    annotators_per_article: int = 1,
) -> Project:
    """A project with its schema (`schema` if given, else the ready template), engines, and `by` as manager.

    Raises Invalid.
    """
    if slug in RESERVED_SLUGS:
        raise Invalid(
            _("%(slug)s cannot be a project's short name: it is part of an address. Choose another.")
            % {"slug": repr(slug)}
        )
    definition = _definition(template, schema)
    try:
        with transaction.atomic():
            project = Project.objects.create(
                slug=slug,
                name=name,
                description=description,
                annotators_per_article=annotators_per_article,
                created_by=by,
            )
            Membership.objects.create(project=project, user=by, role=Role.MANAGER)
            furnish_project(project=project, definition=definition, by=by)
            record(Verb.PROJECT_CREATED, by=by, project=project, about=project)
    except IntegrityError as error:
        raise Invalid(
            _("There is a project with the short name %(slug)s already. Choose another.")
            % {"slug": repr(slug)}
        ) from error
    return project


def furnish_project(*, project: Project, definition: Definition, by: User | None) -> None:
    """Give a bare project its label schema and its first engines."""
    start_schema(project=project, definition=definition, by=by)
    ProjectEngine.objects.bulk_create(
        [ProjectEngine(project=project, name=kind, kind=kind) for kind in FIRST_ENGINES]
    )


def change_project(
    *,
    project: Project,
    changes: dict[str, Any],
    by: User | None = None,
    enqueue_rooms: Enqueue | None = None,
) -> Project:
    """Change a project's name, guidelines and rules of work.

    Another number of annotators per article also changes which articles wait for one. Where there are many
    articles, `enqueue_rooms` lets a worker do that afterwards.
    """
    given = CHANGEABLE & changes.keys()
    changed = sorted(name for name in given if changes[name] != getattr(project, name))
    with transaction.atomic():
        if "guidelines" in given:
            labels = newest_version(project).labels
            change_guidelines(project=project, text=changes["guidelines"], labels=labels, by=by)
        for name in given:
            setattr(project, name, changes[name])
        project.save(update_fields=sorted(given))
        if OF_ROOM.intersection(changed):
            settle_rooms(project=project, enqueue=enqueue_rooms)
        if changed:
            record(Verb.PROJECT_CHANGED, project=project, about=project, changed=changed)
    return project


def archive_project(*, project: Project) -> bool:
    """Close a project for work; everything stays readable, and `restore_project` opens it again. False for
    one that is archived already."""
    with transaction.atomic():
        live = Project.objects.filter(pk=project.pk, archived_at__isnull=True)
        is_done = bool(live.update(archived_at=timezone.now()))
        if is_done:
            record(Verb.PROJECT_ARCHIVED, project=project, about=project)
    return is_done


def restore_project(*, project: Project) -> bool:
    """False for a project that is not archived, or deleted."""
    with transaction.atomic():
        archived = Project.objects.kept().filter(pk=project.pk, archived_at__isnull=False)
        is_done = bool(archived.update(archived_at=None))
        if is_done:
            record(Verb.PROJECT_OPENED, project=project, about=project)
    return is_done


def _definition(template: str, schema: Any) -> Definition:
    if schema is not None:
        try:
            return parse_definition(schema)
        except DefinitionError as error:
            raise Invalid(_("The label schema cannot be used."), error.problems) from error
    ready = ready_templates().get(template)
    if ready is None:
        raise Invalid(
            _("There is no template %(template)s. There are: %(ready_templates)s.")
            % {"template": f"{template!r:.80}", "ready_templates": ", ".join(ready_templates())}
        )
    return ready.definition
