"""Home, the week, `show`, thanks and the first message."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.domain.expectation import Action, CheckIn, Outcome, Status
from bot.domain.give_and_take import Counts
from bot.domain.messages import MessageState, Moment, Prompt
from bot.domain.thanks import Thanks
from bot.domain.views import (
    AskedItem,
    HomeView,
    InstalledView,
    Page,
    ShowView,
    SummaryRefusedView,
    ThanksView,
    Undelivered,
)
from bot.slack.blocks.greetings import installed, thanks
from bot.slack.blocks.home import home
from bot.slack.blocks.pages import goal, goal_list
from bot.slack.blocks.show import show
from bot.slack.blocks.summary import summary_refused
from bot.slack.home_pages import decode_pages
from bot.slack.ids import Press, Verb
from tests.unit.slack.given import (
    CUSTOMERS,
    FULL,
    LENA,
    MAYA,
    NOW,
    OTTO,
    PEOPLE,
    TEAM,
    asked,
    event,
    labels,
    shown,
    terms,
    view,
)

ITEM = "*ship the billing API* (E-42)"


def empty_home(**more: Any) -> HomeView:  # noqa: ANN401 - fields by name
    """Return the Home of somebody new."""
    nothing = Page(items=(), number=0, more=False)
    values: dict[str, Any] = {
        "reader": LENA,
        "needs_you": (),
        "you_do": nothing,
        "others_do": nothing,
        "goals": (),
        "goals_page": 0,
        "goals_more": False,
        "finished": 0,
        "kept": 0,
        "lately": Counts(),
        "undelivered": (),
        "people": PEOPLE,
        "now": NOW,
    }
    return HomeView(**values | more)


def blocks_of(view: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a view's blocks."""
    return list(view["blocks"])


def test_an_empty_home_says_what_would_be_there() -> None:
    blocks = blocks_of(home(empty_home()))
    assert shown(blocks).splitlines()[:7] == [
        "*Needs you*: Nothing waits for you.",
        "*You do*: You have nothing open.",
        "*Others do for you*: Nothing is open for you.",
        "*Goals*: No goals in your channels yet.",
        "*Only you see this*: Figures appear after five finished agreements.",
        "*What makes work worth it for me*: Nothing is said yet.",
        "*When I write*: 09:30, Monday to Friday, Berlin time.",
    ]
    assert labels(blocks) == [
        "Ask for something",
        "Offer something",
        "Set a goal",
        "Edit",
        "Change",
        "Be away",
        "Privacy",
    ]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"finished": 4, "kept": 4}, ": Figures appear after five finished agreements."),
        ({"finished": 5, "kept": 4}, ", last 90 days: Kept by you: 4."),
        ({"lately": Counts(given=1, taken=3)}, ": Figures appear after five finished agreements."),
        (
            {"lately": Counts(given=1, taken=4)},
            ", last 90 days: Give and take: 1 by you for others, 4 by others for you.",
        ),
        (
            {"finished": 6, "kept": 6, "lately": Counts(given=6)},
            (
                ", last 90 days: Kept by you: 6. Give and take: 6 by you for others, 0 by others "
                "for you."
            ),
        ),
    ],
)
def test_own_figures_stand_in_home_once_there_is_enough_to_say(
    figures: dict[str, Any], said: str
) -> None:
    blocks = blocks_of(home(empty_home(**figures)))
    assert f"*Only you see this*{said}" in shown(blocks).splitlines()
    assert ("Why?" in labels(blocks)) == ("appear" not in said)


@pytest.mark.parametrize(
    ("state", "error", "said"),
    [
        (
            MessageState.UNKNOWN,
            "timed_out",
            "a message about it may not have reached you: Slack did not answer in time.",
        ),
        (
            MessageState.DEAD,
            "restricted_action",
            (
                "a message about it did not reach you: the workspace does not let Winwin write "
                "there. Ask an admin of the workspace to let the Winwin app post there, or choose "
                "another."
            ),
        ),
        (
            MessageState.PENDING,
            "messages_tab_disabled",
            (
                "a message about it cannot reach you yet: direct messages to Winwin are "
                "switched off. An admin switches on the Messages Tab, and that people may write in "
                "it (api.slack.com/apps, App Home)."
            ),
        ),
    ],
)
def test_home_says_why_a_message_did_not_arrive_and_what_to_do(
    state: MessageState, error: str, said: str
) -> None:
    lost = Undelivered(expectation=asked(), state=state, error=error)
    rendered = shown(blocks_of(home(empty_home(undelivered=(lost,)))))
    assert said in rendered


def test_home_says_nothing_of_what_only_waits_its_turn() -> None:
    lost = Undelivered(expectation=asked(), state=MessageState.PENDING, error="ratelimited")
    blocks = blocks_of(home(empty_home(undelivered=(lost,))))
    assert shown(blocks).startswith("*Needs you*: Nothing waits for you.")


def test_who_set_up_a_summary_reads_why_it_could_not_be_posted() -> None:
    view = SummaryRefusedView(
        reader=LENA,
        channel="C01LAUNCH",
        reason="not_in_channel",
        again_on=date(2026, 12, 4),
        now=NOW,
    )
    assert summary_refused(view).text == (
        "The weekly summary of <#C01LAUNCH> could not be posted: Winwin is not in that channel. "
        "Somebody in the channel types `/invite @Winwin` there. I try once more on Friday, "
        "4 December; if that fails too, the summary ends."
    )


def test_who_set_up_a_summary_reads_that_nobody_knows_whether_it_was_posted() -> None:
    view = SummaryRefusedView(
        reader=LENA,
        channel="C01LAUNCH",
        reason="timed_out",
        again_on=date(2026, 12, 4),
        now=NOW,
        unclear=True,
    )
    assert summary_refused(view).text == (
        "The weekly summary of <#C01LAUNCH> may not have been posted: Slack did not answer in "
        "time. Please look in the channel; I do not post it again. The next one comes on Friday, "
        "4 December."
    )


def test_home_pages_each_part_by_itself() -> None:
    page = Page(items=(asked(Status.ACTIVE),), number=2, more=True)
    rendered = home(empty_home(you_do=page, needs_page=1, needs_more=True))
    assert decode_pages(str(rendered["private_metadata"])) == {
        "needs": 1,
        "you": 2,
        "others": 0,
        "goals": 0,
    }
    rows = {block.get("block_id"): block for block in blocks_of(rendered)}
    presses = [Press.decode(each["value"]) for each in rows["page.you"]["elements"]]
    assert [(p.verb, p.page, p.scope) for p in presses] == [
        (Verb.PREVIOUS, 1, "you"),
        (Verb.NEXT, 3, "you"),
    ]


def test_home_asks_and_shows() -> None:
    asks = AskedItem(
        prompt=Prompt.PROPOSAL,
        card=view(Moment.LIST, asked(), OTTO, Action.ACCEPT, Action.DECLINE),
    )
    mine = Page(items=(asked(Status.ACTIVE),), number=0, more=False)
    blocks = blocks_of(home(empty_home(reader=OTTO, needs_you=(asks,), you_do=mine)))
    assert f"To answer: {ITEM}, from <@U0LENA>." in shown(blocks)
    assert f"{ITEM}, for <@U0LENA>, by Friday, 27 November: agreed." in shown(blocks)
    buttons = [block["accessory"] for block in blocks if "accessory" in block]
    named = [each["accessibility_label"] for each in buttons if "accessibility_label" in each]
    assert named == ["Show: E-42 ship the billing API", "Edit: What makes work worth it"]


def test_home_counts_what_was_kept_only_from_five_on() -> None:
    assert "Figures appear" in shown(blocks_of(home(empty_home(finished=4, kept=4))))
    assert "Kept by you: 4." in shown(blocks_of(home(empty_home(finished=5, kept=4))))


def test_who_is_away_can_come_back_from_home() -> None:
    gone = replace(LENA, away_until=date(2026, 12, 7))
    blocks = blocks_of(home(empty_home(reader=gone)))
    assert "You are away until Monday, 7 December." in shown(blocks)
    assert "I am back" in labels(blocks)


def test_show_has_everything_for_a_party() -> None:
    it = asked(Status.ACTIVE, terms=replace(terms(), wording=FULL, accepted_at=NOW))
    card = view(Moment.LIST, it, OTTO, Action.DONE, Action.CHANGE, Action.LET_GO)
    history = (
        event(LENA, Action.REQUEST),
        event(OTTO, Action.ASK, "which?"),
        replace(event(OTTO, Action.SETTLE), actor="clock"),
    )
    given = ShowView(
        card=card, full=True, history=history, terms=(), check_ins=frozenset({CheckIn.AT_RISK})
    )
    message = show(given, TEAM)
    lines = message.text.splitlines()
    assert lines[:3] == [
        f"{ITEM}, by Friday, 27 November: agreed.",
        "You, for <@U0LENA>.",
        "Version 1, agreed on Wednesday, 25 November.",
    ]
    assert lines[-3:] == [
        "Wednesday, 25 November: <@U0LENA> asked.",
        "Wednesday, 25 November: You asked a question. “which?”",
        "Wednesday, 25 November: closed, nobody objected.",
    ]
    found = labels(message.blocks)
    for label in ("Done", "Suggest a change", "Ask to be let go", "At risk", "Talk it over"):
        assert label in found
    assert "Accept" not in found


def test_show_has_only_what_was_agreed_for_others() -> None:
    it = asked(Status.ACTIVE, terms=replace(terms(), wording=FULL))
    given = ShowView(
        card=view(Moment.LIST, it, MAYA),
        full=False,
        history=(event(OTTO, Action.ASK, "x"),),
        terms=(),
    )
    message = show(given, TEAM)
    assert message.text == (
        f"{ITEM}, by Friday, 27 November (Berlin time): open.\n<@U0OTTO>, for <@U0LENA>."
    )
    assert labels(message.blocks) == []
    kept = replace(it, status=Status.MET, outcome=Outcome.KEPT)
    text = show(replace(given, card=replace(given.card, expectation=kept)), TEAM).text
    assert ": kept." in text


def test_thanks_say_where_they_are_carried() -> None:
    given = Thanks(number=4, by="U0LENA", to="U0OTTO", text="the review", at=NOW)
    carried = ThanksView(
        thanks=given,
        reader=OTTO,
        people=PEOPLE,
        channel_name="launch",
        summary_on=date(2026, 11, 27),
    )
    assert thanks(carried).text == (
        "<@U0LENA> thanks you: “the review” "
        "On Friday, 27 November the summary of #launch carries it."
    )
    assert labels(thanks(carried).blocks) == ["Keep it between us"]
    private = replace(carried, thanks=replace(given, kept_between=True))
    assert thanks(private).text == "<@U0LENA> thanks you: “the review”"
    assert labels(thanks(private).blocks) == []


def test_the_installer_gets_a_text_to_paste() -> None:
    message = installed(InstalledView(reader="U0LENA"))
    assert message.text == (
        "Winwin is here; nobody else was told. Try it, or paste this in a channel: "
        "“We are trying Winwin. Ask with /expect; answer yes, no or something else.”"
    )
    assert labels(message.blocks) == ["Ask for something"]


def test_goals_on_request() -> None:
    message = goal_list([CUSTOMERS], LENA, PEOPLE, NOW, more=True)
    assert message.text.splitlines() == [
        "*Goals*",
        "*Move ten customers* (G-3), by Tuesday, 15 December: 7 of 10.",
    ]
    assert labels(message.blocks) == ["Set a goal", "Show", "Next 10"]
    until = datetime(2026, 11, 30, tzinfo=UTC)
    one = goal(
        CUSTOMERS, [asked(Status.ACTIVE)], LENA, PEOPLE, NOW, may_update=True, may_close=True
    )
    assert labels(one.blocks) == ["Update", "Change", "Close"]
    assert f"{ITEM}: <@U0OTTO>, for <@U0LENA>, by Friday, 27 November; open." in one.text
    assert "Looked after by you." in one.text
    ended = goal(CUSTOMERS, [], LENA, PEOPLE, NOW, reopen_until=until)
    assert labels(ended.blocks) == ["Open it again"]
