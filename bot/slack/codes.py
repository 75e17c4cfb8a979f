"""Slack's words for what went wrong: what becomes of a message then, and what somebody can do."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What becomes of a message at a failure."""

    SLOW_DOWN = "slow_down"  # waits until Slack's Retry-After, with all others of its method
    WAITS = "waits"  # certainly not taken, and so it is with every call until somebody mends it
    WAITS_ALONE = "waits_alone"  # the same of this reader; others are not held back
    REFUSED = "refused"  # Slack's no for good
    UNKNOWN = "unknown"  # nobody knows whether Slack took it


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code means: for the sender, for people, and for who can mend it."""

    fate: Fate
    says: str  # in plain words, to be read after "could not be reached:"
    do: str = ""  # what somebody can do; empty where nobody has to


_REINSTALL = (
    "An admin installs Winwin again (api.slack.com/apps, Install App), puts the new "
    "SLACK_BOT_TOKEN into .env and starts Winwin again."
)
_INVITE = "Somebody in the channel types `/invite @Winwin` there."
_REPORT = "This is a bug in Winwin: report it with the code and the log line."
_ASK_ADMIN = "Ask an admin of the workspace to let the Winwin app post there, or choose another."
_NETWORK = "Look at the network, the firewall and the proxy of the machine that runs Winwin."

_TOKEN = Meaning(Fate.WAITS, "Slack does not accept Winwin's token", _REINSTALL)
_CLOSED_TO_APPS = Meaning(Fate.REFUSED, "the workspace does not let Winwin write there", _ASK_ADMIN)
_OURS = Meaning(Fate.REFUSED, "Slack does not take how the message is made", _REPORT)
_UNCLEAR = Meaning(Fate.UNKNOWN, "Slack had trouble, and did not say whether it took the message")
_SLOWER = Meaning(Fate.SLOW_DOWN, "Slack asked Winwin to slow down")
_GONE = Meaning(Fate.REFUSED, "the account is closed")

MEANINGS: Mapping[str, Meaning] = {
    # -- too many calls: certainly not taken ------------------------------------------------
    "ratelimited": _SLOWER,
    "rate_limited": _SLOWER,
    "message_limit_exceeded": _SLOWER,
    # -- "some aspect may have succeeded", as Slack's own reference says of the first two ------
    "fatal_error": _UNCLEAR,
    "internal_error": _UNCLEAR,
    "service_unavailable": _UNCLEAR,
    "request_timeout": _UNCLEAR,
    # -- the token: no call gets through until it is mended -------------------------------------
    "token_revoked": _TOKEN,
    "token_expired": _TOKEN,
    "invalid_auth": _TOKEN,
    "not_authed": _TOKEN,
    "not_allowed_token_type": _TOKEN,
    "account_inactive": Meaning(
        Fate.WAITS, "Winwin was removed from the workspace, or its account closed", _REINSTALL
    ),
    "missing_scope": Meaning(
        Fate.WAITS,
        "Winwin was not granted what it needs",
        "An admin adds the scopes that `winwin doctor` names (api.slack.com/apps, OAuth & "
        "Permissions) and installs Winwin again.",
    ),
    "no_permission": Meaning(Fate.WAITS_ALONE, "Winwin was not granted what it needs", _REINSTALL),
    "org_login_required": Meaning(
        Fate.WAITS, "the workspace is being moved to an organisation", "Wait until that is done."
    ),
    "team_added_to_org": Meaning(
        Fate.WAITS, "the workspace is being moved to an organisation", "Wait until that is done."
    ),
    "ekm_access_denied": Meaning(
        Fate.WAITS, "the admins have suspended posting", "Ask an admin of the organisation."
    ),
    "access_denied": Meaning(
        Fate.WAITS_ALONE, "the workspace does not let Winwin in", "Ask an admin of the workspace."
    ),
    "accesslimited": Meaning(
        Fate.WAITS,
        "the workspace does not let Winwin in from its network",
        "Ask an admin to allow the address of the machine that runs Winwin.",
    ),
    # -- the app's own settings: direct messages wait, channels do not --------------------------
    "messages_tab_disabled": Meaning(
        Fate.WAITS_ALONE,
        "direct messages to Winwin are switched off",
        "An admin switches on the Messages Tab, and that people may write in it "
        "(api.slack.com/apps, App Home).",
    ),
    # -- where it was to go -----------------------------------------------------------------------
    "channel_not_found": Meaning(
        Fate.REFUSED,
        "it is not there any more, or is private and Winwin is not in it",
        "If it is a private channel: " + _INVITE[0].lower() + _INVITE[1:],
    ),
    "not_in_channel": Meaning(Fate.REFUSED, "Winwin is not in that channel", _INVITE),
    "is_archived": Meaning(
        Fate.REFUSED, "the channel is archived", "Choose another channel, or unarchive it."
    ),
    "restricted_action": _CLOSED_TO_APPS,
    "restricted_action_read_only_channel": _CLOSED_TO_APPS,
    "restricted_action_thread_only_channel": _CLOSED_TO_APPS,
    "posting_to_general_channel_denied": _CLOSED_TO_APPS,
    "user_not_found": Meaning(Fate.REFUSED, "Slack knows no such person"),
    "user_not_visible": Meaning(Fate.REFUSED, "Slack knows no such person"),
    "user_disabled": _GONE,
    "cannot_dm_bot": Meaning(Fate.REFUSED, "it is an app, not a person"),
    # -- what was there is not: an update has nothing to change any more ------------------------
    "message_not_found": Meaning(Fate.REFUSED, "the message was deleted"),
    "cant_update_message": Meaning(Fate.REFUSED, "the message is not Winwin's"),
    "edit_window_closed": Meaning(
        Fate.REFUSED, "the workspace lets messages be changed for a short time only"
    ),
    "not_enabled": Meaning(
        Fate.REFUSED,
        "the Home tab is switched off",
        "An admin switches on the Home Tab (api.slack.com/apps, App Home).",
    ),
    # -- how it is made ---------------------------------------------------------------------------
    "msg_too_long": _OURS,
    "no_text": _OURS,
    "invalid_blocks": _OURS,
    "invalid_blocks_format": _OURS,
    "invalid_arguments": _OURS,
    "invalid_metadata_format": _OURS,
    "metadata_too_large": _OURS,
    "view_too_large": _OURS,
    "method_deprecated": _OURS,
    "deprecated_endpoint": _OURS,
    "unknown_method": _OURS,
    # -- no answer of Slack's own: the connection was not made ----------------------------------
    "name_not_known": Meaning(
        Fate.WAITS,
        "Slack's name cannot be looked up",
        "Look at DNS on the machine that runs Winwin, and at SLACK_API_URL.",
    ),
    "connection_refused": Meaning(Fate.WAITS, "nothing answers where Slack should be", _NETWORK),
    "certificate_not_trusted": Meaning(
        Fate.WAITS,
        "who answers does not prove to be Slack",
        "Look at the machine's clock and its CA certificates; where a proxy opens TLS, name its CA "
        "in SSL_CERT_FILE.",
    ),
    "tls_failed": Meaning(Fate.WAITS, "no safe connection could be made", _NETWORK),
    "not_connected": Meaning(Fate.WAITS, "Slack could not be reached", _NETWORK),
    "answered_by_another": Meaning(
        Fate.WAITS,
        "something between Winwin and Slack answered in its stead",
        "Look at the proxy of the machine that runs Winwin, and at SLACK_API_URL.",
    ),
    # -- nor here: the request may have been read, its answer was not ---------------------------
    "answer_lost": Meaning(Fate.UNKNOWN, "the connection broke before Slack's answer was read"),
    "timed_out": Meaning(Fate.UNKNOWN, "Slack did not answer in time"),
    "not_json": Meaning(Fate.UNKNOWN, "what answered did not answer as Slack does"),
    "conversation_unknown": Meaning(Fate.UNKNOWN, "nobody can look whether it arrived"),
    "history_too_long": Meaning(Fate.UNKNOWN, "nobody can look whether it arrived"),
    "not_made": Meaning(Fate.REFUSED, "it could not be made", _REPORT),
}
"""What is known on purpose: Slack's words, and under the last headings our own."""

_NOT_LISTED = Meaning(
    Fate.REFUSED,
    "Slack did not take the message",
    "Look the code up at docs.slack.dev/reference/methods/chat.postMessage.",
)

_SLACKS_WORD = re.compile(r"(?!http_)[a-z][a-z0-9_]*")
"""Statuses of HTTP and names of exceptions stand beside Slack's words where messages failed."""


def because(code: str | None) -> str:
    """Return why, and what somebody can do: what follows "could not be reached:"."""
    found = meaning(code)
    return f"{found.says}. {found.do}".rstrip()


def meaning(code: str | None) -> Meaning:
    """Return what a code means; one that is not known is Slack's no, as it names a reason."""
    unlisted = _NOT_LISTED if code and _SLACKS_WORD.fullmatch(code) else _UNCLEAR
    return MEANINGS.get(code or "", unlisted)
