"""Teaching in a process of its own.

Libraries that learn hold Python's global lock for seconds at a time: the worker's heartbeat would stop, and
another worker would take the job for dead. Memory that training takes is given back whole, too, and when it
is too much only this process dies.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

from articles.engines.base import EngineError, LearningEngine, Lesson

# How long it may take until somebody who wants to stop is heard.
LISTENED_EVERY = 0.5


def teach(
    kind: type[LearningEngine],
    settings: Mapping[str, Any],
    labels: frozenset[str],
    lessons: Iterable[Lesson],
    count: Callable[[int], object] = lambda more: None,
    *,
    texts: Iterable[str] = (),
) -> bytes:
    """The same as `kind.train`, whose class must be importable. `count` is called every half second at least,
    and may raise to stop the work; the process is ended then."""
    ours, theirs = Pipe()
    command = [sys.executable, "-m", __name__, str(theirs.fileno())]
    with ours, _started(command, theirs) as process:
        theirs.close()
        try:
            return _result(ours, (kind, settings, labels, list(lessons), list(texts)), count)
        except (EOFError, OSError) as error:
            code = process.wait()
            raise EngineError(
                f"The process that was learning has ended (code {code}). Is there memory enough?"
            ) from error
        finally:
            process.kill()


def _started(command: list[str], pipe: Connection) -> subprocess.Popen[bytes]:
    path = os.pathsep.join(one for one in sys.path if one)
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.Popen(command, pass_fds=[pipe.fileno()], stdin=subprocess.DEVNULL, env=environment)  # noqa: S603


def _result(pipe: Connection, lesson_plan: object, count: Callable[[int], object]) -> bytes:
    pipe.send(lesson_plan)
    while True:
        if not pipe.poll(LISTENED_EVERY):
            count(0)
            continue
        match pipe.recv():
            case "counted", int(more):
                count(more)
            case "learned", bytes(model):
                return model
            case "failed", str(reason):
                raise EngineError(reason)


def main(pipe: Connection) -> None:
    """The other end. When nobody listens any more, telling of progress fails, and the process ends."""
    kind, settings, labels, lessons, texts = pipe.recv()
    try:
        model = kind.train(settings, labels, lessons, lambda more: pipe.send(("counted", more)), texts=texts)
    except EngineError as error:
        answer: tuple[str, object] = ("failed", str(error))
    except Exception as error:  # an engine may be anybody's code
        answer = ("failed", f"{type(error).__name__}: {error}")
    else:
        answer = ("learned", model)
    with suppress(OSError):
        pipe.send(answer)


if __name__ == "__main__":
    main(Connection(int(sys.argv[1])))
