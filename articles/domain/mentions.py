"""Who is meant by `@name` in a comment."""

from __future__ import annotations

from collections.abc import Collection

import regex

# The characters of a username, after an @ that does not stand inside an e-mail address.
_MENTION = regex.compile(r"(?<![\w.+-])@([\w.@+-]+)")
_MAY_END_A_SENTENCE = ".@+-_"


def mentioned(text: str, usernames: Collection[str]) -> set[str]:
    """Those of `usernames` that `text` names with an @, in whatever case. A full stop may follow a name."""
    known = {name.casefold(): name for name in usernames}
    found = set()
    for match in _MENTION.finditer(text):
        name = match[1].casefold()
        while name and name not in known and name[-1] in _MAY_END_A_SENTENCE:
            name = name[:-1]
        if name in known:
            found.add(known[name])
    return found
