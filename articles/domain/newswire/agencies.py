"""Who sent a story: names of news agencies, and the words that name one at the end ("..., Trend reports")."""

from __future__ import annotations

import regex

AGENCIES: tuple[str, ...] = (
    *(
        "Reuters",
        "AFP",
        "AP",
        "Associated Press",
        "UPI",
        "Bloomberg",
        "DPA",
        "ANSA",
        "EFE",
        "PAP",
        "MTI",
        "NTB",
    ),
    *("Xinhua", "Kyodo", "Yonhap", "PTI", "ANI", "IRNA", "WAM", "SPA", "MENA", "SANA", "QNA"),
    *("TASS", "Interfax", "RIA Novosti", "Anadolu", "Trend", "Azertac", "AZERTAC", "APA", "Belta"),
    *(
        "Kazinform",
        "Qazinform",
        "KazTAG",
        "Kabar",
        "UzA",
        "Khovar",
        "Turkmenportal",
        "Armenpress",
        "Ukrinform",
    ),
    *(
        "ТАСС",
        "Интерфакс",
        "РИА Новости",
        "Казинформ",
        "КазТАГ",
        "ҚазАқпарат",
        "Қазинформ",
        "БелТА",
        "УНИАН",
        "АФП",
        "Рейтер",
    ),
    *(
        "Кабар",
        "Тренд",
        "Синьхуа",
        "AA",
        "DHA",
        "İHA",
        "رويترز",
        "الأناضول",
        "فرانس برس",
        "واس",
        "وام",
        "سانا",
    ),
)

# A word of a name: the dot of "BAQ.KZ" belongs to it, the one that ends the sentence does not.
_WORD = r"(?:[\p{L}\p{M}\d&'’]|[.\-](?=[\p{L}\d]))"
NAME = rf"[\p{{Lu}}\d]{_WORD}*+(?:[ ]\p{{Lu}}{_WORD}*+){{0,3}}"
# Two capitals in one word: RIA, KazTAG, ҚазАқпарат.
SIGLUM = rf"(?=\p{{Lu}}[\p{{Ll}}\d]*+\p{{Lu}}){NAME}"

KNOWN = "(?:" + "|".join(regex.escape(name) for name in sorted(AGENCIES, key=len, reverse=True)) + r")(?!\w)"
_STRONG = rf"(?:{KNOWN}|{SIGLUM})"
# Who reports, too, and is no agency.
_OTHERS = (
    r"(?!(?:Police|Officials?|Media|Local|State|Government|Minist\p{L}+|President|He|She|It|They|We|You|But|And|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?!\w))"
)
_SOURCE = "(?:агентств[оа]|корреспондент|портал|издание|газета|телеканал|пресс-служба|ИА|МИА|информагентство)"

# A name in quotation marks, or one whose second word is small: Волжский вестник.
_NAMED = rf"(?:[«\"](?P<agency>[^«»\"\n]{{2,40}})[»\"]|(?P<agency>{NAME}(?:[ ]\p{{Ll}}++(?=\.(?:\s|\Z)))?))"
# Each with words of which one stands in the text, so that a search costs nothing where there is none.
_ATTRIBUTIONS = tuple(
    (words.split(), regex.compile(pattern))
    for words, pattern in (
        (
            "report inform writes",
            rf"[,—–-][ ](?:[Tt]he[ ])?(?P<agency>{_OTHERS}{NAME})[ ](?:reports|reported|informs|writes)\b",
        ),
        ("report", rf"\bas[ ](?:[Tt]he[ ])?(?P<agency>{_OTHERS}{NAME})[ ](?:reports|reported)\b"),
        ("report", rf"(?:[,—–-][ ]reports|\breported[ ]by)[ ](?:the[ ])?(?P<agency>{_OTHERS}{NAME})"),
        (
            "передаёт передает",
            rf"(?:передаёт|передает)[ ](?:\p{{Ll}}++[ ]){{0,2}}(?:ИА[ ])?{_NAMED}",
        ),
        (
            "сообща сообщил пишет",
            rf"(?:сообщает|сообщают|сообщил[аио]?|пишет)[ ](?:{_SOURCE}[ ]){{1,2}}{_NAMED}",
        ),
        (
            "сообща пишет",
            rf"(?:сообщает|сообщают|пишет)[ ](?:«(?P<agency>[^«»\n]{{2,40}})»|(?P<agency>{_STRONG}))",
        ),
        ("хабарлайды", rf"хабарлайды[ ](?:«(?P<agency>[^«»\n]{{2,40}})»|(?P<agency>{NAME}))"),
        (
            "хабарла",
            rf"(?<!\w)(?P<agency>{_STRONG})[»\"]?[ ](?:агенттігі[ ])?(?:хабарлайды|хабарлады)(?!\w)",
        ),
        (
            "bildirdi haber aktardı",
            rf"(?<!\w)(?P<agency>{_STRONG})(?:[ ]Ajansı)?[ ](?:bildirdi|haber[ ]verdi|aktardı)(?!\w)",
        ),
        ("社 报", r"据(?P<agency>\p{Han}{1,6}?(?:社|[日晚早时]报))[^。\n]{0,20}?(?:报道|消息|电)"),
        (
            "ذكرت أفادت نقلت حسب وفق",
            rf"(?:ذكرت|أفادت|نقلت|ب?حسب|وفق)[ ]"
            rf"(?:(?P<agency>صحيفة[ ]\p{{Arabic}}++)|(?:وكالة[ ])?(?:أنباء[ ])?(?P<agency>{KNOWN}))",
        ),
    )
)


def attributed_agency(text: str, start: int, end: int, *, timeout: float) -> tuple[int, int] | None:
    """Where `text[start:end]` names the agency that reports, or None. Raises TimeoutError."""
    for words, pattern in _ATTRIBUTIONS:
        if any(text.find(word, start, end) >= 0 for word in words):
            found = pattern.search(text, start, end, timeout=timeout)
            if found:
                return found.span("agency")
    return None
