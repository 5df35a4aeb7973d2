"""Gold to learn from, and an engine that learns what words are called."""

from __future__ import annotations

import random

from annotator.users.models import Project
from articles.models import Article
from tests.builders import make_article, make_span

NAMES = ("Mara", "Ivan", "Aigul", "Pedro", "Yusuf", "Ingrid", "Chen", "Fatima")
PLACES = ("Bergen", "Almaty", "Porto", "Ankara", "Lagos", "Quito", "Tartu", "Oran")
WORDS = "harbour council minister river budget vote storm bridge school museum train market price winter line"


def story(seed: int) -> str:
    """A name, a place, and words that make it unlike any other."""
    chosen = random.Random(seed)
    words = " ".join(chosen.choices(WORDS.split(), k=60))
    return f"{NAMES[seed % len(NAMES)]} spoke in {PLACES[seed // 2 % len(PLACES)]} about {words}."


def gold(project: Project, count: int, *, first: int = 0) -> list[Article]:
    """Gold articles, each with a PERSON at its beginning and a GPE after "in"."""
    made = []
    for seed in range(first, first + count):
        text = story(seed)
        person, place = text.split()[0], text.split()[3]
        at = text.index(place)
        spans = (make_span(0, len(person), "PERSON"), make_span(at, at + len(place), "GPE"))
        made.append(make_article(project, text, spans=spans))
    return made
