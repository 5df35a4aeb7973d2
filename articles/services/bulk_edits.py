"""Bulk edits: planned, written down place by place, and then done by ordinary edits, an article at a time.

What is left to do stands in the rows of the places, so a bulk edit that was killed goes on where it stopped:
an article's edits and the states of its places are committed together, and the edits' ids follow from the
bulk edit's id.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import Project, User, Verb
from annotator.users.permissions import Denied, Permission, check
from annotator.users.services.audit import record
from articles.models import BulkEdit, BulkPlace, Job
from articles.queries.bulk_plans import BulkPlan, BulkRequest, plan_bulk_edit
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
    """What would be done now is not what somebody has looked at and agreed to."""


def start_bulk_edit(*, project: Project, request: BulkRequest, enqueue: Enqueue, seen: str = "") -> BulkEdit:
    """Write down what is to be done and do it: at once, or by `enqueue` when there are many places.

    Asking again with the same id answers the bulk edit that is there. `seen` is the digest of the plan that
    somebody has agreed to. Raises PlanChanged when the plan is another one by now, Refused when nothing can
    be changed, and Invalid when the id is in use.
    """
    user = request.target.user
    with transaction.atomic():
        # Two requests with one id wait for each other here, so that it is done once.
        User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)
        earlier = BulkEdit.objects.filter(pk=request.id).select_related("job", "project").first()
        if earlier:
            return _mine(earlier, project, user)
        plan = plan_bulk_edit(project, request.target, request.wish, request.places, bulk=request.id)
        _require_agreed(plan, seen)
        job = create_job(project=project, kind=Job.Kind.BULK, by=user, total=len(plan.changes))
        bulk = _write_down(project, request, plan, job)
        record(Verb.BULK_EDITED, by=user, project=project, about=bulk, places=len(plan.changes))
    _begin(job, len(plan.changes), enqueue)
    bulk.refresh_from_db()
    return bulk


def undo_bulk_edit(*, bulk: BulkEdit, by: User, enqueue: Enqueue) -> BulkEdit:
    """Bring back what was, except where something has been changed since: that is kept, with the reason.
    What was kept is tried again. Raises Refused while it is at work, and when nothing is left to undo."""
    with transaction.atomic():
        # The job is read after the lock is there and not joined: PostgreSQL would join the job of before the
        # wait, and then find no row.
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


def _require_agreed(plan: BulkPlan, seen: str) -> None:
    if seen and seen != plan.digest:
        raise PlanChanged("What would be changed is not what you saw: the articles have changed since.")
    if not plan.changes:
        raise Refused(_("Nothing can be changed at these places. Look at the reasons, and choose others."))


def _write_down(project: Project, request: BulkRequest, plan: BulkPlan, job: Job) -> BulkEdit:
    bulk = BulkEdit.objects.create(
        id=request.id,
        project=project,
        is_gold=request.target.is_gold,
        action=request.wish.action,
        label=request.wish.label,
        reopens=request.target.reopens,
        search=dict(request.search),
        remarks=list(request.remarks),
        job=job,
        created_by=request.target.user,
    )
    _write_places(bulk, plan)
    return bulk


def _write_places(bulk: BulkEdit, plan: BulkPlan) -> None:
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
    """Do it now, or by a worker where there are many places. If this process is killed, a worker takes the
    job up."""
    if places > AT_ONCE:
        enqueue(job.pk)
    else:
        work_on_bulk_edit(job.pk)


def _require_right(bulk: BulkEdit, by: User) -> None:
    """Raises Refused if the person may not do this any more."""
    permission = Permission.REVIEW if bulk.is_gold else Permission.ANNOTATE
    verdict = check(by, permission, bulk.project)
    if isinstance(verdict, Denied):
        raise Refused(verdict.reason)
