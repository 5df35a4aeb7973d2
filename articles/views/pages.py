"""Pages of a project, within its navigation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.access.caller import Caller


def project_page(
    request: HttpRequest,
    caller: Caller,
    tab: str,
    template: str,
    context: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """The template as a page of the caller's project. `tab` is the name of the page that the navigation marks
    as open (`articles/templatetags/pages.py` lists them)."""
    around = {"project": caller.project, "caller": caller, "tab": tab}
    return render(request, template, {**around, **context}, status=status)
