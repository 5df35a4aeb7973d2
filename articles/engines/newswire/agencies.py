"""The agency that reports, by the words beside its name."""

from __future__ import annotations

from articles.domain.newswire.agencies import AGENCIES
from articles.engines.newswire.patterns import LIKELY, SURE, Pattern, alternatives, pattern

_NAMES = alternatives(" ".join(name.replace(" ", "_") for name in AGENCIES))
_CAPITAL = r"\p{Lu}\p{Ll}++(?:-\p{Lu}\p{Ll}++)?"

# Waters and islands by the small word beside their name.
LAND_PATTERNS: tuple[Pattern, ...] = (
    pattern(rf"(?<!\w)(?:island|river|lake)[ ]of[ ](?P<LOC>{_CAPITAL})(?!\w|[ ]\p{{Lu}})", LIKELY),
    pattern(rf"(?<!\w)(?:рек[аеиу]|рекой|озер[оаеу]|остров[ае]?|остров)[ ](?P<LOC>{_CAPITAL})(?!\w)", LIKELY),
    pattern(
        r"(?<!\w)(?P<GPE>\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?(?:ск|цк)(?:ая|ой|ую)"
        r"[ ](?:област(?:ь|и|ью)|республик[аиеуо]й?))(?!\w)",
        LIKELY,
        needs="област республик",
    ),
    pattern(rf"(?<!\w)(?P<LOC>{_CAPITAL})(?=[ ](?:өзен|көл|тау)\p{{Ll}})", LIKELY),
)

AGENCY_PATTERNS: tuple[Pattern, ...] = (
    pattern(rf"(?<!\w)(?P<AGENCY>{_NAMES})(?=[ ](?:reports|reported|said|informs|writes)\b)", SURE),
    pattern(
        rf"(?:told|with|by|reports|передаёт|передает|сообщает)[ ][«\"]?(?P<AGENCY>{_NAMES})(?!\w)", LIKELY
    ),
)
