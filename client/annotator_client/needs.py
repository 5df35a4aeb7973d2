from __future__ import annotations

from importlib import import_module
from typing import Any


def needed(module: str) -> Any:
    """A library that not everybody needs. Raises ImportError that says how to get it."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise ImportError(f"This needs {module}: pip install 'annotator-client[{module}]'") from error
