"""Around the conversation: shortcuts, Home, settings, first meetings, people who change."""

from datetime import UTC, date, datetime, time

import pytest

from bot.playground import Conversation, Kind, Message, Person, View, snapshot
from tests.support.stage import Stage

TURN = "turn_into_expectation"


def modal(stage: Stage, user: str) -> View:
    view = stage.slack.modal(user)
    assert view is not None
    return view


def home(stage: Stage, user: str = "lena") -> View:
    assert stage.slack.open_home(user).acknowledged
    stage.settle()
    view = stage.slack.home(user)
    assert view is not None
    return view


def texts(view: View) -> str:
    return "\n".join(
        block["text"]["text"] for block in view.blocks if isinstance(block.get("text"), dict)
    )


def value(view: View, block: str) -> object:
    held = dict(view.values[block][block])
    held.pop("type")
    return next(iter(held.values()))


def said_in(stage: Stage, user: str, text: str, where: str = "launch") -> Message:
    """Let somebody write in a channel."""
    stage.slack.say(user, where, text)
    return stage.slack.messages(where)[-1]


def test_a_message_becomes_what_its_author_is_asked(stage: Stage) -> None:
    message = said_in(stage, "asha", "I will send the tax form by friday & call @maya")
    assert stage.slack.message_shortcut("lena", message, TURN).acknowledged
    view = modal(stage, "lena")
    assert view.name == "Ask for something"
    assert value(view, "who") == ["U04ASHA"]
    assert "send the tax form by friday & call @" in str(value(view, "what"))
    assert stage.submit("lena", {"What": "send the tax form", "By when": "2026-11-27"}) == {}
    asked = stage.last("asha", about="send the tax form")
    assert f"/archives/C01LAUNCH/p{message.ts.replace('.', '')}" in asked.text + str(asked.blocks)


def test_ones_own_message_becomes_an_offer(stage: Stage) -> None:
    message = said_in(stage, "lena", "I'll send the plan for @asha by thursday")
    assert stage.slack.message_shortcut("lena", message, TURN).acknowledged
    view = modal(stage, "lena")
    assert view.name == "Offer something"
    assert (value(view, "what"), value(view, "by_when")) == ("send the plan", "2026-11-26")
    assert stage.submit("lena", {"For whom": "asha"}) == {}
    assert "offers you" in stage.last("asha", about="send the plan").text


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("list the open points by friday", "list the open points"),
        ("done with half of it, the rest by friday", "done with half of it, the rest"),
        ("can you look at this?", "can you look at this?"),
        ("a &amp; b &lt;!channel&gt;", "a & b <!channel>"),
    ],
)
def test_the_first_word_of_a_message_is_no_command(stage: Stage, text: str, what: str) -> None:
    message = said_in(stage, "asha", "x")
    message.text = text
    assert stage.slack.message_shortcut("lena", message, TURN).acknowledged
    assert value(modal(stage, "lena"), "what") == what


def test_a_message_in_a_thread_of_a_channel_without_the_bot(stage: Stage) -> None:
    state = stage.slack.state
    state.conversations["C03"] = Conversation("C03", Kind.PRIVATE, "board", {"U01LENA", "U04ASHA"})
    message = state.post(Message("C03", "", "U04ASHA", "send the list by friday"))
    message.thread_ts = message.ts
    assert stage.slack.message_shortcut("lena", message, TURN).acknowledged
    assert stage.submit("lena") == {}
    # The bot cannot write there: the reply takes the form's place.
    assert "*send the list* (E-1)" in texts(modal(stage, "lena"))
    assert "send the list" in stage.last("asha").text
    codes = {refusal.error for refusal in stage.slack.refusals}
    assert codes == {"channel_not_found"}
    state.refusals.clear()


def test_a_message_of_an_app_asks_whom_instead(stage: Stage) -> None:
    stage.expect("lena", "@asha to read the plan by friday")
    message = stage.last("asha", about="plan")
    assert stage.slack.message_shortcut("asha", message, TURN).acknowledged
    assert stage.submit("asha", {"What": "read", "By when": "2026-11-27"}).keys() == {"who"}


def test_the_global_shortcut_opens_the_form(stage: Stage) -> None:
    assert stage.slack.global_shortcut("lena", "new_expectation").acknowledged
    values: dict[str, object] = {"Who": ["asha"], "What": "call me", "By when": date(2026, 11, 27)}
    assert stage.submit("lena", values) == {}
    assert "*call me* (E-1)" in texts(modal(stage, "lena"))
    assert "call me" in stage.last("asha").text


EMPTY = (
    "*Needs you*: Nothing waits for you.",
    "*You do*: You have nothing open.",
    "*Others do for you*: Nothing is open for you.",
    "*Goals*: No goals in your channels yet.",
    "*Only you see this*: Figures appear after five finished agreements.",
    "*When I write*: 09:30, Monday to Friday, Berlin",
)


def test_home_is_empty_at_first_and_opening_it_sends_nothing(stage: Stage) -> None:
    shown = texts(home(stage))
    for line in EMPTY:
        assert line in shown
    assert stage.inbox("lena") == []
    stage.advance_by(hours=30)
    assert stage.inbox("lena") == []


def test_home_is_paged_and_keeps_its_pages(stage: Stage) -> None:
    for number in range(1, 24):
        stage.expect("lena", f"I will write page {number:02} by 30 Nov")
    view = home(stage)
    assert ("page 10" in texts(view), "page 11" in texts(view)) == (True, False)
    assert stage.slack.press("lena", view, "Next 10").acknowledged
    view = stage.slack.home("lena") or view
    assert ("page 10" in texts(view), "page 20" in texts(view)) == (False, True)
    stage.slack.press("lena", view, "Next 10")
    view = stage.slack.home("lena") or view
    assert "page 23" in texts(view)
    assert stage.slack.press("lena", view, "Show").acknowledged
    assert "write page 21" in texts(modal(stage, "lena"))
    assert stage.expect("lena", "list").count("E-") == 10
    stage.press("lena", stage.slack.visible("lena", "launch")[-1], "Next 10")
    assert "page 11" in stage.slack.visible("lena", "launch")[-1].text


def test_home_acts_and_is_brought_up_to_date(stage: Stage) -> None:
    home(stage)
    stage.expect("asha", "@lena to send the draft by friday")
    view = stage.slack.home("lena")
    assert view is not None
    assert "send the draft" in texts(view)
    stage.slack.press("lena", view, "Set a goal")
    values: dict[str, object] = {
        "What": "ten customers",
        "Channel": "launch",
        "By when": "2026-12-15",
    }
    assert stage.submit("lena", values) == {}
    stage.slack.close_modal("lena")
    assert "ten customers" in texts(home(stage))
    stage.slack.press("lena", home(stage), "Be away")
    assert stage.submit("lena", {"Back on": "2026-11-23"}).keys() == {"until"}
    assert stage.submit("lena", {"Back on": "2026-12-01"}) == {}
    assert "You are away until Tuesday, 1 December" in texts(modal(stage, "lena"))
    stage.slack.press("lena", home(stage), "Privacy")
    assert "Nobody is ranked or watched" in texts(modal(stage, "lena"))


def test_settings_are_checked_and_kept(stage: Stage) -> None:
    assert stage.expect("lena", "settings") == ""
    assert stage.submit("lena", {"On these days": None}).keys() == {"workdays"}
    days = {"On these days": ["Monday", "Saturday"]}
    assert stage.submit("lena", days | {"I write at": "22:00"}).keys() == {"check_in"}
    later = {"I write at": time(11), "Quiet from": "18:00", "Public holidays": "Germany"}
    assert stage.submit("lena", days | later) == {}
    shown = stage.slack.visible("lena", "launch")[-1].text
    assert "11:00" in shown
    assert "Monday" in shown
    assert "Saturday" in shown
    stage.expect("lena", "settings")
    assert value(modal(stage, "lena"), "check_in") == "11:00"


def test_first_meetings_say_twice_nothing(stage: Stage) -> None:
    stage.expect("lena", "@asha to read the plan by friday")
    first = stage.last("asha")
    assert "Winwin keeps what people agree. I write at 09:30" in first.text
    stage.press("asha", first, "Change days and hours")
    assert modal(stage, "asha").name == "Days and hours"
    stage.expect("lena", "@asha to read the budget by friday")
    assert "keeps what people agree" not in stage.last("asha", about="budget").text


def test_whoever_moves_or_leaves(stage: Stage) -> None:
    stage.expect("lena", "@asha to read the plan by friday at 5pm")
    stage.slack.user_changed("lena", tz="Asia/Tokyo")
    assert "Saturday, 28 November, 01:00, Tokyo time" in stage.expect("lena", "show E-1")
    stage.slack.user_changed("asha", deleted=True)
    stage.settle()
    stage.advance(datetime(2026, 11, 24, 1, tzinfo=UTC))
    assert "left the workspace" in stage.last("lena", about="plan").text
    said = stage.expect("lena", "@asha to read the budget by friday")
    assert "has left this workspace: ask somebody else." in said
    assert "Nothing was saved" in said


def test_strangers_and_apps(stage: Stage) -> None:
    stranger = Person("U09EVA", "eva", "Eva Lind", "Europe/Oslo", team_id="T09OTHER")
    stage.slack.join(stranger, "launch")
    assert "of another organisation" in stage.expect("lena", "@eva to read the plan by friday")
    assert "is an app" in stage.expect("lena", "@winwin to read the plan by friday")
    assert "That is yourself" in stage.expect("lena", "@lena to read the plan by friday")
    stage.expect("lena", "I will read the plan by friday")
    reply = snapshot(stage.slack.visible("lena", "launch")[-1])
    reply.to = stranger.id
    for label in ("Change", "Let it go", "Tell the channel"):
        assert stage.slack.press("eva", reply, label).acknowledged
    whispers = [m.text for m in stage.slack.visible("eva", "launch") if m.to == stranger.id]
    assert len(whispers) == 3
    assert stage.expect("lena", "show E-1").splitlines()[0].endswith("agreed.")
    stage.slack.mention("eva", "launch", "@lena to pay us by friday")
    stage.settle()
    assert stage.inbox("lena", about="pay us") == []


def test_what_apps_and_edits_say_is_no_line(stage: Stage) -> None:
    before = len(stage.slack.inbox("lena"))
    channel = stage.slack.dm_with("lena").id
    direct: dict[str, object] = {"type": "message", "channel": channel, "channel_type": "im"}
    mention = {"type": "app_mention", "channel": "C01LAUNCH", "text": "<@U0WINWIN> list"}
    for said in (
        direct | {"bot_id": "B1", "user": "U0WINWIN", "text": "list"},
        direct | {"subtype": "message_changed", "message": {"text": "list"}},
        direct | {"subtype": "file_share", "user": "U01LENA", "text": "list"},
        mention | {"bot_id": "B1"},
    ):
        result = stage.slack.event(said | {"ts": stage.slack.state.next_ts()})
        assert (result.acknowledged, result.attempts) == (True, 1), said
    assert len(stage.slack.inbox("lena")) == before
