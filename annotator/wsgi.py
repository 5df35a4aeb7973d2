"""The web application, for granian and every other WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

import annotator.celery  # noqa: F401 - makes it the app that tasks are sent through
from annotator.lib.garbage import collect_seldom

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotator.settings.dev")

application = get_wsgi_application()
collect_seldom()
