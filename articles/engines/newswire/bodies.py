"""Bodies that news calls by an abbreviation, or by their seat, without ever saying what they are."""

from __future__ import annotations

from articles.engines.newswire.patterns import LIKELY, Pattern, alternatives, pattern

# Without those that are also words in capitals (WHO, AID) or somebody's initials.
_BODIES = alternatives(
    """NATO OPEC UNESCO UNICEF UNHCR IMF WTO OECD OSCE IAEA ASEAN ECOWAS NASA FIFA UEFA FBI CIA BBC CNN ECB
    White_House Pentagon Kremlin НАТО ООН ОБСЕ МВФ ВОЗ ВТО ОПЕК ОДКБ СНГ ШОС МАГАТЭ ЮНЕСКО ЮНИСЕФ ФИФА УЕФА
    МИД МВД МЧС ФСБ ЦБ Минфин Минобороны Минэкономразвития Минздрав Минэнерго Минпромторг Роскосмос БҰҰ"""
)

BODY_PATTERNS: tuple[Pattern, ...] = (
    pattern(rf"(?<![\w&-])(?P<ORG>{_BODIES})(?![\w&-]|[ ]\p{{Lu}}\p{{Ll}}++[ ]\p{{Lu}}\p{{Ll}})", LIKELY),
    # --- a company in quotation marks, by the word that says so: компания «Вектор», концерна «Заря»
    pattern(
        r"(?<!\w)(?:компани|корпораци|концерн|холдинг|завод|банк|фирм|издани"
        r"|газет|телеканал|парти)\p{Ll}*+[ ]"
        r"(?P<ORG>[«\"]\p{Lu}[^»\"\n]{1,40}[»\"])",
        LIKELY,
    ),
    # --- Министерство финансов, министерства иностранных дел
    pattern(
        r"(?<!\w)(?P<ORG>[Мм]инистерств(?:о|а|у|ом|е)[ ](?:иностранных[ ]дел|внутренних[ ]дел|обороны"
        r"|финансов|юстиции|энергетики|культуры|транспорта|здравоохранения|просвещения|экономики|образования|"
        r"сельского[ ]хозяйства|чрезвычайных[ ]ситуаций))(?!\w)",
        LIKELY,
    ),
)
