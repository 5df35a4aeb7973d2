from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from annotator.users.models.roles import Role


class Digest(models.TextChoices):
    """How often a person wants news by e-mail."""

    NEVER = "never", _("Never")
    HOURLY = "hourly", _("Every hour, when there is any")
    DAILY = "daily", _("Once a day, when there is any")


@dataclass(frozen=True)
class SeenAs:
    """A project that somebody looks at as if they had a lower role than their own."""

    project_id: int
    slug: str
    name: str
    role: str

    @property
    def title(self) -> str:
        return str(Role(self.role).label)


class User(AbstractUser):
    """A person. People are deactivated, never deleted: their work stays theirs."""

    # Of the person of a request, set by SeenAsMiddleware; nobody else ever has it.
    seen_as: SeenAs | None = None

    display_name = models.CharField(max_length=150, blank=True)
    language = models.CharField(
        max_length=8,
        blank=True,
        db_default="",
        help_text="Of pages and e-mail; as the browser asks when empty.",
    )
    digest = models.CharField(
        max_length=8, choices=Digest.choices, default=Digest.DAILY, db_default=Digest.DAILY
    )
    preferences = models.JSONField(default=dict, blank=True, help_text="Editor theme, density and keys.")

    @property
    def name(self) -> str:
        """What others see."""
        return self.display_name or self.get_full_name() or self.username
