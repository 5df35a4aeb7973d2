"""brat standoff: a `.txt` with the text beside an `.ann` with its annotations (brat.nlplab.org/standoff).

Offsets are code points. How the kinds of annotation are understood:

- `T` text-bound: a span; several pieces `0 5;16 21` are its fragments. brat cuts a span at every line break
  and tab: pieces with only such white space between them are one.
- `R` relation: from its first argument to its second. `*` equivalence: a chain, `Equiv` being called COREF.
- `E` event: its trigger is the span, and each role a relation from there to the argument (to its trigger,
  when that is an event). The number of `Theme2` goes when the event has a `Theme`.
- `A`, `M` attribute: true, or its value. `N` normalization: the attribute `link`, such as `Wikipedia:1234`.
- `#` note: a comment on the span.

A `.txt` without `.ann` is an article without spans.
"""

from articles.formats.brat.conf import definition_from_conf
from articles.formats.brat.reader import BratReader
from articles.formats.brat.writer import BratWriter

__all__ = ["BratReader", "BratWriter", "definition_from_conf"]
