"""Who the bot is in which workspace, and what it may do there."""

from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.services.ports import UnknownError
from bot.services.timing import Timing
from bot.slack.codes import Fate, meaning
from bot.slack.verdict import ANOTHER, verdict

_UNREACHABLE = "Slack could not be reached at {url}: {says}. {do}"
_AGAIN = "Try again in a while."
_REFUSED = "Slack does not accept {name} ({code}): copy it again from your app's page"


class IdentityError(Exception):
    """Slack does not know the token, or cannot be reached; one line says what to do."""


class TokenRefusedError(IdentityError):
    """Slack answered, and does not accept the token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What auth.test says of the bot token."""

    team_id: str
    enterprise_id: str | None
    bot_id: str
    bot_user: str
    team: str
    scopes: frozenset[str]
    slack_time: float | None  # Slack's clock, in Unix seconds, from the answer's Date


def identify(client: WebClient) -> Identity:
    """Ask Slack who the bot token is. Raise IdentityError."""
    try:
        answer = client.auth_test()
    except (SlackApiError, OSError) as error:
        raise _failed(error, "SLACK_BOT_TOKEN", client.base_url) from error
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Identity(
        team_id=str(answer["team_id"]),
        enterprise_id=answer.get("enterprise_id"),
        bot_id=str(answer.get("bot_id", "")),
        bot_user=str(answer["user_id"]),
        team=str(answer.get("team", "")),
        scopes=_scopes(headers.get("x-oauth-scopes")),
        slack_time=_seconds(headers.get("date")),
    )


def socket_address(client: WebClient, app_token: str) -> str:
    """Ask Slack for a Socket Mode address. Raise IdentityError."""
    try:
        return str(client.apps_connections_open(app_token=app_token)["url"])
    except (SlackApiError, OSError) as error:
        raise _failed(error, "SLACK_APP_TOKEN", client.base_url) from error


def _failed(error: SlackApiError | OSError, name: str, url: str) -> IdentityError:
    """Return what is wrong; a Slack in trouble has said nothing about the token."""
    code, raised = verdict(error, Timing())
    found = meaning(code)
    said = isinstance(error, SlackApiError) and not isinstance(raised, UnknownError)
    if said and found.fate not in {Fate.SLOW_DOWN, Fate.UNKNOWN} and code != ANOTHER:
        return TokenRefusedError(_REFUSED.format(name=name, code=code))
    return IdentityError(_UNREACHABLE.format(url=url, says=found.says, do=found.do or _AGAIN))


def _one_header(value: str | list[str] | None) -> str | None:
    # The SDK gives a repeated header as a list.
    return value[0] if isinstance(value, list) else value


def _scopes(header: str | list[str] | None) -> frozenset[str]:
    text = _one_header(header) or ""
    return frozenset(scope.strip() for scope in text.split(",") if scope.strip())


def _seconds(header: str | list[str] | None) -> float | None:
    text = _one_header(header)
    return parsedate_to_datetime(text).timestamp() if text else None
