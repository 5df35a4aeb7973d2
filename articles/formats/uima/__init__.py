"""UIMA's common analysis structure, as INCEpTION, WebAnno and DKPro exchange it: XMI (`.xmi` beside its
`TypeSystem.xml`) and JSON CAS. Read is the view `_InitialView`, else the first that has a text.

How feature structures are understood:

- An annotation is a span. Its label is its feature `value` if there is one, else the short name of its type.
- `identifier` is the attribute `link`; other texts, numbers and truth values are attributes too.
- What refers to two annotations (`Governor` and `Dependent`, or any two features) is a relation from the
  first to the second; its type is found as a label is. A span that refers to another has a relation named by
  the feature; `next` is COREF. Links with `role` and `target` are relations named by their role.
- Tokens, sentences and the document's own annotation are no spans; its title, language and address are the
  article's. Parts of speech, lemmas, syntax and the like are left out and counted.

Files are read by code of our own: dkpro-cassis compiles classes from the names in a file, and takes
milliseconds for each offset that is wrong. It writes, and in the tests it is the judge of what is read.
"""

from articles.formats.uima.reader import CasJsonReader, XmiReader
from articles.formats.uima.writer import CasJsonWriter, XmiWriter

__all__ = ["CasJsonReader", "CasJsonWriter", "XmiReader", "XmiWriter"]
