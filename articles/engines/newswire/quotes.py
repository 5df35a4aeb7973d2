"""Direct speech: the words between quotation marks, and the word beside them that says somebody spoke."""

from __future__ import annotations

from articles.engines.newswire.patterns import LIKELY, PERHAPS, Pattern, alternatives, pattern

_CUES = alternatives(
    "said says told added adds wrote asked replied warned recalled говорит сказал сказала сообщил сообщила "
    "заявил заявила добавил добавила отметил отметила подчеркнул подчеркнула рассказал рассказала "
    "пояснил пояснила деді айтты dedi söyledi sagte sagt erklärte déclaré affirmé indiqué dit dijo "
    "afirmó declaró قال قالت وقال وقالت أضاف أضافت وأضافت وأضاف"
)
_CHINESE_WORDS = "说 表示 指出"
_CHINESE_CUES = alternatives(_CHINESE_WORDS + " 说道")
_CHINESE_ENDS = "。” ，” ！” ？” 。」 ，」 ！」 ？」"
_MARKS = '“ ” « » „ 「 "'
_CLOSED = r"[”»“」\"]"
_DASH = r"(?:[—–-][ ])?"
# Words that all begin with a capital are a title, not speech.
_TITLE = (
    r"\p{Lu}[\w'’-]*+(?:[ ](?:\p{Lu}[\w'’-]*+|of|the|and|in|a|to|for|at|on)){0,8}+(?<=[ ]\p{Lu}[\w'’-]{0,40})"
)
_TITLE_ENDS = r"[,.]?[”\"]"


def _between(mark: str, closing: str, opening: str = "") -> Pattern:
    """Three words at least: what is shorter is more often a doubt than a quotation."""
    word = rf"[^{closing}\s]{{1,60}}+"
    # A stop before the closing mark is left outside; no step back, so that no text takes long.
    inside = rf"(?:[^{closing}\n,.،]|[,.،](?![{closing}])){{1,1400}}+"
    return pattern(
        rf"(?<={opening or mark})(?!{_TITLE}{_TITLE_ENDS})(?={word}[ ]{word}[ ][^{closing}\s])"
        rf"(?P<QUOTE>{inside})(?=[,.،]?[{closing}](?!\w))",
        LIKELY,
        needs=mark,
    )


QUOTE_PATTERNS: tuple[Pattern, ...] = (
    # --- a curly mark is often closed by a straight one
    _between("“", r"”\""),
    _between("«", "»"),
    # --- French sets a space inside the marks
    pattern(
        r"(?<=«[ \u00a0\u202f])(?=\S++[ ]\S++[ ][^»\s])(?P<QUOTE>[^»\n]{1,1400}?)(?=[,.]?[ \u00a0\u202f]»)",
        LIKELY,
        needs="«_ «\u00a0 «\u202f",
    ),
    _between("„", "“”"),
    _between('"', r"\"", opening=r"(?:^|[\s(—–])\"(?=\S)"),
    # --- Chinese writes no spaces: speech follows a colon, or ends with a stop inside the marks
    pattern(r"(?<=：[“「])(?P<QUOTE>[^”」\n]{4,400}?)(?=[。，！？]?[”」])", LIKELY, needs="：“ ：「"),
    pattern(
        r"(?<=[“「])(?P<QUOTE>\p{Han}[^“”「」\n]{3,400}?)(?=[。，！？][”」])", LIKELY, needs=_CHINESE_ENDS
    ),
    pattern(
        rf"(?<=「)(?P<QUOTE>[^「」\n]{{5,400}}?)(?=」[，。]?[^，。「」\n]{{0,12}}{_CHINESE_CUES})",
        LIKELY,
        needs="」",
    ),
    pattern(rf"(?<=[“\"])(?P<WORK_OF_ART>{_TITLE})(?={_TITLE_ENDS})", PERHAPS, needs='“ "'),
    # --- cues after the words, before them, and in Chinese
    pattern(rf"(?<={_CLOSED}[,]?[ ]{_DASH})(?P<CUE>{_CUES})(?!\w)", LIKELY, needs=_MARKS),
    pattern(
        rf"(?<={_CLOSED}[,]?[ ]{_DASH}[^”»“«\".\n]{{1,60}}[ ])(?P<CUE>{_CUES})(?!\w)", LIKELY, needs=_MARKS
    ),
    pattern(rf"(?<!\w)(?P<CUE>{_CUES})(?=[,:]?[ ](?:[^.“”«»\"\n]{{0,60}}[ ])?[“«„\"])", LIKELY, needs=_MARKS),
    pattern(rf"(?P<CUE>{_CHINESE_CUES})(?=[：，]?[“「])", LIKELY, needs=_CHINESE_WORDS),
    pattern(
        rf"(?<=[”」][，]?[^，。“”「」\n]{{0,12}})(?P<CUE>{_CHINESE_CUES})(?=[。，：；！])",
        LIKELY,
        needs=_CHINESE_WORDS,
    ),
)
