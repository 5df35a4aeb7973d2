"""spaCy's entity recogniser, without letting go of Python's lock at every step. Needs spaCy: import it late.

spaCy's own loop runs without the lock, and takes it again and again inside, many times a token, because its
inner functions are compiled to look for errors. That is a third of the time; in a process that has ever had
a second thread, where every lock costs more, it is more than half. Here the steps are taken from Python,
which holds the lock, and lets other threads in between steps. What is found is the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.language import Language
from spacy.pipeline import EntityRecognizer

_FACTORY = "recogniser_that_holds_the_lock"


def hold_the_lock(pipeline: Language) -> None:
    """Put a quicker one in the place of each greedy recogniser."""
    for name, pipe in list(pipeline.pipeline):
        if type(pipe) is EntityRecognizer and pipe.cfg["beam_width"] == 1:
            pipeline.add_pipe(_FACTORY, before=name, config={"replaced": name})
            pipeline.remove_pipe(name)
            pipeline.rename_pipe(_FACTORY, name)


class _Recogniser(EntityRecognizer):  # type: ignore[misc]
    def greedy_parse(self, docs: Sequence[Any], drop: float = 0.0) -> list[Any]:
        """The final states of the documents, in their order."""
        if any(doc.ents for doc in docs):  # of a pipe before this one, perhaps with labels of its own
            self._ensure_labels_are_added(docs)
        batch: list[Any] = self.moves.init_batch(docs)
        scorer = self.model.predict(docs)
        unfinished = [state for state in batch if not state.is_final()]
        while unfinished:
            unfinished = self.transition_states(unfinished, scorer.predict(unfinished))
        scorer.clear_memory()
        return batch


@Language.factory(_FACTORY)  # type: ignore[untyped-decorator]
def _make(nlp: Language, name: str, replaced: str) -> _Recogniser:
    slow = nlp.get_pipe(replaced)
    return _Recogniser(nlp.vocab, slow.model, name, moves=slow.moves)
