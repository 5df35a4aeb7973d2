"""What is said to people without Django, by what says it. `make messages` makes the modules."""

from importlib import import_module
from pkgutil import iter_modules

SENTENCES = frozenset[str](
    sentence
    for module in iter_modules(__path__)
    for sentence in import_module(f"{__name__}.{module.name}").SENTENCES
)
