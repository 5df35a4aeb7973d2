"""What Django and its administration say without a word for it in one of our languages.

Nobody reads this list: it is here so that `make messages` gathers the sentences, and ours stand in for those
that are missing.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy, ngettext_lazy, npgettext_lazy

ADMINISTRATION = (
    gettext_lazy("Type to search"),
    gettext_lazy("Search apps and models..."),
    gettext_lazy("Select action"),
    gettext_lazy("Select action to run"),
    gettext_lazy("Select all rows"),
    gettext_lazy("Select record"),
    gettext_lazy("Select value"),
    gettext_lazy("All applications"),
    gettext_lazy("Apply Filters"),
    gettext_lazy("Reset filters"),
    gettext_lazy("Clear all filters"),
    gettext_lazy("Hide counts"),
    gettext_lazy("Show counts"),
    gettext_lazy("Return to site"),
    gettext_lazy("View site"),
    gettext_lazy("No results found"),
    gettext_lazy("No results matching your query"),
    gettext_lazy("No data"),
    gettext_lazy("No recent searches"),
    gettext_lazy("Recent searches"),
    gettext_lazy("Recent actions"),
    gettext_lazy("Loading more results..."),
    gettext_lazy("More actions"),
    gettext_lazy("Expand row"),
    gettext_lazy("Choose file to upload"),
    gettext_lazy("Toggle password visibility"),
    gettext_lazy("Toggle sorting"),
    gettext_lazy("Remove from sorting"),
    gettext_lazy("This page yielded into no results. Create a new item or reset your filters."),
    gettext_lazy("This item will be deleted."),
    gettext_lazy("Select all objects on this page for an action"),
    gettext_lazy("Please correct the error below."),
    gettext_lazy("No, take me back"),
    gettext_lazy("Yes, I’m sure"),
    gettext_lazy("Summary"),
    gettext_lazy("You don’t have permission to view or edit anything."),
    gettext_lazy("Email address"),
)

# Of `timesince` and `naturaltime`.
TIMES = (
    gettext_lazy("%(delta)s ago"),
    gettext_lazy("%(delta)s from now"),
    gettext_lazy("now"),
    ngettext_lazy("%(num)d year", "%(num)d years", "num"),
    ngettext_lazy("%(num)d month", "%(num)d months", "num"),
    ngettext_lazy("%(num)d week", "%(num)d weeks", "num"),
    ngettext_lazy("%(num)d day", "%(num)d days", "num"),
    ngettext_lazy("%(num)d hour", "%(num)d hours", "num"),
    ngettext_lazy("%(num)d minute", "%(num)d minutes", "num"),
    npgettext_lazy("naturaltime-past", "%(num)d year", "%(num)d years", "num"),
    npgettext_lazy("naturaltime-past", "%(num)d month", "%(num)d months", "num"),
    npgettext_lazy("naturaltime-past", "%(num)d week", "%(num)d weeks", "num"),
    npgettext_lazy("naturaltime-past", "%(num)d day", "%(num)d days", "num"),
    npgettext_lazy("naturaltime-past", "%(num)d hour", "%(num)d hours", "num"),
    npgettext_lazy("naturaltime-past", "%(num)d minute", "%(num)d minutes", "num"),
    npgettext_lazy("naturaltime-future", "%(num)d year", "%(num)d years", "num"),
    npgettext_lazy("naturaltime-future", "%(num)d month", "%(num)d months", "num"),
    npgettext_lazy("naturaltime-future", "%(num)d week", "%(num)d weeks", "num"),
    npgettext_lazy("naturaltime-future", "%(num)d day", "%(num)d days", "num"),
    npgettext_lazy("naturaltime-future", "%(num)d hour", "%(num)d hours", "num"),
    npgettext_lazy("naturaltime-future", "%(num)d minute", "%(num)d minutes", "num"),
    ngettext_lazy("an hour ago", "%(count)s hours ago", "count"),
    ngettext_lazy("an hour from now", "%(count)s hours from now", "count"),
    ngettext_lazy("a minute ago", "%(count)s minutes ago", "count"),
    ngettext_lazy("a minute from now", "%(count)s minutes from now", "count"),
    ngettext_lazy("a second ago", "%(count)s seconds ago", "count"),
    ngettext_lazy("a second from now", "%(count)s seconds from now", "count"),
)
