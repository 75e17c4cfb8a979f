"""A Web API client whose calls end by their deadline, and say whether the request may have left."""

import http.client
import io
import socket
import ssl
import time
import urllib.request
from functools import partial
from typing import Any
from urllib.error import HTTPError, URLError

from slack_sdk import WebClient


class _CallError(OSError):
    """A call that had no whole answer; `cause` is what happened."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(f"{type(cause).__name__}: {cause}")
        self.cause = cause


class NotSentError(_CallError):
    """No connection was made, so Slack has certainly not read the request."""


class AnswerLostError(_CallError):
    """The request may have been read, and what was answered is not known."""


class DeadlineClient(WebClient):
    """Slack's client with one deadline for a whole call.

    urllib's time-out is that of each read: an answer of which a byte comes now and then would hold
    its thread for ever. Only the look-up of a name is not counted; the resolver ends that itself.
    Of a redirection nothing is followed: Slack makes none, and urllib would turn a POST into a GET.
    """

    def __init__(self, **more: Any) -> None:  # noqa: ANN401 - as the SDK has it
        super().__init__(**more)
        proxies = {"http": self.proxy, "https": self.proxy} if self.proxy else None
        self._opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(proxies),
            _Http(),
            _Https(self.ssl),
            urllib.request.HTTPErrorProcessor(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.UnknownHandler(),
        ):
            self._opener.add_handler(handler)

    def upload(self, url: str, content: bytes) -> None:
        """Put a file where Slack asked for it, on a host of its own, by the same deadline.

        Raise NotSentError, AnswerLostError, or HTTPError where it was not taken.
        """
        request = urllib.request.Request(url, content, method="POST")  # noqa: S310 - the opener knows HTTP only
        self._perform_urllib_http_request_internal(url, request)

    def _perform_urllib_http_request_internal(
        self, url: str, req: urllib.request.Request
    ) -> dict[str, Any]:
        """Send a request; raise NotSentError, AnswerLostError or, for the SDK, HTTPError."""
        call = _Call(url, req, time.monotonic() + self.timeout)
        try:
            with self._opener.open(call, timeout=self.timeout) as answer:
                charset = answer.headers.get_content_charset() or "utf-8"
                body = answer.read().decode(charset)
        except HTTPError as error:
            # The SDK reads its body, and would let what breaks there pass as it is.
            raise _whole(error) from error
        except (OSError, ValueError, LookupError, http.client.HTTPException) as error:
            cause = error.reason if isinstance(error, URLError) else error
            cause = cause if isinstance(cause, Exception) else error
            raise (AnswerLostError if call.left else NotSentError)(cause) from error
        return {"status": answer.status, "headers": answer.headers, "body": _object(body)}


def _object(body: str) -> str:
    """Return an answer that may be a JSON object; of any other JSON the SDK makes no sense."""
    return body if body.lstrip().startswith("{") else ""


def _whole(error: HTTPError) -> HTTPError:
    """Return the same answer with its body read. Raise AnswerLostError where that breaks."""
    try:
        body = error.read()
    except (OSError, ValueError, http.client.HTTPException) as broken:
        raise AnswerLostError(broken) from broken
    finally:
        error.close()
    text = _object(body.decode(errors="replace")).encode()
    del error.headers["content-type"]  # what the SDK decodes it by
    return HTTPError(error.url, error.code, error.msg, error.headers, io.BytesIO(text))


class _Call(urllib.request.Request):
    """A request, its deadline on the monotonic clock, and whether some of it may have left."""

    def __init__(self, url: str, given: urllib.request.Request, deadline: float) -> None:
        super().__init__(url, given.data, dict(given.headers), method=given.get_method())
        self.deadline = deadline
        self.left = False

    def remaining(self) -> float:
        """Return the seconds that are left. Raise TimeoutError where none are."""
        seconds = self.deadline - time.monotonic()
        if seconds <= 0.0:
            raise TimeoutError("the call took too long")
        return seconds


class _Read(io.RawIOBase):
    """What a socket gives, as long as the call has time."""

    def __init__(self, sock: socket.socket, call: _Call) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._call = call

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:  # noqa: ANN401 - any writable buffer
        self._sock.settimeout(self._call.remaining())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    """An answer that is read until the call's deadline."""

    def __init__(
        self,
        sock: socket.socket,
        *args: Any,  # noqa: ANN401 - as http.client has it
        call: _Call,
        **more: Any,  # noqa: ANN401 - as http.client has it
    ) -> None:
        super().__init__(sock, *args, **more)
        self.fp.close()
        self.fp = io.BufferedReader(_Read(sock, call))


class _Timed(http.client.HTTPConnection):
    """A connection that is made and written to until the call's deadline."""

    def __init__(
        self,
        host: str,
        *,
        call: _Call,
        **more: Any,  # noqa: ANN401 - as http.client has it
    ) -> None:
        super().__init__(host, **more)
        self._call = call
        self.response_class = partial(_Answer, call=call)  # type: ignore[assignment]  # makes one

    def connect(self) -> None:
        """Connect, through a proxy and TLS where that is asked for; then the request may leave."""
        self.timeout = self._call.remaining()
        super().connect()
        self.sock.settimeout(self._call.remaining())
        self._call.left = True


class _TimedTls(_Timed, http.client.HTTPSConnection):
    pass


class _Http(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> Any:  # noqa: ANN401 - as urllib has it
        return self.do_open(_Timed, req, call=req)  # type: ignore[arg-type]  # takes more


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, context: ssl.SSLContext | None) -> None:
        super().__init__(context=context)
        self._tls = context

    def https_open(self, req: urllib.request.Request) -> Any:  # noqa: ANN401 - as urllib has it
        return self.do_open(_TimedTls, req, context=self._tls, call=req)  # type: ignore[arg-type]  # takes more
