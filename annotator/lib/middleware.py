from __future__ import annotations

from collections.abc import Callable
from typing import cast

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.views.decorators.clickjacking import xframe_options_sameorigin

Handler = Callable[[HttpRequest], HttpResponse]


class GZip(GZipMiddleware):
    """Compresses answers, except zips, which are compressed, and files of which ranges can be asked for:
    their bytes and length must be the file's own."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if "Accept-Ranges" in response or response.get("Content-Type") == "application/zip":
            return response
        return super().process_response(request, response)


def frame_sign_in(get_response: Handler) -> Handler:
    """Our own pages may show the sign-in in a frame, so nobody has to leave an article to sign in again."""

    framed = csp_replace({"frame-ancestors": [SELF]})(xframe_options_sameorigin(get_response))

    def handle(request: HttpRequest) -> HttpResponse:
        answer = framed if request.path.startswith("/accounts/") else get_response
        return cast(HttpResponse, answer(request))

    return handle


def refuse_nul(get_response: Handler) -> Handler:
    """A NUL character in an address is an attack or an accident, and PostgreSQL cannot keep it."""

    def handle(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest("The address holds a NUL character.", content_type="text/plain")
        return get_response(request)

    return handle
