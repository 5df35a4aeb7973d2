"""Label Studio's JSON: a list of tasks `{id, data {text, ...}, annotations [{completed_by, ground_truth,
was_cancelled, result [...]}], predictions [{model_version, score, result}]}`, or the short form that it calls
JSON_MIN, `{id, text, label [{start, end, labels}]}`.

Offsets are code points. How the full form is understood:

- Of several annotations the one marked as ground truth counts, else the newest that was not cancelled. The
  newest annotation of each other person is a layer of theirs when it says who they are: by a username or an
  e-mail address in `completed_by`. Numbers of users say nothing outside of their Label Studio: such
  annotations are counted and left out.
- A prediction is the layer of an engine named after its `model_version`; the `score` of a region, else of the
  prediction, is the confidence of its spans.
- A region with several labels is as many spans. Its own choices, texts and numbers are attributes named after
  their control; the first of several. Its notes (`meta.text`) are comments.
- Choices without a region are labels of the article.
- A relation with several labels is as many relations; one in both directions (`bi`) is two; one without label
  is called RELATED.

What has another control (rankings, taxonomies, regions in pictures) is counted and left out. Spans with gaps
are not written. The short form has no place for relations, attributes and layers.
"""

from articles.formats.label_studio.reader import LabelStudioReader
from articles.formats.label_studio.writer import LabelStudioWriter

__all__ = ["LabelStudioReader", "LabelStudioWriter"]
