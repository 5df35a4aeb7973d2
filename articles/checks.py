from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from articles.queries.engines.surroundings import allowance


@register
def check_engine_hosts(app_configs: Any, **more: Any) -> list[CheckMessage]:
    """ENGINE_HOSTS_ALLOWED can be read: an engine that asks a service could otherwise not be loaded."""
    try:
        allowance()
    except ValueError as error:
        return [Error(f"ENGINE_HOSTS_ALLOWED: {error}", id="articles.E001")]
    return []
