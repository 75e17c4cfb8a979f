"""The Bolt app: authorised without a call, acknowledging after the commit."""

import os
from collections.abc import Mapping
from http import HTTPStatus

from slack_bolt import BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier

from bot.slack.identity import Identity
from bot.slack.timed import TimedApp, Took


class Gateway:
    """Takes Slack's requests over HTTP; Socket Mode takes its `app`."""

    def __init__(
        self, *, identity: Identity, bot_token: str, signing_secret: str, took: Took
    ) -> None:
        _forget_environment()
        known = AuthorizeResult(
            enterprise_id=identity.enterprise_id,
            team_id=identity.team_id,
            bot_user_id=identity.bot_user,
            bot_id=identity.bot_id,
            bot_token=bot_token,
        )

        def authorize() -> AuthorizeResult:
            return known

        self._signatures = SignatureVerifier(signing_secret) if signing_secret else None
        self.app = TimedApp(
            took,
            name="winwin",
            signing_secret=signing_secret,
            authorize=authorize,
            process_before_response=True,
        )

    def handle(self, headers: Mapping[str, str], body: bytes) -> tuple[int, dict[str, str], str]:
        """Answer one HTTP request: status, headers and body.

        What Slack did not sign goes no further: Bolt would parse it first, and log it.
        """
        if self._signatures is None or not self._signatures.is_valid_request(body, dict(headers)):
            return HTTPStatus.UNAUTHORIZED, {}, "not signed by Slack\n"
        request = BoltRequest(body=body.decode("utf-8", "replace"), headers=dict(headers))
        response = self.app.dispatch(request)
        first = {name: values[0] for name, values in response.headers.items() if values}
        return response.status, first, response.body


def _forget_environment() -> None:
    """Take Slack's settings out of the environment: Bolt would read them behind our back.

    A client id and secret there attach an OAuth flow with a file store, and drop the token.
    """
    for name in [name for name in os.environ if name.startswith("SLACK_")]:
        del os.environ[name]
