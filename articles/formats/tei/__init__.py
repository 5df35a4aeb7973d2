"""TEI P5 (and P4), import: each `TEI` of a file or corpus is an article, its text what `text` holds.

White space: a run of it is one space. Paragraphs, headings, stanzas and the like are parted by an empty line;
verses, list items and rows by a line break; cells by a tab; `lb` is a space, or nothing with `break="no"`.
Of a `choice` the corrected, regular or expanded form is read. Notes, running heads, deletions, variant
readings and descriptions of figures are left out; notes are counted.

Names, dates and the like (`persName`, `placeName`, `rs`, `date` ...) are spans, nested as they are. The label
is the element's name; `name` and `rs`, which say nothing by themselves, have their `type` for a label. `ref`
or `key` is the attribute `link`; `type`, `subtype`, `role`, `cert` and dates keep their names. Beside the
text, `span` (with `from` and `to`, or `target`) is a span too, labelled by its `type`, else its words, its
`ana` or its group's type; `relation` is one from `active` to `passive`.
"""

from articles.formats.tei.reader import TeiReader

__all__ = ["TeiReader"]
