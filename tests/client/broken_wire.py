"""A way to a server on which connections break."""

from __future__ import annotations

import socket
import threading
from types import TracebackType

PIECE = 4096


class BrokenWire:
    """Passes bytes on. Every connection breaks once `breaks_after` bytes have come back on it."""

    def __init__(self, host: str, port: int) -> None:
        self.breaks_after: int | None = None
        self.connections = 0
        self.carried = 0
        self._server = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._listen, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> BrokenWire:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _listen(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            far = socket.create_connection(self._server)
            threading.Thread(target=_pass_on, args=(near, far), daemon=True).start()
            threading.Thread(target=self._bring_back, args=(far, near), daemon=True).start()

    def _bring_back(self, far: socket.socket, near: socket.socket) -> None:
        left = self.breaks_after
        while left != 0 and (piece := far.recv(PIECE)[:left]):
            near.sendall(piece)
            self.carried += len(piece)
            left = None if left is None else left - len(piece)
        for end in (near, far):
            # Closing alone says nothing to the other side while `_pass_on` still listens.
            end.shutdown(socket.SHUT_RDWR)
            end.close()


def _pass_on(near: socket.socket, far: socket.socket) -> None:
    try:
        while piece := near.recv(PIECE):
            far.sendall(piece)
    except OSError:
        return
