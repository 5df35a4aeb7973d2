"""GATE's XML: a text with numbered nodes in it, sets of annotations from node to node, sets of relations.

- An annotation is a span; its label is its type. Features that are texts, numbers or truth values are
  attributes; lists and objects of Java are left out and counted.
- What GATE's own tools lay under a text (tokens, sentences, entries of gazetteers) is no span.
- One annotation set is read: the one that is chosen, else the default set, else, when that is empty, the
  first one that is not of the original markup. The others are counted.
- A relation of two members goes from the first to the second. What has more members, and `coref`, is a chain.

Nodes are placed by where they stand in the text: their ids count UTF-16 units, but need not.
"""

from articles.formats.gate.reader import GateReader
from articles.formats.gate.writer import GateWriter

__all__ = ["GateReader", "GateWriter"]
