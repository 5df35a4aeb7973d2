"""CoNLL-2002 and -2003: a token and its tag a line."""

from articles.formats.conll.reader import ConllReader
from articles.formats.conll.writer import ConllWriter

__all__ = ["ConllReader", "ConllWriter"]
