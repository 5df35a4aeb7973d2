"""Patterns for what news writes in regular ways: dates, sums, ranks, agencies, offices, institutions."""

from articles.engines.rules.engine import RulesEngine

__all__ = ["RulesEngine"]
