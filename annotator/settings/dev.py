"""`make run`: one machine, loopback only."""

from annotator.settings.base import *  # noqa: F403

DEBUG = env.bool("DEBUG", default=False)  # noqa: F405
SECRET_KEY = SECRET_KEY or "only-for-commands-that-sign-nothing"  # noqa: F405
