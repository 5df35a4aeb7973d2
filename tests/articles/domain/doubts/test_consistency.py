from __future__ import annotations

from math import isclose, log2

from articles.domain.doubts.consistency import Consistency, Variation
from articles.domain.doubts.findings import Mention

Text = tuple[str, list[Mention]]


def counted(*texts: Text) -> list[Variation]:
    consistency = Consistency()
    for text, mentions in texts:
        consistency.learn_labels(text, mentions)
    for text, mentions in texts:
        consistency.learn_text(text, mentions)
    return consistency.variations(10)


def bergen(label: str) -> Text:
    return "Bergen is calm.", [Mention(0, 6, label)] if label else []


def test_a_form_with_two_labels_or_none_in_places_is_found() -> None:
    (one,) = counted(bergen("GPE"), bergen("GPE"), bergen("ORG"), bergen(""))
    assert one == Variation("Bergen", (("GPE", 2), ("ORG", 1)), 1)
    assert isclose(one.score, 2 * log2(4))


def test_what_is_labelled_alike_everywhere_is_not() -> None:
    assert counted(bergen("GPE"), bergen("GPE"), bergen("GPE")) == []
    assert counted(bergen("GPE"), bergen("ORG")) == []


def test_the_more_surprising_comes_first() -> None:
    oslo = [("Oslo is calm.", [Mention(0, 4, label)]) for label in ("GPE", "GPE", "ORG", "ORG")]
    found = counted(*oslo, *[bergen("GPE")] * 20, bergen("ORG"))
    assert [one.form for one in found] == ["Bergen", "Oslo"]
    assert [round(one.score, 2) for one in found] == [4.39, 2.0]


def test_parts_of_longer_mentions_and_of_words_are_not_places_without_a_label() -> None:
    around = (
        "Bergen Bank and Port: Bergenhus.",
        [Mention(0, 6, "GPE"), Mention(0, 11, "ORG"), Mention(16, 20, "LOC")],
    )
    inside = ("The Bergen Bank.", [Mention(4, 15, "ORG")])
    assert counted(bergen("GPE"), bergen("GPE"), around, inside) == []
