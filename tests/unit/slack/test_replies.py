"""Replies to commands and presses."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.due import Due
from bot.domain.errors import (
    HeldBackError,
    InvalidInputError,
    NotAllowedError,
    NotYoursError,
    PastDueError,
    PersonError,
    StaleError,
    UnknownIdError,
    WinwinError,
)
from bot.domain.expectation import Action, Expectation, Status, Visibility
from bot.domain.member import Member
from bot.slack.blocks.kit import Rendered
from bot.slack.blocks.pages import listing
from bot.slack.blocks.personal import away, back, settings, summary_here
from bot.slack.blocks.refusals import failed, refused
from bot.slack.blocks.replies import acted, created, help_reply, unknown_line
from bot.slack.ids import Press, Verb
from bot.slack.pen import Pen
from tests.unit.slack.given import (
    FRIDAY,
    FRIDAY_FIVE,
    LENA,
    MAYA,
    NOW,
    OTTO,
    PEOPLE,
    asked,
    labels,
    shown,
    suggested,
    terms,
)

ITEM = "*ship the billing API* (E-42)"
PEN = Pen.of(LENA, PEOPLE, NOW)
AUTHORS = frozenset({Action.CHANGE, Action.DROP})


@dataclass(frozen=True, kw_only=True)
class Told:
    """When somebody reads of it."""

    reader: Member = OTTO
    at_once: bool = False
    when: datetime | None = None
    may_send_now: bool = False
    away_until: date | None = None
    day_ends_before: bool = False


@dataclass(frozen=True, kw_only=True)
class Off:
    """A day off."""

    day: date = date(2026, 11, 28)
    away: bool = False
    before: Due | None = FRIDAY


def reply(it: Expectation, me: Member = LENA, **more: object) -> Rendered:
    """Return the reply to who made it."""
    return created(it, me, PEOPLE, NOW, moves=AUTHORS, **more)  # type: ignore[arg-type] # by name


def test_created() -> None:
    message = reply(asked(), told=(Told(at_once=True),))
    assert message.text == (
        f"{ITEM}, by Friday, 27 November. <@U0OTTO> sees it at once. "
        "Nothing is agreed until <@U0OTTO> answers."
    )
    assert labels(message.blocks) == ["Change", "Take back", "Tell the channel"]


def test_created_in_two_zones_names_both() -> None:
    hour = asked(owner=MAYA.user, terms=terms(LENA, FRIDAY_FIVE), visibility=Visibility.PRIVATE)
    message = reply(hour, told=(Told(reader=MAYA, at_once=True),))
    assert message.text == (
        f"{ITEM}, by Friday, 27 November, 17:00, Berlin time; "
        "for <@U0MAYA> that is Saturday, 28 November, 01:00, Tokyo time. "
        "<@U0MAYA> sees it at once. Nothing is agreed until <@U0MAYA> answers."
    )
    assert labels(message.blocks) == ["Change", "Take back"]
    day = reply(asked(owner=MAYA.user))
    assert day.text.startswith(f"{ITEM}, by Friday, 27 November (Tokyo time). ")


def test_what_waits_can_be_sent_now() -> None:
    told = Told(when=datetime(2026, 11, 26, 8, 30, tzinfo=UTC), may_send_now=True)
    message = created(asked(), LENA, PEOPLE, NOW, moves=AUTHORS, told=(told,), event=3)
    assert "<@U0OTTO> sees it on Thursday, 26 November, 09:30, Berlin time." in message.text
    assert labels(message.blocks)[-1] == "Send now"
    press = Press.decode(message.blocks[-1]["elements"][-1]["value"])  # type: ignore[index] # JSON
    assert (press.verb, press.number, press.event) == (Verb.SEND_NOW, 42, 3)


def test_who_is_away_is_not_written_to() -> None:
    message = reply(asked(), told=(Told(away_until=date(2026, 11, 30)),))
    assert "<@U0OTTO> is away until Monday, 30 November and sees it then." in message.text
    assert "Send now" not in labels(message.blocks)


def test_a_day_that_ends_before_it_is_read() -> None:
    monday = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)
    told = Told(when=monday, may_send_now=True, day_ends_before=True)
    message = reply(asked(), told=(told,))
    assert "The day is over by then" in message.text
    assert "Make it Monday, 30 November" in labels(message.blocks)


def test_a_day_off_offers_the_workday_before() -> None:
    saturday = asked(terms=terms(LENA, Due(date(2026, 11, 28))))
    message = reply(saturday, off=Off())
    assert message.text.splitlines()[1] == (
        "On Saturday, 28 November <@U0OTTO> does not work; "
        "the last workday before is Friday, 27 November."
    )
    assert "Make it Friday, 27 November" in labels(message.blocks)
    gone = reply(saturday, off=Off(away=True, before=None))
    assert gone.text.splitlines()[1] == "On Saturday, 28 November <@U0OTTO> is away."


def test_committed() -> None:
    message = reply(asked(Status.ACTIVE, requester=None), OTTO)
    assert message.text == (
        f"{ITEM}, by Friday, 27 November. It is yours: change it or let it go any time."
    )
    assert labels(message.blocks) == ["Change", "Let it go", "Tell the channel"]


def test_a_verb_repeats_its_terms() -> None:
    it = asked(Status.ACTIVE, pending=suggested(LENA))
    message = acted(it, LENA, PEOPLE, NOW, told=(Told(at_once=True),))
    assert message.text == (
        f"{ITEM}, by Friday, 27 November: agreed; a suggested change waits for <@U0OTTO>. "
        "<@U0OTTO> sees it at once."
    )
    assert labels(message.blocks) == ["Show it"]


def test_help_names_the_first_seven() -> None:
    message = help_reply()
    assert message.text.replace("\n", " ") == (
        "Ask: `/expect @ana to send the draft by friday`. "
        "Offer: `/expect I will check it for @ana by 5pm`. "
        "Team goal: `/expect we will launch by 15 Dec`. "
        "Yours: `/expect list`, `show E-42`, `done E-42`. "
        "In threads, use a message's menu."
    )
    assert labels(message.blocks) == ["Open the form", "All commands"]


def test_not_understood() -> None:
    message = unknown_line("lst <!channel>", "list")
    assert message.text == (
        "I did not understand “lst &lt;!channel&gt;”. Nothing was saved. Nearest: `list`."
    )
    assert labels(message.blocks) == ["Use that", "Open the form"]
    press = Press.decode(message.blocks[-1]["elements"][0]["value"])  # type: ignore[index] # JSON
    assert (press.verb, press.text) == (Verb.USE_THAT, "list")
    assert labels(unknown_line("x", "y" * 3000).blocks) == ["Open the form"]


REFUSALS: dict[str, tuple[WinwinError, Expectation | None, str, list[str]]] = {
    "old button": (
        StaleError(42),
        asked(Status.ACTIVE),
        f"{ITEM}: agreed by now. Your press changed nothing.",
        ["Show it"],
    ),
    "over": (
        NotAllowedError(42, "accept"),
        asked(Status.DECLINED),
        f"{ITEM}: declined by now. Your press changed nothing.",
        ["Show it"],
    ),
    "past": (
        NotAllowedError(42, "accept", "due_passed"),
        asked(),
        f"{ITEM}: Its day has passed: suggest another day. Nothing was changed.",
        ["Show it"],
    ),
    "not yours": (
        NotYoursError(42, "accept", ("U0OTTO",)),
        asked(),
        "Only <@U0OTTO> can answer this. Nothing changed.",
        [],
    ),
    "unknown id": (
        UnknownIdError("E-99"),
        None,
        "There is no E-99 that you can see.",
        ["Show my list"],
    ),
    "a bot": (
        PersonError("U0BOT", "bot"),
        None,
        "<@U0BOT> is an app: ask a person instead. Nothing was saved.",
        [],
    ),
    "a past date": (
        PastDueError(Due(date(2026, 11, 24)), "U0LENA"),
        None,
        "“Tuesday, 24 November” cannot be a due date: it is past. Nothing was saved.",
        ["Pick a date"],
    ),
    "slack wants to be left alone": (
        HeldBackError(NOW + timedelta(minutes=10, seconds=1)),
        None,
        (
            "Slack asks me to post nothing before Wednesday, 25 November, 10:11, Berlin time. "
            "Nothing was saved or posted; please try again then."
        ),
        [],
    ),
    "a field": (InvalidInputError({"until": "Choose a day."}), None, "Choose a day.", []),
    "nothing to show": (
        StaleError(42),
        None,
        "That is not open any more. Nothing was changed.",
        [],
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refusals_say_what_stays_and_what_to_do(name: str) -> None:
    error, item, text, buttons = REFUSALS[name]
    message = refused(error, item, PEN)
    assert message.text == text
    assert shown(message.blocks) == text
    assert labels(message.blocks) == buttons


def test_a_typed_verb_is_not_called_a_press() -> None:
    message = refused(NotAllowedError(42, "accept"), asked(Status.DECLINED), PEN, pressed=False)
    assert message.text == f"{ITEM}: declined by now. Nothing was changed."


def test_nobody_reads_the_word_owner() -> None:
    message = refused(NotAllowedError(42, "missed", "too_early"), asked(Status.ACTIVE), PEN)
    assert "owner" not in message.text
    assert "one full workday to say what happened first" in message.text


def test_what_failed_has_a_reference() -> None:
    assert failed("a1b2c3").text == (
        "Something failed here. Nothing was saved; please try again. "
        "If it happens twice, tell your admin: a1b2c3."
    )


def test_settings_away_and_back() -> None:
    assert settings(LENA).text == (
        "I write at 09:30 on Monday to Friday, Berlin time; quiet from 19:00 to 08:00. "
        "You are asked the workday before and on the day."
    )
    gone = replace(LENA, away_until=date(2026, 12, 7))
    assert away(gone, NOW).text == (
        "You are away until Monday, 7 December. Until then I do not write; "
        "whoever asks you sees the date."
    )
    assert labels(away(gone, NOW).blocks) == ["I am back"]
    assert back(LENA).text == "You are back. I write at 09:30 on Monday to Friday."
    some = replace(LENA, workdays=frozenset({0, 2, 4}))
    assert "on Monday, Wednesday and Friday" in settings(some).text


def test_a_summary_says_when_and_by_whom() -> None:
    first = datetime(2026, 11, 27, 15, tzinfo=UTC)
    assert summary_here(4, first.astimezone(LENA.zone).time(), LENA, first, NOW).text == (
        "Each Friday at 16:00, Berlin time, I post this channel's week here, set up by you; "
        "first on Friday, 27 November, 16:00, Berlin time."
    )


def test_lists_name_what_is_open_and_page() -> None:
    mine = asked(Status.ACTIVE)
    message = listing([mine], OTTO, PEOPLE, NOW, page=1, more=True)
    assert message.text.splitlines() == [
        "*Open, yours and with you*",
        f"{ITEM}, for <@U0LENA>, by Friday, 27 November: agreed.",
    ]
    assert labels(message.blocks) == ["Show", "Previous 10", "Next 10"]
    assert listing([], OTTO, PEOPLE, NOW).text == "You have nothing open."


def test_a_teams_list_says_only_what_was_agreed() -> None:
    waiting = asked(Status.ACTIVE, pending=suggested())
    text = listing([waiting], MAYA, PEOPLE, NOW, scope="team").text.splitlines()[1]
    assert text in (
        f"{ITEM}: <@U0OTTO>, for <@U0LENA>, by Friday, 27 November; open.",
        f"{ITEM}: <@U0OTTO>, for <@U0LENA>, by Friday, 27 November (Berlin time); open.",
    )
