"""Work in the background: engines, runs, jobs."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.lib.errors import Invalid
from annotator.users.models import Project
from annotator.users.permissions import Permission
from articles.access.articles import get_article_for
from articles.access.caller import Caller, get_project_for
from articles.access.engines import get_engine_for
from articles.access.jobs import get_job_for
from articles.api.engine_shapes import (
    EngineChangesSerializer,
    EngineSerializer,
    EngineTriedSerializer,
    EngineTrySerializer,
    FailureSerializer,
    NewEngineSerializer,
    RetrySerializer,
    RunSerializer,
)
from articles.api.pages import page_body, page_size, paged
from articles.api.requests import read_body
from articles.api.serializers import JobSerializer, PrioritySerializer
from articles.forms.filters import read_filter
from articles.models import Job, ProjectEngine
from articles.queries.articles import find_articles, require_articles
from articles.queries.engines.cards import TASTED_CHARACTERS, reading_engines, suggested
from articles.queries.projects.figures import project_engines
from articles.queries.runs import failures_page
from articles.services.assignments.ranks import set_priority
from articles.services.engines.managing import add_engine, change_engine, remove_engine
from articles.services.jobs.lifecycle import cancel_job, retry_job
from articles.services.runs.running import pause_run, resume_run, retry_articles, start_run
from articles.tasks.jobs import enqueue
from articles.tasks.runs import enqueue_run


class EngineList(APIView):
    @extend_schema(operation_id="engines_list", responses=EngineSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """The project's engines. Their settings are for managers."""
        project, caller = get_project_for(request.user, slug)
        rows = [dict(row) for row in EngineSerializer(project_engines(project), many=True).data]
        if not caller.may(Permission.MANAGE):
            rows = [{**row, "settings": {}} for row in rows]
        return Response(rows)

    @extend_schema(operation_id="engines_add", request=NewEngineSerializer, responses={201: EngineSerializer})
    def post(self, request: Request, slug: str) -> Response:
        """Add an engine to the project."""
        project, _ = get_project_for(request.user, slug, Permission.MANAGE)
        engine = add_engine(project=project, **read_body(NewEngineSerializer, request))
        return Response(EngineSerializer(engine).data, status=201)


class EngineDetail(APIView):
    @extend_schema(responses=EngineSerializer)
    def get(self, request: Request, slug: str, name: str) -> Response:
        """One engine with its settings, for managers. Keys are never shown."""
        _, caller = get_project_for(request.user, slug, Permission.MANAGE)
        return Response(EngineSerializer(get_engine_for(caller, name)).data)

    @extend_schema(request=EngineChangesSerializer, responses=EngineSerializer)
    def patch(self, request: Request, slug: str, name: str) -> Response:
        """Change an engine's settings or keys, or whether it reads new articles by itself."""
        _, caller = get_project_for(request.user, slug, Permission.MANAGE)
        engine = get_engine_for(caller, name)
        change_engine(engine=engine, **read_body(EngineChangesSerializer, request))
        return Response(EngineSerializer(engine).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, name: str) -> Response:
        """Remove an engine that has left nothing in the project. Others can only be switched off."""
        _, caller = get_project_for(request.user, slug, Permission.MANAGE)
        remove_engine(engine=get_engine_for(caller, name))
        return Response(status=204)


class EngineTry(APIView):
    @extend_schema(request=EngineTrySerializer, responses=EngineTriedSerializer)
    def post(self, request: Request, slug: str, name: str) -> Response:
        """What an engine suggests at the beginning of an article, by other settings if you send them. Nothing
        is stored."""
        _, caller = get_project_for(request.user, slug, Permission.MANAGE)
        engine = get_engine_for(caller, name)
        body = read_body(EngineTrySerializer, request)
        article, _ = get_article_for(request.user, body["article"], project=slug)
        found = suggested(engine, {**engine.settings, **body["settings"]}, article)
        spans = [
            {"start": one.start, "end": one.end, "label": one.label, "confidence": one.confidence}
            for one in found
        ]
        tried = {"article": article.pk, "characters": TASTED_CHARACTERS, "spans": spans}
        return Response(EngineTriedSerializer(tried).data)


class Runs(APIView):
    @extend_schema(request=RunSerializer, responses={202: JobSerializer})
    def post(self, request: Request, slug: str) -> Response:
        """Start pre-annotation: of the named articles, of those that a filter finds, or of all."""
        project, caller = get_project_for(request.user, slug, Permission.MANAGE)
        body = read_body(RunSerializer, request)
        engines = _engines(caller, body["engine"])
        ids = _chosen(project, caller, body)
        job = start_run(
            project=project, engines=engines, article_ids=ids, by=caller.user, enqueue=enqueue_run
        )
        return Response(JobSerializer(job).data, status=202)


def _engines(caller: Caller, named: str) -> list[ProjectEngine]:
    if not named:
        return reading_engines(caller.project)
    try:
        return [get_engine_for(caller, named)]
    except Http404:
        names = ", ".join(one.name for one in project_engines(caller.project))
        raise Invalid(f"There is no engine {named!r:.80} in this project. There are: {names}.") from None


class Priorities(APIView):
    @extend_schema(
        request=PrioritySerializer,
        responses=inline_serializer("Prioritised", {"articles": serializers.IntegerField()}),
    )
    def post(self, request: Request, slug: str) -> Response:
        """Give a priority to the named articles, to those that a filter finds, or to all. It is used in
        projects whose `queue_order` is `priority`. Returns the number of articles that have it now."""
        project, caller = get_project_for(request.user, slug, Permission.MANAGE)
        body = read_body(PrioritySerializer, request)
        ids = _chosen(project, caller, body)
        given = set_priority(articles=ids, project=project, priority=body["priority"])
        return Response({"articles": given})


class JobDetail(APIView):
    @extend_schema(responses=JobSerializer)
    def get(self, request: Request, job_id: int) -> Response:
        """State and progress of a job."""
        job, _ = get_job_for(request.user, job_id)
        return Response(JobSerializer(job).data)


class JobCancel(APIView):
    @extend_schema(request=None, responses=JobSerializer)
    def post(self, request: Request, job_id: int) -> Response:
        """Ask a job to stop; what it has done stays done."""
        job = _own_job(request, job_id)
        cancel_job(job=job)
        return _told(job)


class JobPause(APIView):
    @extend_schema(request=None, responses=JobSerializer)
    def post(self, request: Request, job_id: int) -> Response:
        """Pause a run until it is resumed. The articles in hand are still finished. Other jobs cannot be
        paused."""
        job = _own_job(request, job_id)
        pause_run(job=job)
        return _told(job)


class JobResume(APIView):
    @extend_schema(request=None, responses=JobSerializer)
    def post(self, request: Request, job_id: int) -> Response:
        """Let a paused run go on."""
        job = _own_job(request, job_id)
        resume_run(job=job, enqueue=enqueue_run)
        return _told(job)


class JobRetry(APIView):
    @extend_schema(request=RetrySerializer, responses=JobSerializer)
    def post(self, request: Request, job_id: int) -> Response:
        """Continue a job that failed or was cancelled. For a run, also: try articles again that it has set
        aside, the named ones or all."""
        job = _own_job(request, job_id)
        articles = read_body(RetrySerializer, request)["articles"]
        if job.kind == Job.Kind.RUN and (
            articles or job.state not in (Job.State.FAILED, Job.State.CANCELLED)
        ):
            retry_articles(job=job, article_ids=articles or None, enqueue=enqueue_run)
        else:
            retry_job(job=job, enqueue=lambda _: enqueue(job))
        return _told(job)


class JobFailures(APIView):
    @extend_schema(
        operation_id="job_failures_list",
        parameters=[
            OpenApiParameter("cursor", str, description="From `next` or `previous`."),
            OpenApiParameter("page_size", int),
        ],
        responses=paged("FailurePage", FailureSerializer),
    )
    def get(self, request: Request, job_id: int) -> Response:
        """The articles that a run has set aside after three tries, each with its reason."""
        job, _ = get_job_for(request.user, job_id)
        page = failures_page(job, request.query_params.get("cursor"), page_size(request))
        return Response(page_body(request, page, [dict(FailureSerializer(row).data) for row in page.rows]))


def _own_job(request: Request, job_id: int) -> Job:
    """A job that the caller manages."""
    job, caller = get_job_for(request.user, job_id)
    caller.require(Permission.MANAGE)
    return job


def _told(job: Job) -> Response:
    """The job as it is now."""
    job.refresh_from_db()
    return Response(JobSerializer(job).data)


def _chosen(project: Project, caller: Caller, body: dict[str, Any]) -> list[int]:
    if body["articles"]:
        return require_articles(project, body["articles"])
    found = find_articles(project, read_filter(body["filter"]).wanted, user=caller.user)
    return list(found.values_list("pk", flat=True))
