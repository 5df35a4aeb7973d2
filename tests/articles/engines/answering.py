"""Real servers in threads, which answer as a test says, and remember what they were asked."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from articles.engines.connected import LabelGuide, Surroundings
from articles.engines.web.addresses import Allowance

HERE = Allowance.parse(["127.0.0.1"])
LABELS = frozenset({"PERSON", "GPE"})
SURROUNDINGS = Surroundings(
    allowance=HERE, labels=(LabelGuide("PERSON", "A human being."), LabelGuide("GPE", "A country or city."))
)


class Handler(BaseHTTPRequestHandler):
    """A request, with its JSON body as `question`."""

    question: Any

    def answer(self, body: Any, status: int = 200, **headers: str) -> None:
        """`body` as JSON, or bytes as they are. Underscores in the names of headers stand for hyphens."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_request(self, *result: Any) -> None:
        """Nothing: a test says by itself what it saw."""


Respond = Callable[[Handler], None]


@dataclass
class Served:
    address: str
    questions: list[Any] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    at_once: int = 0


@contextmanager
def serving(*responses: Respond, tls: ssl.SSLContext | None = None) -> Iterator[Served]:
    """Each response in its turn; the last one stays. With `tls`, over HTTPS."""
    waiting, turn, open_now = list(responses), threading.Lock(), 0

    class Answer(Handler):
        def do_POST(self) -> None:
            nonlocal open_now
            self.question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with turn:
                respond = waiting.pop(0) if len(waiting) > 1 else waiting[0]
                served.questions.append(self.question)
                served.headers.append(dict(self.headers))
                open_now += 1
                served.at_once = max(served.at_once, open_now)
            try:
                respond(self)
            except OSError:  # whoever asked has hung up
                self.close_connection = True
            with turn:
                open_now -= 1

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.daemon_threads = True
    if tls:  # whoever does not like the certificate hangs up in a thread of their own
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    served = Served(f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}/suggest")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


def always(body: Any, status: int = 200, **headers: str) -> Respond:
    return lambda handler: handler.answer(body, status, **headers)


def hang_up(handler: Handler) -> None:
    """Close the connection in the middle of the answer."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"sugg')
    handler.close_connection = True


def endless(piece: bytes, pause: float = 0.0) -> Respond:
    """An answer that never ends."""

    def respond(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(piece)
            time.sleep(pause)

    return respond


def silent(seconds: float) -> Respond:
    return lambda handler: time.sleep(seconds)


def slow_headers(handler: Handler) -> None:
    """One letter of a header at a time: each comes soon, and all never."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)
