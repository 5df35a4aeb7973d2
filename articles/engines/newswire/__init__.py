"""Patterns for what news writes in regular ways: dates, sums, ranks, agencies, offices, institutions."""

from articles.engines.newswire.engine import NewswireEngine

__all__ = ["NewswireEngine"]
