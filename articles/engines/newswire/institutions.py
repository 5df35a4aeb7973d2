"""Institutions, buildings, landforms, laws and events, by the word that says what they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from articles.engines.newswire.capitals import OPENERS, Run
from articles.engines.newswire.given_names import GIVEN_NAMES
from articles.engines.newswire.patterns import LIKELY, SURE, Found, word_set

_BY_KIND = {
    "ORG": """Assembly Ministry University Bank Court Council Committee Agency Institute Union Association
        Commission Parliament Academy Federation Organization Organisation Foundation Chamber Authority
        Bureau Department Office Senate Congress Party Museum Library Hospital College School Society
        League Club Theatre Theater Orchestra Observatory Service Board Fund Exchange Institution
        Alliance Confederation Administration Directorate Inspectorate Corporation Company Group Holding
        Holdings Airlines Airways Inc Inc. Ltd Ltd. LLP LLC JSC PLC Plc plc GmbH AG SE SA NV AB SpA Corp Corp.
        Co. Guard Police Army Navy Journal
        Press Cross Times Herald Tribune Gazette Courier Motors Industries Partners Records Laboratories
        Bakanlığı Üniversitesi Bankası Belediyesi Kurumu Derneği Şirketi Meclisi Partisi""",
    "LOC": """River Sea Ocean Lake Glacier Valley Desert Mountains Mountain Peninsula Strait Gulf Bay Island
        Islands Plateau Basin Delta Canyon Steppe Forest Archipelago Reef Creek""",
    "FAC": """Bridge Airport Stadium Harbour Harbor Station Terminal Tower Square Street Avenue Boulevard Pier
        Market Palace Castle Cathedral Mosque Arena Tunnel Dam Canal Highway Park Hall Road Port""",
    "LAW": "Act Code Treaty Convention Directive Protocol Amendment Accord Accords",
    "EVENT": "Festival Marathon Games Olympics Cup Championship Championships Summit Expo Prix Awards",
}
FORMS = {form: kind for kind, forms in _BY_KIND.items() for form in forms.split()}
_COMPANY = word_set("""Inc Inc. Ltd Ltd. LLP LLC JSC PLC Plc plc GmbH AG SE SA NV AB SpA Corp Corp. Co.""")
_COMPANY_WORDS = _COMPANY | word_set("""Group Holding Holdings Corporation Company Industries""")
# "Bank of Norway", "Gulf of Riga": forms that may stand before what they are of.
_MAY_BE_OF = word_set(
    """Assembly Ministry University Bank Court Council Committee Agency Institute Union Association
    Commission Parliament Academy Federation Organization Organisation Foundation Chamber Authority
    Bureau Department Office Museum Library College School Society League Board Fund Administration
    Directorate Confederation Gulf Bay Strait Port Palace Castle Tower Treaty Convention"""
)
_SHORTEST_FIRST_WORD = 4
_OF = frozenset((" of ", " of the ", " for ", " for the "))
_MORE = frozenset((" of ", " of the ", " and "))
_LOWER_FORMS = regex.compile(
    r"[ ](?:\p{Ll}++[ ]){0,1}?(?:министрлігі|университеті|банкі|агенттігі|комитеті|академиясы|институты"
    r"|қоры|партиясы)(?:\p{Ll}{0,4})(?!\w)"
)
# "Қазақстанның Көлік министрлігі": whose ministry it is stands outside its name.
_OUTSIDE = (
    *("ның", "нің", "дың", "дің", "тың", "тің", "ға", "ге", "қа", "ке", "да", "де", "та", "те", "дан", "ден"),
)
_QUOTED_FIRM = regex.compile(r"(?<!\w)(?:ТОО|АО|ООО|ПАО|ЗАО)[ ][«\"][^»\"\n]{2,40}[»\"]")
_BEFORE_NAME = frozenset(("Lake", "Mount", "Cape"))
_OPENING = ("“", "«", '"', "“The ", '"The ', "“A ", '"A ')
_CLOSING = frozenset('”»"')
_BRACKETED = regex.compile(r"[ ]\((?P<short>\p{Lu}[\p{L}\p{N}&]{1,8})\)")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}'’&-]++")
_SMALL = word_set("""of for the and in on de la по и о об на при""")


def institutions_in(runs: Sequence[Run]) -> Iterator[Found]:
    """Of all runs of a text, in order."""
    for number, run in enumerate(runs):
        form = run.words[-1]
        if form in _MAY_BE_OF and (end := _end_of_chain(runs, number)):
            yield Found(run.start, end, FORMS[form], SURE)
        elif form in FORMS and len(run.words) > 1 and not _is_title(run):
            yield Found(run.start, _with_dot(run), FORMS[form], LIKELY)
        elif run.words[0] in _BEFORE_NAME and len(run.words) == 2:
            yield Found(run.start, run.end, "LOC", LIKELY)
        elif lower := _LOWER_FORMS.match(run.text, run.end):
            name = run.after(1) if len(run.words) > 1 and run.words[0].endswith(_OUTSIDE) else run
            yield Found(name.start, lower.end(), "ORG", LIKELY)


def _is_title(run: Run) -> bool:
    """Whether the run is all that quotation marks hold, as that of a film: “The Salt Road”."""
    before, after = run.text[max(0, run.start - 5) : run.start], run.text[run.end : run.end + 2]
    return before.endswith(_OPENING) and after.lstrip(",.")[:1] in _CLOSING


def quoted_firms(text: str) -> Iterator[Found]:
    """АО «Восток»: a form of company, and the name in quotation marks."""
    for match in _QUOTED_FIRM.finditer(text):
        yield Found(*match.span(), "ORG", SURE)


def abbreviations_in(text: str, timeout: float) -> Iterator[tuple[Found, Found]]:
    """Names with their abbreviation in brackets after them, by the initials: Harbour Union of Tarn
    (HUT). After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions
    in biomedical text", PSB 2003; stricter: each letter begins a word."""
    for match in _BRACKETED.finditer(text, timeout=timeout):
        start = _start_of_long_form(text, match.start(), match["short"])
        if start is not None:
            yield Found(start, match.start(), "ORG", LIKELY), Found(*match.span("short"), "ORG", SURE)


def _start_of_long_form(text: str, end: int, short: str) -> int | None:
    line = text.rfind("\n", max(0, end - 120), end) + 1 or max(0, end - 120)
    wanted = [letter.lower() for letter in short if letter.isalnum()]
    for word in reversed(list(_WORD.finditer(text, line, end))):
        first = word[0][0].lower()
        if first == wanted[-1]:
            wanted.pop()
            if not wanted:
                return word.start() if word[0][0].isupper() else None
        elif word[0].lower() not in _SMALL:
            return None
    return None


def _end_of_chain(runs: Sequence[Run], number: int) -> int | None:
    """Where "Assembly of Farmers of Tarn" ends, when the run before " of " is given."""
    text, end = runs[number].text, None
    joints = _OF
    for before, after in zip(runs[number : number + 3], runs[number + 1 : number + 4], strict=False):
        if text[before.end : after.start] not in joints or after.words[0] in OPENERS:
            break
        if text[before.end : after.start] == " and " and (
            len(after.words) > 2 or after.words[0] in GIVEN_NAMES
        ):
            break
        end, joints = after.end, _MORE
    return end


def _with_dot(run: Run) -> int:
    """The full stop of "Inc." belongs to the name, unless it ends the sentence."""
    is_short = run.words[-1] in _COMPANY and run.text[run.end : run.end + 2] in (". ", ".,")
    return run.end + 1 if is_short and run.text[run.end + 2 : run.end + 3].islower() else run.end


def short_forms(name: str) -> Iterator[str]:
    """Maasline Shipping, and Maasline, of "Maasline Shipping NV": what a company is called later."""
    words = name.rstrip(".").split(" ")
    if len(words) < 2 or words[-1] not in _COMPANY_WORDS or words[0] in OPENERS:
        return
    yield " ".join(words[:-1]).rstrip(",")
    if words[-1] in _COMPANY and len(words[0]) > _SHORTEST_FIRST_WORD:
        yield words[0]
