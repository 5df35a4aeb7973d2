"""Runs of words that begin with capitals: the places where names of people and institutions can stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import regex

from articles.engines.newswire.patterns import word_set

# The apostrophe of O'Brien belongs to the word; that of a possessive or of a Turkish ending does not.
_WORD = r"\p{Lu}(?:['’](?=\p{Lu}\p{Ll}))?+(?:[\p{L}\p{M}\p{N}]|[-&](?=[\p{L}\p{N}]))*+"
_SHORT = r"(?:(?:\p{Lu}\.)+|(?:St|Dr|Mr|Mrs|Ms|Prof|Gen|Sen|Rep|Gov|Capt|Lt|Col|Sgt)\.)(?=[ ]\p{Lu})"
_PARTICLE = r"(?:de|van|von|der|den|bin|ibn|al|el|da|di|la|le|ter|dos|du|del)"
_ARABIC_ARTICLE = r"(?:(?:[ae]l|a[nrs]|ash)-)?+"
_RUN = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}_])(?:{_SHORT}|{_WORD})"
    rf"(?:[ ](?:{_PARTICLE}[ ]){{0,2}}+(?:{_SHORT}|{_ARABIC_ARTICLE}{_WORD}))*+"
)
_BEFORE = regex.compile(r"(?<![\p{L}\p{N}])(?P<word>\p{Lu}(?:\.|[\p{L}\p{M}\p{N}'’&-]*+))[ ]\Z")
_AFTER = regex.compile(r"[ ]\p{Lu}\p{Ll}")
_LOOKBACK = 30
_SENTENCE_ENDS = frozenset('.!?…:\n"“«„—–•')
# Words that begin sentences, and no names.
OPENERS = word_set(
    """The A An And But Or Nor Yet So In On At By For From With As If When While After Before Since Until
    Then Later Earlier Meanwhile However Yesterday Today Tomorrow Last Next This That These Those His Her
    Their Our Its My Your He She It They We You I Also Even Only Both Each Some Many Most All Former Once
    Under Over During Despite According Although Because Of To Into About Against Between Among Through
    Not No Now Here There Where What Who Why How Which Whose More Local Shares Police Officials Several
    Such Like Another Other Any Every Few Is Are Was Were Has Have Had Will Would Can Could Should May
    Might Must Do Does Did Being Two Three Four Five Six Seven Eight Nine Ten В На И Но А С По К За Из От
    До При Для Об О У Во Он Она Они Мы Это Эта Этот Также Как Когда После Перед Сегодня Вчера Его Её Их По
    Билет Уровень Ещё Если Так Там Все Всё Ол Олар Бұл Осы Сол Біз Енді Бүгін Кеше Ал Және Бірақ Оның
    Осылай Bu Bir Ve Ama O Onlar Biz İlk Der Die Das Den Dem Ein Eine Im Am Nach Bei Le La Les Un Une Des
    El Los Las En Según Selon À Au Aux Dans Pour Mais Et Ce Cette Il Elle Ils Elles Sur Une Por Para Con
    Su Sus Y Pero Este Esta Una Se Auch Und Aber Mit Von Seit Zum Zur Beim Sie Er Es Wir Diese Dieser Für
    Dort Dann Nun Оны Оған Мұнда Сондай Затем Среди Рядом Теперь Между Через При Под Над Без"""
)


@dataclass(frozen=True)
class Run:
    """`words` with their `starts` in code points; a word that only begins the sentence is not among them."""

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]

    @property
    def start(self) -> int:
        return self.starts[0]

    @property
    def end(self) -> int:
        return self.starts[-1] + len(self.words[-1])

    @cached_property
    def opens_sentence(self) -> bool:
        return opens_sentence(self.text, self.start)

    def end_of(self, number: int) -> int:
        """Where word `number` ends."""
        return self.starts[number] + len(self.words[number])

    def after(self, number: int) -> Run:
        """The run without its first `number` words."""
        return Run(self.text, self.words[number:], self.starts[number:])

    def until(self, number: int) -> Run:
        """The run's first `number` words."""
        return Run(self.text, self.words[:number], self.starts[:number])

    def without(self, number: int) -> Run:
        """The run without its word `number`."""
        words = self.words[:number] + self.words[number + 1 :]
        return Run(self.text, words, self.starts[:number] + self.starts[number + 1 :])


def runs_of(text: str, timeout: float) -> Iterator[Run]:
    """All runs in reading order. Raises TimeoutError."""
    for match in _RUN.finditer(text, timeout=timeout):
        words, starts, at = match[0].split(" "), [], match.start()
        for word in words:
            starts.append(at)
            at += len(word) + 1
        skipped = 0
        while skipped < len(words) and words[skipped] in OPENERS:
            skipped += 1
        if skipped < len(words):
            yield Run(text, tuple(words[skipped:]), tuple(starts[skipped:]))


def opens_sentence(text: str, start: int) -> bool:
    """Whether the word at `start` is the first of a sentence, or of the story after its dateline."""
    before = text[max(0, start - 3) : start]
    return not before.rstrip(" ") or before.rstrip(" ")[-1] in _SENTENCE_ENDS or before.endswith(" - ")


def is_among_capitals(text: str, start: int, end: int) -> bool:
    """Whether a word beside it has a capital too, so that both may be one name: Paris Hilton."""
    if _AFTER.match(text, end):
        return True
    if text[start - 1 : start] != " ":
        return False
    before = _BEFORE.search(text[max(0, start - _LOOKBACK) : start])
    return before is not None and before["word"] not in OPENERS
