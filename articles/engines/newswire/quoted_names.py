"""Names that Russian sets in quotation marks without saying what they are: «Газпром» сократил поставки.

A company, by what it does or by what is said to be its own; or, less surely, because it is named again. A
name that is called a film, a ship or a programme anywhere in the article is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import regex

from articles.engines.newswire.patterns import LIKELY, MAYBE, Found

_NAME = regex.compile(r"«(?P<name>\p{Lu}[\p{L}\d-]*+(?:[ ][\p{L}\d-]++){0,3})»")
_ENDING = regex.compile(r"(?<=\p{L}{3})(?:[аеиоуыюяйь]|о[мвй]|е[мй]|[ая]х|[ая]м)\Z")
_SHIPS_AND_WORKS = regex.compile(
    r"(?i)(?<!\p{L})(?:фильм|роман|спектакл|книг|песн|опер|балет|альбом|картин|повест|рассказ|пьес|сериал|мультфильм|поэм"
    r"|стать|журнал|паром|теплоход|суд(?:н|ов)|корабл|крейсер|яхт|ракет|спутник|поезд|программ|проект|конкурс|преми"
    r"|фестивал|форум|выставк|операци|игр|матч|танк|самол|вертол|автомобил|модел|комплекс|препарат|вакцин|закон"
    r"|газопровод|нефтепровод|трасс|станци|аэропорт|стадион|парк|гостиниц|отел|кафе|ресторан|шоу|рубрик|орден|медал"
    r"|месторождени|шахт|рудник)\p{Ll}*+[ ]\Z"
)
_OWNED_BEFORE = regex.compile(
    r"(?i)(?<!\p{L})(?:акци|прибыл|выручк|убыт|представител|глав[аеуы]|главой|директор|гендиректор|председател|президент"
    r"|акционер|сотрудник|клиент|офис|завод|дочк|«?дочерн|совет[а-я]*[ ]директоров|правлени|пресс-служб"
    r"|компани|корпораци|концерн|холдинг|банк|фирм|групп|издательств|оператор|ретейлер|ритейлер|застройщик|производител"
    r"|разработчик|авиакомпани|партнёр|партнер|поставк|сет)\p{Ll}*+[ ]\Z"
)
_DOES = regex.compile(
    r"[ ](?:(?:в|на|за|с|к|по)[ ][\p{L}\d]++[ ](?:\d{4}[ ]год[ауе]?[ ])?)?(?:уже[ ]|не[ ]|также[ ])?"
    r"(?:сокра|увелич|купи|приобр|прода[лсё]|прода[её]т|заяв|сообщ|объяв|отчит|заработ|подпис|заключ|выпус|нач[аин]"
    r"|влож|инвестир|постав|получ|планир|намерен|постро|нан[иия]|найм|оцен|отказ|выда|откры|откро|запус|сниз|повыс|объясн"
    r"|направ|добы|потер|занима|производ|экспорт|требу|пода[лс]|выигр|погас|выплат|перечисл|владе|принадлеж)\p{Ll}*+"
)
_LOOKBACK = 40


def quoted_names(text: str) -> Iterator[Found]:
    """Companies in quotation marks, with the marks."""
    places, kinds = defaultdict[str, list[tuple[int, int]]](list), defaultdict[str, set[bool | None]](set)
    for match in _NAME.finditer(text):
        key = _ENDING.sub("", match["name"].lower())
        places[key].append(match.span())
        kinds[key].add(_is_company(text, *match.span()))
    for key, spans in places.items():
        is_named_again = len(spans) > 1 and "а" <= key[0] <= "ӿ"
        if False not in kinds[key] and (True in kinds[key] or is_named_again):
            confidence = LIKELY if True in kinds[key] else MAYBE
            yield from (Found(*span, "ORG", confidence) for span in spans)


def _is_company(text: str, start: int, end: int) -> bool | None:
    """None when nothing beside the name says whether it is one."""
    before = text[max(0, start - _LOOKBACK) : start]
    if _SHIPS_AND_WORKS.search(before):
        return False
    return bool(_OWNED_BEFORE.search(before) or _DOES.match(text, end)) or None
