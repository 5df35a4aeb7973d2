"""A conditional random field that learns a project's own labels from its gold."""

from articles.engines.learned.engine import LearnedEngine

__all__ = ["LearnedEngine"]
