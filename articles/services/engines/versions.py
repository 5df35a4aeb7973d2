"""Versions of what engines have learned: kept, live, retired, and at last only their figures."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from annotator.lib.errors import Refused
from annotator.users.models import Project, User
from articles.models import Article, EngineVersion, Job, ProjectEngine, Status, StoredFile
from articles.services.jobs.lifecycle import Enqueue
from articles.services.runs.running import start_run

# What older versions learned is removed, except for the live one. Their figures stay.
MODELS_KEPT = 5


def next_number(engine: ProjectEngine) -> int:
    """The caller has locked the project's row."""
    last = EngineVersion.objects.filter(engine=engine).aggregate(Max("number"))["number__max"]
    return (last or 0) + 1


def make_live(*, version: EngineVersion, by: User | None, enqueue_run: Enqueue) -> Job | None:
    """Make this version the one that suggests, and have articles that nobody has begun read again. Answers
    that run, if there is anything to read. Nothing changes for a version that is live already.

    Locks the project's row. Raises Refused when what the version learned is no longer kept.
    """
    engine = version.engine
    with transaction.atomic():
        Project.objects.select_for_update(no_key=True).get(pk=engine.project_id)
        version.refresh_from_db(fields=["state", "model"])
        if version.state == EngineVersion.State.LIVE:
            return None
        if version.model is None:
            raise Refused(
                _("What version %(number)s learned is no longer kept. Train a new one.")
                % {"number": version.number}
            )
        EngineVersion.objects.live().filter(engine=engine).update(state=EngineVersion.State.RETIRED)
        version.state, version.live_since = EngineVersion.State.LIVE, timezone.now()
        if by:
            version.reason = f"Made live by {by.name}."
        version.save(update_fields=["state", "live_since", "reason"])
        return _read_again(engine, by=by, enqueue_run=enqueue_run)


def forget_models(*, engine: ProjectEngine) -> None:
    """Remove what old versions learned; their figures stay. The caller owns the transaction."""
    kept = (
        EngineVersion.objects.filter(engine=engine)
        .order_by("-number")
        .values_list("pk", flat=True)[:MODELS_KEPT]
    )
    old = EngineVersion.objects.filter(engine=engine, model__isnull=False).exclude(pk__in=list(kept))
    old = old.exclude(state=EngineVersion.State.LIVE)
    files = list(old.values_list("model", flat=True))
    old.update(model=None)
    StoredFile.objects.filter(pk__in=files).delete()


def _read_again(engine: ProjectEngine, *, by: User | None, enqueue_run: Enqueue) -> Job | None:
    """By this engine, and by those that merge what it says. Where the project does not have new articles read
    by themselves, only those that have suggestions are read again."""
    if not engine.enabled:
        return None
    untouched = Article.objects.of(engine.project).untouched()
    if not engine.project.preannotate:
        untouched = untouched.filter(status=Status.SUGGESTED)
    ids = list(untouched.values_list("pk", flat=True))
    if not ids:
        return None
    return start_run(
        project=engine.project,
        engines=[engine],
        article_ids=ids,
        by=by,
        enqueue=enqueue_run,
        only_untouched=True,
    )
