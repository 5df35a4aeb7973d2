"""What engines stand on, with nothing around it, in a process of its own: the seconds for one pass over texts.

`python -m bench.engines.ceilings spacy < texts.json` prints them; BLAS has one thread, as in a worker.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

import orjson

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "BLIS_NUM_THREADS"), "1")


def seconds(ceiling: str, texts: Sequence[str]) -> float:
    """How long the bare library takes for the texts. It has warmed up on some of them before."""
    command = [sys.executable, "-m", "bench.engines.ceilings", ceiling]
    alone = {**os.environ, **ONE_THREAD}
    done = subprocess.run(command, input=orjson.dumps(texts), capture_output=True, check=True, env=alone)
    return float(done.stdout)


def spacy_pass() -> Callable[[Sequence[str]], object]:
    """`nlp.pipe` with the recogniser alone, which is all that the small English pipeline needs for names."""
    import spacy
    from thinc.api import NumpyOps, set_current_ops

    from articles.engines.spacy import BATCH, DEFAULT_MODEL

    set_current_ops(NumpyOps(use_blis=False))
    others = [name for name in spacy.load(DEFAULT_MODEL).pipe_names if name != "ner"]
    pipeline = spacy.load(DEFAULT_MODEL, exclude=others)
    return lambda texts: [doc.ents for doc in pipeline.pipe(texts, batch_size=BATCH)]


def automaton_pass() -> Callable[[Sequence[str]], object]:
    """The bare automaton of 50,000 names: every hit, within words too."""
    import ahocorasick

    from bench.engines.news import NAMES, names

    automaton = ahocorasick.Automaton()
    for name, label in names(NAMES):
        automaton.add_word(name, (len(name), label))
    automaton.make_automaton()
    return lambda texts: [list(automaton.iter(text)) for text in texts]


def gazetteer_pass() -> Callable[[Sequence[str]], object]:
    """The engine with the same names, and nothing around it."""
    from articles.engines.base import ArticleText
    from articles.engines.gazetteer import GazetteerEngine
    from bench.engines.news import NAMES, names

    entries = "\n".join(f"{name}\t{label}" for name, label in names(NAMES))
    engine = GazetteerEngine({"entries": entries}, frozenset({"PERSON", "ORG", "GPE"}))
    return lambda texts: list(engine.annotate(ArticleText(0, text) for text in texts))


PASSES = {"spacy": spacy_pass, "automaton": automaton_pass, "gazetteer": gazetteer_pass}


def main() -> None:
    texts = orjson.loads(sys.stdin.buffer.read())
    work = PASSES[sys.argv[1]]()
    work(texts[: len(texts) // 10])
    began = time.perf_counter()
    work(texts)
    print(time.perf_counter() - began)


if __name__ == "__main__":
    main()
