"""One file from many: the modules and style sheets of a page, put together when static files are collected.

A hundred requests cost a page more than all that is in them (measured: 600 of 730 ms). The sources stay plain
modules that a browser runs as they are. What is written here in a fixed form, which tests/js/modules.test.js
holds them to, needs no parser: named imports from relative paths, and names exported where they are declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import Protocol


class Read(Protocol):
    def __call__(self, name: str, /) -> str:
        """The text of the file `name`, a path below the static files' root."""


class NotBundled(ValueError):
    """A source that is not in the form described above. The text names file and line."""


_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
_UNREAD = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_STYLE = re.compile(r'^@import "([^"]+)";\n', re.MULTILINE)


def bundled_script(entry: str, read: Read) -> str:
    """A module that does what the module `entry` does with all that it imports. Raises NotBundled."""
    numbers: dict[str, int] = {}
    return "".join(_modules(entry, read, numbers, (), entry))


def bundled_style(entry: str, read: Read) -> str:
    """The style sheet `entry` with those it imports in place. They lie beside it or below, without addresses
    of their own unless beside it."""
    return _STYLE.sub(lambda found: read(_resolved(entry, found[1])), read(entry))


def _modules(
    name: str, read: Read, numbers: dict[str, int], above: tuple[str, ...], entry: str
) -> Iterator[str]:
    """The module `name` after those it needs, each once and each in a function of its own."""
    if name in above:
        raise NotBundled(f"{' -> '.join([*above, name])}: modules import each other in a circle.")
    source = read(name)
    needed = [(names, _resolved(name, path)) for names, path in _IMPORT.findall(source)]
    for _, other in needed:
        if other not in numbers:
            yield from _modules(other, read, numbers, (*above, name), entry)
    imports = "".join(
        f"const {{{names.strip().replace(' as ', ': ')}}} = _{numbers[other]};\n" for names, other in needed
    )
    exported = [found[1] for found in _EXPORT.finditer(source)]
    body = imports + _EXPORT.sub("", _IMPORT.sub("", source))
    left = _UNREAD.search(body)
    if left:
        raise NotBundled(f"{name}: this import or export is not in the plain form: {left[0]}")
    numbers[name] = len(numbers)
    if name == entry:
        yield body
    else:
        yield f"const _{numbers[name]} = (() => {{\n{body}return {{ {', '.join(exported)} }};\n}})();\n"


def _resolved(importer: str, path: str) -> str:
    return normpath(join(dirname(importer), path))
