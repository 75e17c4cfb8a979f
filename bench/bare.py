"""A bare Bolt app: one listener that does nothing."""

from collections.abc import Mapping

from slack_bolt import Ack, App, BoltRequest
from slack_bolt.authorization import AuthorizeResult

from bench.commands import SECRET, TOKEN
from bench.slack import BOT_USER, TEAM
from bot.web.site import Answer


class BareApp:
    """Checks the signature, authorises without a call, and acknowledges."""

    def __init__(self) -> None:
        known = AuthorizeResult(
            enterprise_id=None, team_id=TEAM, bot_user_id=BOT_USER, bot_id="B01", bot_token=TOKEN
        )

        def authorize() -> AuthorizeResult:
            return known

        self._app = App(signing_secret=SECRET, authorize=authorize, process_before_response=True)
        self._app.command("/expect")(_nothing)

    def answer(self, headers: Mapping[str, str], body: bytes) -> Answer:
        """Answer one request."""
        response = self._app.dispatch(BoltRequest(body=body.decode(), headers=dict(headers)))
        first = {name: values[0] for name, values in response.headers.items() if values}
        return Answer(status=response.status, headers=first, body=response.body)


def _nothing(ack: Ack) -> None:
    ack()
