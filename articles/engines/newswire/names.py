"""Offices with names, institutions by their form, agencies, languages, countries and peoples."""

from __future__ import annotations

from functools import cache

from babel import Locale

from articles.domain.agencies import AGENCIES
from articles.engines.newswire.patterns import LIKELY, PERHAPS, SURE, Pattern, alternatives, pattern

# Zones named after cities; of the others many are islands, stations and words.
_CITY_ZONES = ("Africa/", "America/", "Asia/", "Australia/", "Europe/")
_NOT_CITIES = {
    *("Nome", "Phoenix", "Regina", "Resolute", "Creston", "Dawson", "Adak", "Jersey", "Guernsey", "Eucla"),
    *("Lindeman", "Mendoza", "Cordoba", "Catamarca", "Merida", "Oral", "Darwin", "Sidney", "Atina", "Septe"),
}
COUNTRY_LANGUAGES = ("en", "ru", "kk", "tr", "ar", "zh")
_TITLE_WORD = alternatives(
    "President Vice-President Prime_Minister Deputy_Prime_Minister Minister Deputy_Minister Foreign_Minister "
    "Finance_Minister Interior_Minister Defence_Minister Health_Minister Education_Minister Transport_Minister Governor "
    "Mayor Chancellor Senator Ambassador King Queen Prince Princess Pope Chairman Chairwoman Chair Director Secretary "
    "Secretary-General General Colonel Captain Judge Justice Professor Dr. Dr Prof. Mr. Mr Mrs. Mrs Ms. Ms Sir Dame Lord "
    "Lady Speaker Commissioner Rector Coach Bishop Archbishop Rabbi Imam Chief_Executive CEO Spokesman Spokeswoman "
    "Президент Премьер-министр Министр Глава Мэр Аким Президенті Әкімі Министрі Cumhurbaşkanı Başbakan Bakan Vali"
)
_LOWER_TITLE = alternatives(
    "president vice-president prime_minister deputy_prime_minister minister foreign_minister finance_minister "
    "governor mayor chancellor chairman chairwoman chief_executive director head_coach coach captain spokesman "
    "spokeswoman spokesperson secretary-general ambassador professor judge rector editor-in-chief"
)
_PARTICLE = "(?:de|van|von|bin|ibn|al|el|da|di|la|le|ter|den)"
_CAP = r"\p{Lu}\p{M}*+[\p{Ll}\p{M}'’]++(?:-\p{Lu}[\p{Ll}\p{M}]++)*+"
_INITIAL = r"\p{Lu}\."
# Words that begin sentences, and no names.
_OPENER = alternatives(
    "The A An And But Or Yet So In On At By For From With As If When While After Before Since Until Then Later Earlier "
    "Meanwhile However Yesterday Today Tomorrow Last Next This That These Those His Her Their Our Its Also Even Only "
    "Both Each Some Many Most All Former Once Under Over During Despite According Although Because"
)
_FULL_NAME = rf"(?!{_OPENER}[ ]|{_TITLE_WORD}(?!\w))(?:{_CAP}|{_INITIAL})(?:[ ](?:{_CAP}|{_INITIAL}|{_PARTICLE}[ ]{_CAP})){{1,3}}+"
_NAME = rf"(?:{_CAP}|{_INITIAL})(?:[ ](?:{_CAP}|{_INITIAL}|{_PARTICLE}[ ]{_CAP})){{0,3}}+"
_PLACE = rf"{_CAP}(?:[ ]{_CAP}){{0,2}}+"
_HEAD = alternatives(
    "Assembly Ministry University Bank Court Council Committee Agency Institute Union Association Commission Parliament "
    "Academy Federation Organization Organisation Foundation Chamber Authority Bureau Department Office Senate Congress "
    "Party Museum Library Hospital College School Society League Club Theatre Orchestra Observatory Centre Center "
    "Service Board Fund Exchange Institution Alliance Confederation Administration Directorate Inspectorate"
)
_CHAIN = rf"{_CAP}(?:[ ](?:and[ ])?{_CAP}){{0,3}}+"
_COMPANY = alternatives(
    "Inc Inc. Ltd Ltd. LLP LLC JSC PLC plc GmbH AG SA S.A. NV Corp Corp. Co. Holding Group Press"
)
_SAID = alternatives(
    "сказал сказала сообщил сообщила заявил заявила добавил добавила деді айтты dedi söyledi"
)
_AGENCY_LIST = alternatives(" ".join(name.replace(" ", "_") for name in AGENCIES))
_LANGUAGE = alternatives(
    "English Russian Kazakh Turkish Arabic Chinese French German Spanish Norwegian Swedish Finnish Italian Portuguese "
    "Uzbek Kyrgyz Tajik Azerbaijani Persian Hindi Japanese Korean Ukrainian Polish Mandarin Hebrew Greek Dutch Danish"
)
_PEOPLE = alternatives(
    "American British English French German Italian Spanish Portuguese Dutch Belgian Swiss Austrian Norwegian Swedish "
    "Danish Finnish Icelandic Polish Czech Slovak Hungarian Romanian Bulgarian Greek Turkish Russian Ukrainian Belarusian "
    "Kazakh Kazakhstani Uzbek Kyrgyz Tajik Turkmen Azerbaijani Armenian Georgian Iranian Iraqi Syrian Lebanese Israeli "
    "Palestinian Saudi Emirati Qatari Egyptian Moroccan Algerian Tunisian Libyan Nigerian Kenyan Ethiopian Ghanaian "
    "Indian Pakistani Bangladeshi Afghan Chinese Japanese Korean Vietnamese Thai Indonesian Malaysian Philippine "
    "Mongolian Australian Canadian Mexican Brazilian Argentine Chilean Colombian Peruvian Cuban European Asian African "
    "Scottish Welsh Irish Estonian Latvian Lithuanian Serbian Croatian Slovenian Bosnian Albanian Muslim Christian Jewish "
    "Buddhist Hindu Orthodox Catholic Protestant Norwegians Swedes Danes Finns Russians Kazakhs Germans Italians Turks "
    "Americans Ukrainians Greeks Europeans Africans Muslims Christians Jews Buddhists Hindus"
)


def _by_form(kind: str, heads: str) -> Pattern:
    """Names that end with a word for what they are: Third Mainland Bridge."""
    return pattern(
        rf"(?<!\w)(?P<{kind}>(?!{_OPENER}[ ]){_CAP}(?:[ ]{_CAP}){{0,2}}?[ ]{alternatives(heads)})"
        rf"(?!\w|[ ]{_CAP})",
        LIKELY,
    )


NAME_PATTERNS: tuple[Pattern, ...] = (
    # --- places, buildings, laws and events by their form
    _by_form(
        "LOC",
        "River Sea Ocean Lake Glacier Valley Desert Mountains Peninsula Strait Gulf Bay Island Islands Plateau Basin "
        "Delta Canyon Steppe Forest Archipelago Reef",
    ),
    _by_form(
        "FAC",
        "Bridge Airport Stadium Harbour Harbor Station Terminal Tower Square Street Avenue Boulevard Pier Market "
        "Palace Castle Cathedral Mosque Arena Tunnel Dam Canal Highway Park",
    ),
    _by_form("LAW", "Act Code Treaty Convention Directive Protocol Amendment Accord Accords"),
    _by_form(
        "EVENT",
        "Festival Marathon Games Olympics Cup Championship Championships Summit Expo Grand_Prix Awards",
    ),
    pattern(rf"(?<!\w)(?P<LOC>(?:Lake|Mount|Cape|(?:Gulf|Bay|Strait|Isle)[ ]of)[ ]{_CAP})(?!\w)", LIKELY),
    # --- institutions by their form
    pattern(
        rf"(?<!\w)(?P<ORG>(?:(?!(?:The|A|An|In|At|This|Our)[ ]){_CAP}[ ])?{_HEAD}[ ](?:of|for)[ ](?:the[ ])?{_CHAIN}(?:[ ]of[ ](?:the[ ])?{_CHAIN})?+)",
        SURE,
    ),
    pattern(
        rf"(?<![\w]|[.!?][ ])(?P<ORG>(?!(?:The|A|An|In|At|This|Our)[ ]){_CAP}(?:[ ]{_CAP}){{0,3}}?[ ]{_HEAD})(?!\w)",
        LIKELY,
    ),
    pattern(rf"(?<=(?:\bThe|\bthe)[ ])(?P<ORG>{_CAP}(?:[ ]{_CAP}){{0,3}}?[ ]{_HEAD})(?!\w)", LIKELY),
    pattern(
        rf"(?<!\w)(?P<ORG>(?!The[ ]){_CAP}(?:[ ]{_CAP}){{0,2}}+(?<![ ]{_COMPANY}),?[ ]{_COMPANY})(?!\w)",
        LIKELY,
    ),
    pattern(r"(?<!\w)(?P<ORG>(?:ТОО|АО|ООО|ПАО)[ ][«\"][^»\"\n]{2,40}[»\"])", SURE),
    # --- agencies
    pattern(rf"(?<!\w)(?P<AGENCY>{_AGENCY_LIST})(?=[ ](?:reports|reported|said|informs|writes)\b)", SURE),
    pattern(
        rf"(?:told|with|by|reports|передаёт|передает|сообщает)[ ](?P<AGENCY>{_AGENCY_LIST})(?!\w)", LIKELY
    ),
    # --- offices and names, both orders
    pattern(
        rf"(?<!\w)(?P<TITLE>{_TITLE_WORD})[ ]of[ ](?:the[ ])?(?P<GPE>{_PLACE}),[ ](?P<PERSON>{_FULL_NAME})",
        SURE,
    ),
    pattern(
        rf"(?<!\w)(?P<TITLE>{_TITLE_WORD}|{_LOWER_TITLE})[ ]of[ ](?:the[ ])?{_CAP}"
        rf"(?:[ ](?:{_CAP}|of|for|the|and)){{1,7}}+,[ ](?P<PERSON>{_FULL_NAME})",
        LIKELY,
    ),
    # --- people with their age, with a clause, and who speak
    pattern(rf"(?<!\w)(?P<PERSON>{_FULL_NAME})(?=,[ ](?:\d{{1,2}},|aged[ ]|who[ ]|whose[ ]))", LIKELY),
    pattern(rf"(?<!\w)(?P<PERSON>{_FULL_NAME})(?=[ ](?:said|told|added|recalled|warned)(?!\w))", PERHAPS),
    pattern(rf"(?<!\w)(?P<TITLE>{_TITLE_WORD})[ ](?P<PERSON>(?!{_HEAD}\b){_NAME})(?![\w])", LIKELY),
    pattern(rf"(?<!\w)(?P<TITLE>{_LOWER_TITLE}),?[ ](?P<PERSON>{_FULL_NAME})(?!\w)", LIKELY),
    pattern(
        rf"(?<!\w)(?P<PERSON>{_FULL_NAME}),[ ](?:the[ ]|a[ ]|an[ ])?(?:[\p{{Ll}}'’-]++[ ]){{0,3}}?(?P<TITLE>{_LOWER_TITLE})(?!\w)",
        LIKELY,
    ),
    pattern(rf"(?<=[”\"»,][ ])(?:said|says|added)[ ](?P<PERSON>{_FULL_NAME})(?!\w)", LIKELY),
    pattern(rf"(?<=[”\"»][ ])(?P<PERSON>{_FULL_NAME})[ ](?:said|says|added|told)(?!\w)", LIKELY),
    pattern(
        rf"(?<=[”\"»“],?[ ](?:[—–-][ ])?{_SAID}[ ](?:\p{{Ll}}++[ ]){{0,3}})(?P<PERSON>{_FULL_NAME})(?!\w)",
        LIKELY,
    ),
    # --- languages before peoples: "the Kazakh language" is not a people
    pattern(
        rf"(?<!\w)(?P<LANGUAGE>{_LANGUAGE})(?=[ ]languages?\b)|(?<=\b(?:speaks?|spoken|written|speaking|translated|into|in|from)"
        rf"[ ](?:{_LANGUAGE}(?:,[ ]|,?[ ](?:and|or)[ ])){{0,6}})(?P<LANGUAGE2>{_LANGUAGE})(?!\w|[ ](?!and\b|or\b|by\b|with\b|for\b|at\b)\p{{L}})",
        LIKELY,
    ),
    pattern(rf"(?<!\w)(?P<NORP>{_PEOPLE})(?!\w|[ ]languages?\b)", PERHAPS),
)


@cache
def country_names() -> tuple[str, ...]:
    """Names of countries in our languages, from Unicode CLDR (through Babel). Short codes are left out."""
    found: set[str] = set()
    for language in COUNTRY_LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and len(name) > 1 and "&" not in name:
                found.add(name)
    return tuple(
        sorted(found | {"United States", "the Netherlands", "Britain", "UK", "U.S.", "Türkiye", "Turkey"})
    )


@cache
def city_names() -> tuple[str, ...]:
    """Names of a few hundred large cities in our languages: those that CLDR names time zones after."""
    cities = [Locale(language).time_zones for language in COUNTRY_LANGUAGES]
    zones = [str(zone) for zone in Locale("ru").time_zones if str(zone).count("/") == 1]
    found: set[str] = set()
    for zone in zones:
        if zone.startswith(_CITY_ZONES):
            plain = zone.rpartition("/")[2].replace("_", " ")
            names = [known.get(zone, {}).get("city") for known in cities]
            found |= {names[0] or plain, *(name for name in names if name)}
    return tuple(sorted(name for name in found - _NOT_CITIES if len(name) > 1))
