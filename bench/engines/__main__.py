"""Measures the engines: `make bench-engines`, or some parts of it: `make bench-engines PARTS="spacy gazetteer"`.

A part is a module of this package with a `measure()` that opens what it needs, an installation of its own say,
and prints each figure with `say`, beside what must be reached. A ceiling is measured in the same run, in turns
with what is held against it, because other work on the machine slows both.
"""

from __future__ import annotations

import argparse
from importlib import import_module

PARTS = {
    "spacy": "articles/s of the spaCy engine to committed layers, against nlp.pipe; two workers against one",
    "gazetteer": "characters/s of 50,000 names to committed layers; the automaton and the engine alone",
    "quality": "F1 of newswire, spaCy and both, on the demo and on the sets in the folder ANNOTATOR_BENCH_DATA",
    "learned": "F1 of the learned engine after 25 and 100 articles of wikigold (there too); time and memory",
    "ordering": "articles and simulated time until the learned engine is as good as wanted, by order of the queue",
    "kills": "10,000 articles queued, a worker killed with -9 ten times at random; memory of the workers",
}


def main() -> None:
    told = "\n".join(f"  {name:12} {words}" for name, words in PARTS.items())
    options = argparse.ArgumentParser(
        prog="make bench-engines",
        description=f"{__doc__}\nParts:\n{told}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    options.add_argument("parts", nargs="*", metavar="PART", help="all, if none is named")
    wanted = options.parse_args().parts
    if unknown := set(wanted) - PARTS.keys():
        options.error(f"There is no part {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}.")
    for name in wanted or PARTS:
        print(f"\n{name}: {PARTS[name]}", flush=True)
        import_module(f"bench.engines.{name}").measure()


if __name__ == "__main__":
    main()
