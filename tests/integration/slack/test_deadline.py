"""Calls over real sockets: each ends by its deadline, and says whether the request left."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
import trustme
from slack_sdk.errors import SlackApiError

from bot.slack.connections import Kept
from bot.slack.deadline import AnswerLostError, DeadlineClient, NotSentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

OK = b'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{"ok":true}'
PATIENCE = 0.3
LONG = 10.0


@contextmanager
def listening(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """Serve each connection in a thread of its own; yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threads: list[threading.Thread] = []

        def one(connection: socket.socket) -> None:
            with connection, contextlib.suppress(OSError):
                serve(connection)

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    connection.settimeout(LONG)
                    threads.append(threading.Thread(target=one, args=(connection,)))
                    threads[-1].start()

        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield server.getsockname()[1]
        finally:
            server.shutdown(socket.SHUT_RDWR)
            accepting.join(LONG)
            for thread in threads:
                thread.join(LONG)


def read_request(connection: socket.socket) -> None:
    got, some = b"", b"."
    while some and b'"text"' not in got:
        some = connection.recv(65536)
        got += some


def answering(*parts: bytes, pause: float = 0.0) -> Callable[[socket.socket], None]:
    def serve(connection: socket.socket) -> None:
        read_request(connection)
        for part in parts:
            connection.sendall(part)
            time.sleep(pause)

    return serve


def call(url: str, *, tls: ssl.SSLContext | None = None, patience: float = LONG) -> object:
    client = DeadlineClient(
        token="xoxb-1", base_url=f"{url}/api/", timeout=patience, ssl=tls, retry_handlers=[]
    )
    return client.chat_postMessage(channel="C1", text="x").data


def test_an_answer_in_time_is_an_answer() -> None:
    with listening(answering(OK)) as port:
        assert call(f"http://127.0.0.1:{port}") == {"ok": True}


@pytest.mark.parametrize(
    ("first", "drops"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\nx: ", b"y"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        (b"HTTP/1.1 503 Busy\r\ncontent-length: 100000\r\n\r\n", b" "),
    ],
    ids=["silence", "headers", "body", "body of an error"],
)
def test_a_trickle_holds_a_thread_no_longer_than_the_deadline(first: bytes, drops: bytes) -> None:
    over = threading.Event()

    def trickle(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(first)
        while not over.wait(PATIENCE / 10):
            connection.sendall(drops)

    with listening(trickle) as port:
        try:
            with pytest.raises(AnswerLostError) as lost:
                call(f"http://127.0.0.1:{port}", patience=PATIENCE)
            assert isinstance(lost.value.cause, TimeoutError)
        finally:
            over.set()


@pytest.mark.parametrize(
    "part",
    [
        b"",
        b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{",
        b"HTTP/1.1 500 Oh\r\ncontent-length: 500\r\n\r\n{",
        b"no HTTP at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=klingon\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\n\r\n\xff\xfe",
    ],
)
def test_a_broken_answer_is_one_that_was_lost(part: bytes) -> None:
    with listening(answering(part)) as port, pytest.raises(AnswerLostError):
        call(f"http://127.0.0.1:{port}")


@pytest.mark.parametrize("body", [b"[1]", b"null", b'"ok"', b"", b"<html>", b"{"])
def test_an_answer_that_is_no_object_is_no_answer_of_slacks(body: bytes) -> None:
    head = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n"
    with listening(answering(head + body)) as port, pytest.raises(SlackApiError):
        call(f"http://127.0.0.1:{port}")


def test_a_redirection_is_not_followed() -> None:
    head = b"HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n"
    with listening(answering(head)) as port, pytest.raises(SlackApiError) as refused:
        call(f"http://127.0.0.1:{port}")
    assert refused.value.response.status_code == 302


def test_a_name_that_is_not_known_and_a_closed_port_were_never_reached() -> None:
    with pytest.raises(NotSentError) as unknown:
        call("http://slack.invalid")
    assert isinstance(unknown.value.cause, socket.gaierror)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(NotSentError) as refused:
        call(f"http://127.0.0.1:{port}")
    assert isinstance(refused.value.cause, ConnectionRefusedError)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def over_tls(
    authority: trustme.CA, serve: Callable[[socket.socket], None]
) -> Callable[[socket.socket], None]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)

    def wrapped(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as safe:
            serve(safe)

    return wrapped


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_over_tls_it_is_the_same(authority: trustme.CA) -> None:
    tls = trusting(authority)
    with listening(over_tls(authority, answering(OK))) as port:
        assert call(f"https://127.0.0.1:{port}", tls=tls) == {"ok": True}
    with listening(over_tls(authority, answering())) as port, pytest.raises(AnswerLostError):
        call(f"https://127.0.0.1:{port}", tls=tls)
    over = threading.Event()

    def trickle(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nx: ")
        while not over.wait(PATIENCE / 10):
            connection.sendall(b"y")

    with listening(over_tls(authority, trickle)) as port:
        try:
            with pytest.raises(AnswerLostError):
                call(f"https://127.0.0.1:{port}", tls=tls, patience=PATIENCE)
        finally:
            over.set()


def test_who_does_not_prove_to_be_slack_gets_nothing(authority: trustme.CA) -> None:
    with (
        listening(over_tls(authority, answering(OK))) as port,
        pytest.raises(NotSentError) as refused,
    ):
        call(f"https://127.0.0.1:{port}", tls=ssl.create_default_context())
    assert isinstance(refused.value.cause, ssl.SSLCertVerificationError)


@pytest.mark.parametrize("said", [b"", b"SSH-2.0-OpenSSH\r\n"])
def test_a_broken_handshake_means_that_nothing_was_sent(authority: trustme.CA, said: bytes) -> None:
    def breaks(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(said)

    with listening(breaks) as port, pytest.raises(NotSentError):
        call(f"https://127.0.0.1:{port}", tls=trusting(authority))


def test_a_handshake_that_never_ends_means_that_nothing_was_sent(authority: trustme.CA) -> None:
    over = threading.Event()

    def silent(_connection: socket.socket) -> None:
        over.wait(LONG)

    with listening(silent) as port:
        try:
            with pytest.raises(NotSentError) as refused:
                call(f"https://127.0.0.1:{port}", tls=trusting(authority), patience=PATIENCE)
            assert isinstance(refused.value.cause, TimeoutError)
        finally:
            over.set()


def test_a_file_that_is_not_taken_in_time_holds_no_thread() -> None:
    over = threading.Event()

    def silent(connection: socket.socket) -> None:
        read_request(connection)
        over.wait(LONG)

    with listening(silent) as port:
        client = DeadlineClient(token="xoxb-1", timeout=PATIENCE)
        try:
            with pytest.raises(AnswerLostError):
                client.upload(f"http://127.0.0.1:{port}/upload/v1/F1", b"{}")
        finally:
            over.set()


def test_a_file_goes_to_no_address_that_is_not_of_the_web(tmp_path: Path) -> None:
    with pytest.raises(NotSentError):
        DeadlineClient(token="xoxb-1").upload((tmp_path / "file").as_uri(), b"{}")


def served(count: int, *, says: bytes = OK) -> tuple[Callable[[socket.socket], None], list[int]]:
    """Answer so many requests of each connection, then close it; list how many each had."""
    connections: list[int] = []

    def serve(connection: socket.socket) -> None:
        connections.append(0)
        place = len(connections) - 1
        for _ in range(count):
            got = b""
            while b'"text"' not in got:
                some = connection.recv(65536)
                if not some:
                    return
                got += some
            connections[place] += 1
            connection.sendall(says)

    return serve, connections


def client(port: int, kept: Kept) -> DeadlineClient:
    return DeadlineClient(
        kept=kept, token="xoxb-1", base_url=f"http://127.0.0.1:{port}/api/", retry_handlers=[]
    )


def say(caller: DeadlineClient) -> object:
    return caller.chat_postMessage(channel="C1", text="x").data


def test_calls_that_follow_each_other_share_a_connection() -> None:
    serve, connections = served(3)
    with listening(serve) as port, closing(Kept()) as kept:
        one, other = client(port, kept), client(port, kept)
        assert [say(one), say(other), say(one)] == [{"ok": True}] * 3
        assert connections == [3]
        kept.close()
        assert say(one) == {"ok": True}
        assert connections == [3, 1]


def test_a_connection_that_the_server_closed_is_not_used_again() -> None:
    serve, connections = served(1)
    with listening(serve) as port, closing(Kept()) as kept:
        caller = client(port, kept)
        for _ in range(3):
            assert say(caller) == {"ok": True}
            gone = next(iter(kept.idle))[2]
            while not gone.has_said():
                time.sleep(0.001)
        assert connections == [1, 1, 1]


def test_a_connection_that_waited_long_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.slack.connections._WARM", 0.0)
    serve, connections = served(2)
    with listening(serve) as port, closing(Kept()) as kept:
        caller = client(port, kept)
        assert say(caller) == {"ok": True}
        time.sleep(0.01)
        assert say(caller) == {"ok": True}
        assert connections == [1, 1]


def test_an_answer_that_says_goodbye_takes_its_connection_along() -> None:
    says = OK.replace(b"content-type", b"connection: close\r\ncontent-type")
    serve, connections = served(2, says=says)
    with listening(serve) as port, closing(Kept()) as kept:
        caller = client(port, kept)
        assert [say(caller), say(caller)] == [{"ok": True}] * 2
        assert connections == [1, 1]


def test_on_a_kept_connection_a_lost_answer_is_lost_and_not_asked_for_twice() -> None:
    requests = []

    def serve(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(OK)
        read_request(connection)
        requests.append("second")  # and no answer

    with listening(serve) as port, closing(Kept()) as kept:
        caller = client(port, kept)
        assert say(caller) == {"ok": True}
        with pytest.raises(AnswerLostError):
            say(caller)
    assert requests == ["second"]


def test_what_is_refused_leaves_the_connection_to_the_next_call() -> None:
    says = b"HTTP/1.1 429 Slow\r\nretry-after: 1\r\ncontent-length: 12\r\n\r\n" + b'{"ok":false}'
    serve, connections = served(2, says=says)
    with listening(serve) as port, closing(Kept()) as kept:
        caller = client(port, kept)
        for _ in range(2):
            with pytest.raises(SlackApiError):
                say(caller)
        assert connections == [2]
