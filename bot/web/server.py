"""The HTTP server: waitress in a thread, closed without cutting off what it has begun."""

import threading
import time
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from waitress.server import create_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

THREADS = 16


class Server:
    """Serves a WSGI application on one address until stopped."""

    def __init__(self, app: "WSGIApplication", host: str, port: int) -> None:
        self._app = app
        self._in_flight = 0
        self._lock = threading.Lock()
        self._server: Any = create_server(
            self._counted, host=host, port=port, threads=THREADS, ident=None
        )
        self._thread = threading.Thread(target=self._run, name="http", daemon=True)
        self._stopping = False

    @property
    def port(self) -> int:
        """The port listened on; chosen by the system where 0 was asked for."""
        return int(self._server.effective_port)

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def leave(self) -> None:
        """Accept nothing new."""
        self._stopping = True

    def drain(self, patience: timedelta) -> bool:
        """Wait for what is in flight; tell whether all of it was answered."""
        end = time.monotonic() + patience.total_seconds()
        while self._is_busy() and time.monotonic() < end:
            time.sleep(0.01)
        return not self._is_busy()

    def close(self, patience: timedelta) -> bool:
        """Close; tell whether the loop ended within `patience`."""
        self._stopping = True
        self._server.close()
        for kept_alive in tuple(self._server.active_channels.values()):
            kept_alive.close()  # it has been answered; the loop would wait for its next request
        self._thread.join(patience.total_seconds())
        return not self._thread.is_alive()

    def _is_busy(self) -> bool:
        """Tell whether a request is worked on, or its answer still being written."""
        return bool(self._in_flight or self._server.task_dispatcher.active_count)

    def _run(self) -> None:
        try:
            self._server.run()
        except OSError:
            if not self._stopping:  # closing its sockets under select ends the loop this way
                raise

    def _counted(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if self._stopping:
            start_response("503 Service Unavailable", [("Retry-After", "1")])
            return [b"stopping\n"]
        with self._lock:
            self._in_flight += 1
        try:
            return self._app(environ, start_response)
        finally:
            with self._lock:
                self._in_flight -= 1
