"""Direct speech: the words between quotation marks, and the word beside them that says somebody spoke."""

from __future__ import annotations

from articles.engines.rules.patterns import LIKELY, Pattern, alternatives, pattern

# Three words at least: what is shorter is more often a title or a doubt than a quotation.
_WORDS = r"[^{close}\n]{{1,400}}?[ ][^{close}\n]{{1,400}}?[ ][^{close}\n]{{1,600}}?"
_CUES = alternatives(
    "said says told added wrote asked replied warned recalled говорит сказал сказала сообщил сообщила заявил "
    "заявила деді айтты dedi söyledi قال قالت وقال وقالت أضاف أضافت وأضافت وأضاف"
)
_CHINESE_CUES = alternatives("说道 表示 指出 说")


def _between(opening: str, closing: str) -> Pattern:
    words = _WORDS.format(close=closing)
    return pattern(rf"(?<={opening})(?P<QUOTE>{words})(?=[,.،]?{closing})", LIKELY)


QUOTE_PATTERNS: tuple[Pattern, ...] = (
    _between("“", "”"),
    _between("«", "»"),
    _between("„", "“"),
    pattern(r"(?<=：“)(?P<QUOTE>[^”\n]{4,400}?)(?=[。，！？]?”)", LIKELY),
    pattern(rf"(?<=[”»][,]?[ ](?:[—–-][ ])?)(?P<CUE>{_CUES})(?!\w)", LIKELY),
    pattern(rf"(?<=[”»][,]?[ ](?:[—–-][ ])?[^”»“«.\n]{{1,60}}[ ])(?P<CUE>{_CUES})(?!\w)", LIKELY),
    pattern(rf"(?<!\w)(?P<CUE>{_CUES})(?=[,:]?[ ](?:[^.“”«»\n]{{0,60}}[ ])?[“«])", LIKELY),
    pattern(rf"(?P<CUE>{_CHINESE_CUES})(?=：“)", LIKELY),
)
