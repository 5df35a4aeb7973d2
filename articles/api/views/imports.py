"""Uploads that become articles."""

from __future__ import annotations

from typing import Any, cast

import orjson
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.lib.errors import Invalid, Refused
from annotator.users.permissions import Permission
from articles.access.caller import get_project_for
from articles.api.serializers import JobSerializer
from articles.models import Import
from articles.services.imports.importing import confirm_import, discard_import, stage_import
from articles.services.imports.inspection import look_through
from articles.services.imports.wishes import Wishes
from articles.tasks.imports import enqueue_import

# So many entries of a file are looked through before the answer: most mistakes are in all of them.
LOOKED_AT_FIRST = 500
CHUNK_BYTES = 2**20
_TRUE = ("1", "true", "on", "yes")

UPLOAD = inline_serializer(
    "Upload",
    {
        "file": serializers.FileField(),
        "format": serializers.CharField(required=False, default="auto"),
        "encoding": serializers.CharField(required=False, default="utf-8"),
        "options": serializers.JSONField(required=False, help_text="Of the format, by name."),
        "layer": serializers.CharField(required=False, default="gold"),
        "mapping": serializers.JSONField(
            required=False,
            help_text='New names by those of the file: {"labels": {"PER": "PERSON", "MISC": ""}}; likewise '
            "relations, attributes, article_labels, authors. An empty name leaves out.",
        ),
        "unknown": serializers.ChoiceField(Import.Unknown.choices, required=False, default="refuse"),
        "twins": serializers.ChoiceField(Import.Twins.choices, required=False, default="link"),
        "corrections": serializers.ChoiceField(
            Import.Corrections.choices,
            required=False,
            default="skip",
            help_text="Of articles with the external_id of one that is there, and another text.",
        ),
        "only_valid": serializers.BooleanField(required=False, default=False),
    },
)


class Imports(APIView):
    parser_classes = [MultiPartParser]

    @extend_schema(request={"multipart/form-data": UPLOAD}, responses={202: JobSerializer})
    def post(self, request: Request, slug: str) -> Response:
        """Import a file.

        Its first 500 entries are checked before the answer. If they have problems, the answer lists them with
        file, line and reason, unless `only_valid` is set. Problems further on end the job, and its report
        lists them. In both cases nothing is imported.
        """
        project, caller = get_project_for(request.user, slug, Permission.MANAGE)
        file, form = _file(request), cast("QueryDict", request.data)
        upload = stage_import(
            project=project,
            by=caller.user,
            file_name=file.name or "upload",
            pieces=file.chunks(CHUNK_BYTES),
            wishes=_wishes(form),
        )
        only_valid = str(form.get("only_valid", "")).lower() in _TRUE
        found = look_through(upload=upload, most=LOOKED_AT_FIRST)
        if found.problem_count and not only_valid:
            discard_import(upload=upload)
            raise Invalid("Nothing was imported. Mend the file, or send only_valid=true.", found.problems)
        try:
            job = confirm_import(upload=upload, only_valid=only_valid, enqueue=enqueue_import)
        except Refused:
            discard_import(upload=upload)
            raise
        return Response(JobSerializer(job).data, status=202)


def _file(request: Request) -> UploadedFile[bytes]:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise Invalid('Send the file as multipart form data, in the field "file".')
    if (file.size or 0) > settings.MAX_UPLOAD_BYTES:
        limit = settings.MAX_UPLOAD_BYTES // 2**20
        raise Invalid(f"The file is larger than {limit} MB. Split it, or raise MAX_UPLOAD_BYTES.")
    return file


def _wishes(form: QueryDict) -> Wishes:
    return Wishes(
        file_format=form.get("format", "auto"),
        encoding=form.get("encoding", "utf-8"),
        options=_object(form, "options"),
        layer=form.get("layer", "gold"),
        mapping=_object(form, "mapping"),
        unknown=form.get("unknown", Import.Unknown.REFUSE),
        twins=form.get("twins", Import.Twins.LINK),
        corrections=form.get("corrections", Import.Corrections.SKIP),
    )


def _object(form: QueryDict, name: str) -> dict[str, Any]:
    raw = form.get(name) or "{}"
    try:
        value = orjson.loads(raw)
    except (orjson.JSONDecodeError, TypeError):
        value = None
    if not isinstance(value, dict):
        raise Invalid(f'"{name}" is a JSON object.')
    return value
