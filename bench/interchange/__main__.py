"""Imports and exports, measured on an installation of its own: `make bench-interchange`.

`ARTICLES=1000 make bench-interchange` takes a smaller corpus than 10,000 articles of 1.6k characters.
"""

from __future__ import annotations

import os

from bench.interchange import exports, imports
from bench.interchange.site import open_site

ARTICLES = int(os.environ.get("ARTICLES", "10000"))


def main() -> None:
    with open_site() as site:
        imports.measure(site, ARTICLES)
        exports.measure(site, imports.GOLD, ARTICLES)


if __name__ == "__main__":
    main()
