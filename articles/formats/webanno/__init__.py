"""WebAnno TSV 3.x, which WebAnno and INCEpTION write (see "WebAnno TSV" in the user guide of INCEpTION).

Offsets are UTF-16 units. How layers are understood, as far as can be like in their UIMA files:

- A layer of spans (`#T_SP`): its annotations are spans. The label is the feature `value`, else the only
  feature of the layer, else the layer's short name. `identifier` is the attribute `link`; other features are
  attributes too, `true` and `false` truth values. A slot is a relation from its span to what is in it, and is
  named by the role.
- A layer of relations (`#T_RL`): relations, whose types are found as labels are.
- A layer of chains (`#T_CH`): each mention is a span, and linked to the next by COREF.
- Parts of speech, lemmas, syntax and the like are left out and counted.
"""

from articles.formats.webanno.reader import WebAnnoReader
from articles.formats.webanno.writer import WebAnnoWriter

__all__ = ["WebAnnoReader", "WebAnnoWriter"]
