"""The words that scripts say, in the language of the page.

English stands in the scripts themselves; a page in another language loads this catalogue before them. Its
address changes with its content, so that browsers keep it.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET
from django.views.i18n import JavaScriptCatalog


class Words(JavaScriptCatalog):
    """The catalogue also says which language it is of: scripts write dates and numbers as it does."""

    def render_to_response(self, context: dict[str, Any], **response: Any) -> HttpResponse:
        page = super().render_to_response(context, **response)
        page.write(f"\nglobalThis.django.language = {json.dumps(translation.get_language())};\n")
        return page


@require_GET
@cache_control(public=True, max_age=60 * 60 * 24 * 365, immutable=True)
def words(request: HttpRequest, language: str, digest: str) -> HttpResponseBase:
    """The catalogue as a script. `digest` is in the address only to change it."""
    if not words_version(language):
        raise Http404
    with translation.override(language):
        return Words.as_view(packages=["articles"])(request)


def words_address(request: HttpRequest) -> dict[str, str]:
    """For templates: where the words of the page's language are, or nothing where scripts need none."""
    language = translation.get_language() or ""
    version = words_version(language)
    return {"words_address": reverse("words", args=[language, version]) if version else ""}


@cache
def words_version(language: str) -> str:
    """A digest of the catalogue; empty where there is none, as for English."""
    if language not in dict(settings.LANGUAGES):
        return ""
    found = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "djangojs.mo"
    return hashlib.sha256(found.read_bytes()).hexdigest()[:10] if found.exists() else ""
