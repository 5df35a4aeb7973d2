"""spaCy's files of documents (DocBin)."""

from articles.formats.spacy.reader import SpacyReader
from articles.formats.spacy.writer import SpacyWriter

__all__ = ["SpacyReader", "SpacyWriter"]
