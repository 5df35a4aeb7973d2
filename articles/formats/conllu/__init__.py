"""CoNLL-U and CoNLL-U Plus (universaldependencies.org/format.html and ext-format.html) with tags of entities.

Tags stand in a column of their own, which `# global.columns` names (NE, NER ...), or in MISC (`NER=B-PER`).
They stand at words: of a multiword token (`1-2 del`) the whole is in the span of any of its words. Empty
nodes (`2.1`) are no part of the text. `# newdoc` begins an article.

The text is exact as far as the file says it: between two tokens stands what MISC has as `SpacesAfter`
(spelled as UDPipe does), else what `# text` has, else nothing after `SpaceAfter=No`, else a space. A sentence
ends with a line break, a paragraph (`# newpar`) with two. Lines are kept as they are, so that the file can be
given back.
"""

from articles.formats.conllu.reader import ConlluReader
from articles.formats.conllu.writer import ConlluWriter

__all__ = ["ConlluReader", "ConlluWriter"]
