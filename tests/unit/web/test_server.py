"""Stopping waits for answers that are still being written."""

import threading
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from http.client import HTTPConnection
from typing import TYPE_CHECKING

from bot.web.server import Server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def test_an_answer_that_is_being_written_is_not_cut_off() -> None:
    writing = threading.Event()

    def body() -> Iterator[bytes]:
        writing.set()
        time.sleep(0.2)
        yield b"all of it"

    def app(_: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        start_response("200 OK", [("Content-Length", "9")])
        return body()

    server = Server(app, "127.0.0.1", 0)
    server.start()
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.request("GET", "/")
    assert writing.wait(5)
    server.leave()
    assert server.drain(timedelta(seconds=5))
    assert server.close(timedelta(seconds=5))
    assert connection.getresponse().read() == b"all of it"
    connection.close()
