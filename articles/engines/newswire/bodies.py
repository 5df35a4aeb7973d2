"""Bodies that news calls by an abbreviation, or by their seat, without ever saying what they are."""

from __future__ import annotations

from articles.engines.newswire.patterns import LIKELY, Pattern, alternatives, pattern

# Without those that are also words in capitals (WHO, AID) or somebody's initials.
_BODIES = alternatives(
    """NATO OPEC UNESCO UNICEF UNHCR IMF WTO OECD OSCE IAEA ASEAN ECOWAS NASA FIFA UEFA FBI CIA BBC CNN
    ECB White_House Pentagon Kremlin НАТО ООН ОБСЕ МВФ ВОЗ ВТО ОПЕК ОДКБ СНГ ШОС МАГАТЭ ЮНЕСКО ЮНИСЕФ ФИФА
    УЕФА МИД МВД МЧС ФСБ ЦБ Минфин Минобороны Минэкономразвития Минздрав Минэнерго Минпромторг Роскосмос
    БҰҰ Госдума Госдумы Госдуме Госдуму SPD CDU CSU FDP AfD PSOE Bundestag Bundesrat"""
)

_CAPITAL = r"\p{Lu}[\p{L}\p{M}’'-]*+"
_OF = r"(?:de[ ]la[ ]|de[ ]l['’]|d['’]|des[ ]|de[ ]|del[ ]|du[ ])"
_ROMANCE = alternatives(
    """Université Universidad Banque Banco Musée Museo Ministère Ministerio Parti Partido Cour Corte
    Tribunal Ligue Liga Fédération Federación Unión Académie Academia Institut Instituto Agence Agencia
    Assemblée Asamblea Conseil Consejo Comité Comisión Chambre Cámara Hôpital Fondation Fundación Syndicat
    Sindicato"""
)
_ADJECTIVE = (
    r"[ ](?:national|nacional|suprême|suprem[ao]|europé?en|central|popula|socialist|constitu[ct]ion"
    r"|international|internacional|arabe|árabe|général|public|fédéral|federal)\p{Ll}*+"
    r"(?:[ ](?:suisse|belge|europ\p{Ll}++))?"
)
_GERMAN_BODY = (
    r"\p{Lu}\p{Ll}*(?:bundesamt|ministerium|gerichtshof|verfassungsgericht|rechnungshof|kartellamt|kriminalamt"
    r"|netzagentur)|Bundes(?:amt|bank|wehr|polizei|gerichtshof|verfassungsgericht|rechnungshof|kartellamt|kriminalamt"
    r"|netzagentur|ministerium|anstalt|verband)"
)

BODY_PATTERNS: tuple[Pattern, ...] = (
    pattern(rf"(?<![\w&-])(?P<ORG>{_BODIES})(?![\w&-]|[ ]\p{{Lu}}\p{{Ll}}++[ ]\p{{Lu}}\p{{Ll}})", LIKELY),
    # --- Universidad de Alicante, Cour suprême, Partido Popular
    pattern(
        rf"(?<!\w)(?P<ORG>{_ROMANCE}(?:{_ADJECTIVE}(?:[ ]{_OF}{_CAPITAL})?"
        rf"|[ ]{_OF}?{_CAPITAL}(?:[ ]{_OF}?{_CAPITAL})?))(?!\w)",
        LIKELY,
    ),
    # --- Bundesamt für Verkehr, des Auswärtigen Amts, Universität Hamburg
    pattern(
        rf"(?<!\w)(?P<ORG>(?:{_GERMAN_BODY})(?:e?s)?(?:[ ]für[ ]{_CAPITAL}(?:[ ]und[ ]{_CAPITAL})?)?"
        rf"|Auswärtige[ns]?[ ]Amt(?:e?s)?"
        rf"|(?:Universität|Stadtwerke|Landgericht|Amtsgericht)[ ](?:zu[ ])?{_CAPITAL})(?!\w)",
        LIKELY,
    ),
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
