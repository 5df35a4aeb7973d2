"""Thin Celery doors to services. Importing the package registers every task."""

from importlib import import_module
from pkgutil import iter_modules

# Not a list of names: a module that is left out of one has tasks that no worker knows.
for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
