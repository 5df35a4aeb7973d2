"""Bulk edits: planned, written down place by place, and then done by ordinary edits, an article at a time.

What is left to do stands in the rows of the places, so a bulk edit that was killed goes on where it stopped:
an article's edits and the states of its places are committed together, and the edits' ids follow from the
bulk edit's id.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import Project, User, Verb
from annotator.users.permissions import Denied, Permission, check
from annotator.users.services.audit import record
from articles.domain.bulk_edits import Wish
from articles.models import BulkEdit, BulkPlace, Job
from articles.queries.bulk_plans import Place, Plan, Target, plan_bulk_edit
from articles.services.bulk_articles import change_article
from articles.services.jobs.lifecycle import (
    Cancelled,
    Enqueue,
    claim_job,
    count_progress,
    create_job,
    finish_job,
    working_on,
)

# A bulk edit of no more places is done while its maker waits.
AT_ONCE = 200
AT_WORK = "This bulk edit is still at work. Wait until it has ended."


class PlanChanged(Refused):
    """Something else would be done than was looked at."""


def start_bulk_edit(
    *,
    bulk_id: UUID,
    project: Project,
    target: Target,
    wish: Wish,
    places: Sequence[Place],
    search: dict[str, Any],
    remarks: Sequence[str] = (),
    seen: str = "",
    enqueue: Enqueue,
) -> BulkEdit:
    """Write down what is to be done and do it: at once, or by `enqueue` when there are many places.

    Asking again under the same id answers the bulk edit that is there. `remarks` say why the search may not
    have found all there is, and are kept. `seen` is the digest of the plan that
    somebody has agreed to. Raises PlanChanged when the plan is another by now, Refused when nothing can be
    changed, Invalid for an id that is in use.
    """
    with transaction.atomic():
        # Asked for twice at once under one id, it is done once.
        User.objects.select_for_update(no_key=True).only("pk").get(pk=target.user.pk)
        earlier = BulkEdit.objects.filter(pk=bulk_id).select_related("job", "project").first()
        if earlier:
            return _mine(earlier, project, target.user)
        plan = plan_bulk_edit(project, target, wish, places, bulk=bulk_id)
        if seen and seen != plan.digest:
            raise PlanChanged("What would be changed is not what you saw: the articles have changed since.")
        if not plan.changes:
            raise Refused(
                _("Nothing can be changed at these places. Look at the reasons, and choose others.")
            )
        job = create_job(project=project, kind=Job.Kind.BULK, by=target.user, total=len(plan.changes))
        bulk = BulkEdit.objects.create(
            id=bulk_id,
            project=project,
            is_gold=target.is_gold,
            action=wish.action,
            label=wish.label,
            reopens=target.reopens,
            search=search,
            remarks=list(remarks),
            job=job,
            created_by=target.user,
        )
        _write_down(bulk, plan)
        record(Verb.BULK_EDITED, by=target.user, project=project, about=bulk, places=len(plan.changes))
    _begin(job, len(plan.changes), enqueue)
    bulk.refresh_from_db()
    return bulk


def undo_bulk_edit(*, bulk: BulkEdit, by: User, enqueue: Enqueue) -> BulkEdit:
    """Bring back what was, except where something has been changed since: that is kept, with the reason.
    What was kept is tried again. Raises Refused while it is at work, and when nothing is left to undo."""
    with transaction.atomic():
        # The job is read afterwards: joined to the row that is waited for, it would be the one of before, and
        # nothing would be found.
        bulk = BulkEdit.objects.select_for_update(no_key=True).get(pk=bulk.pk)
        if not bulk.job.is_finished:
            raise Refused(AT_WORK)
        bulk.places.filter(state=BulkPlace.State.KEPT).update(state=BulkPlace.State.DONE, reason="")
        left = bulk.places.filter(state=BulkPlace.State.DONE).count()
        if not left:
            raise Refused(_("Nothing of this bulk edit is left to undo."))
        undo = {"undo": True}
        job = create_job(project=bulk.project, kind=Job.Kind.BULK, by=by, total=left, params=undo)
        BulkEdit.objects.filter(pk=bulk.pk).update(job=job, undone_by=by, undone_at=Now())
        record(Verb.BULK_UNDONE, by=by, project=bulk.project, about=bulk, places=left)
    _begin(job, left, enqueue)
    bulk.refresh_from_db()
    return bulk


def work_on_bulk_edit(job_id: int) -> None:
    """Do what is left of a bulk edit, or of undoing one, an article at a time."""
    job = claim_job(job_id)
    if job is None:
        return
    with working_on(job):
        bulk = BulkEdit.objects.select_related("project", "created_by").get(job=job)
        by = job.created_by or bulk.created_by
        _require_right(bulk, by)
        state = BulkPlace.State.DONE if job.params.get("undo") else BulkPlace.State.WAITING
        waiting = bulk.places.filter(state=state).order_by("article").values_list("article", flat=True)
        for article in list(waiting.distinct()):
            settled = change_article(bulk=bulk, job=job, article_id=article, by=by)
            if not count_progress(job_id=job.pk, more=settled):
                raise Cancelled
        finish_job(job_id=job.pk, state=Job.State.SUCCEEDED)


def _mine(bulk: BulkEdit, project: Project, user: User) -> BulkEdit:
    if bulk.project_id != project.pk or bulk.created_by_id != user.pk:
        raise Invalid(_("This id is in use for another bulk edit. Make a new one."))
    return bulk


def _write_down(bulk: BulkEdit, plan: Plan) -> None:
    rows = [
        BulkPlace(
            bulk=bulk,
            article_id=place.article,
            start=place.start,
            end=place.end,
            span=change.span,
            before=change.before,
            after=change.after,
        )
        for place, change in plan.changes
    ]
    rows += [
        BulkPlace(
            bulk=bulk,
            article_id=place.article,
            start=place.start,
            end=place.end,
            state=BulkPlace.State.REFUSED,
            reason=reason,
        )
        for place, reason in plan.refused
    ]
    BulkPlace.objects.bulk_create(rows, batch_size=1_000)


def _begin(job: Job, places: int, enqueue: Enqueue) -> None:
    """Should this process be killed, the job is taken up by a worker, as any job that has lost its own."""
    if places > AT_ONCE:
        enqueue(job.pk)
    else:
        work_on_bulk_edit(job.pk)


def _require_right(bulk: BulkEdit, by: User) -> None:
    """Raises Refused for somebody who has lost the right to it since."""
    permission = Permission.REVIEW if bulk.is_gold else Permission.ANNOTATE
    verdict = check(by, permission, bulk.project)
    if isinstance(verdict, Denied):
        raise Refused(verdict.reason)
