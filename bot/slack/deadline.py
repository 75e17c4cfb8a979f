"""A Web API client whose calls end by their deadline, and say whether the request may have left."""

import http.client
import io
import time
import urllib.request
from typing import Any
from urllib.error import HTTPError, URLError

from slack_sdk import WebClient

from bot.slack.connections import Call, Http, Https, Kept


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
    Connections stay open from call to call where calls follow each other closely.
    """

    def __init__(self, kept: Kept | None = None, **more: Any) -> None:  # noqa: ANN401 - as the SDK has it
        super().__init__(**more)
        self._kept = kept or Kept()
        proxies = {"http": self.proxy, "https": self.proxy} if self.proxy else None
        self._opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(proxies),
            Http(),
            Https(self.ssl),
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
        call = Call(url, req, time.monotonic() + self.timeout, self._kept)
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
