from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db import transaction
from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid
from annotator.users.models import User

LONGEST = 16_384


@transaction.atomic
def set_preferences(*, user: User, changes: Mapping[str, Any]) -> dict[str, Any]:
    """All preferences after `changes`; a value of None takes one away. Locks the user. Raises Invalid."""
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    merged = {**locked.preferences, **changes}
    preferences = {name: value for name, value in merged.items() if value is not None}
    if len(json.dumps(preferences)) > LONGEST:
        raise Invalid(_("Preferences have at most %(longest)s characters.") % {"longest": intcomma(LONGEST)})
    locked.preferences = preferences
    locked.save(update_fields=["preferences"])
    return preferences
