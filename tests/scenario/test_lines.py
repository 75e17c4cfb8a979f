"""Lines: every verb as it is typed, in a channel, to the bot and after its mention."""

from datetime import UTC, datetime

import pytest

from bot.playground import Message
from tests.support.stage import Stage

HIDDEN = "There is no E-7 that you can see."


def agreed(stage: Stage, text: str = "send the draft by friday", where: str = "launch") -> None:
    """Let Asha ask Lena for E-1, and Lena accept: both are at their desks."""
    stage.expect("asha", f"@lena to {text}", where)
    stage.expect("lena", "accept E-1")


def title(stage: Stage, user: str) -> str:
    """Return the title of the modal that opened, and close it."""
    view = stage.slack.modal(user)
    assert view is not None
    stage.slack.close_modal(user)
    return view.name


def dm(stage: Stage, user: str, text: str) -> Message:
    """Write to the bot; return its answer."""
    assert stage.slack.dm(user, text).acknowledged
    answer = stage.slack.inbox(user)[-1]
    assert answer.by_app
    stage.settle()
    return answer


def buttons(message: Message) -> list[str]:
    return [
        element["text"]["text"]
        for block in message.blocks
        for element in block.get("elements", [])
        if element["type"] == "button"
    ]


def test_verbs_of_agreeing(stage: Stage) -> None:
    stage.expect("asha", "@lena to send the draft by friday")
    assert "waiting" in stage.expect("lena", "ask e-1 which draft?")
    assert "Asha" not in stage.last("asha", about="which draft?").text  # a mention, no name
    stage.expect("asha", "answer E-1 the long one")
    assert "the long one" in stage.last("lena", about="answers").text
    stage.expect("lena", "change E-1 send half of it by 30 Nov")
    assert "Monday, 30 November" in stage.last("asha", about="half of it").text
    assert "agreed" in stage.expect("asha", "accept E-1")
    stage.expect("lena", "change E-1 by tuesday")
    stage.expect("asha", "keep E-1")
    assert "as agreed before" in stage.last("lena", about="half of it").text
    stage.expect("lena", "drop E-1")
    assert "asks to be let go" in stage.last("asha", about="half of it").text
    stage.expect("asha", "accept E-1")
    assert "let go" in stage.expect("lena", "show E-1")


def test_verbs_of_ending_before_it_is_agreed(stage: Stage) -> None:
    stage.expect("asha", "@lena to send the draft by friday")
    stage.expect("lena", "decline E-1 no time")
    assert "no time" in stage.last("asha", about="said no").text
    stage.expect("asha", "@lena to read the plan by friday")
    stage.expect("asha", "drop E-2")
    assert "took it back" in stage.last("lena", about="read the plan").text


def test_verbs_of_finishing(stage: Stage) -> None:
    agreed(stage)
    stage.expect("lena", "done E-1 https://example.org/draft")
    assert "https://example.org/draft" in stage.last("asha", about="is done").text
    stage.expect("asha", "return E-1 the last page by 30 Nov")
    assert "the last page" in stage.last("lena", about="Still missing").text
    assert "Monday, 30 November" in stage.last("lena", about="Still missing").text
    stage.expect("lena", "done E-1")
    stage.expect("lena", "undo E-1")
    stage.expect("lena", "done E-1")
    assert "kept" in stage.expect("asha", "confirm E-1")


def test_verbs_of_what_could_not_be_done(stage: Stage) -> None:
    agreed(stage, "send the draft by today")
    stage.advance(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    stage.expect("lena", "cannot E-1 the data came late")
    assert "the data came late" in stage.last("asha", about="could not do it").text
    stage.expect("lena", "remedy E-1 send it with the data by friday")
    assert "send it with the data" in stage.last("asha", about="offers").text
    assert "settled" in stage.expect("asha", "forgive E-1")
    assert "taken back" in stage.expect("asha", "show E-2").splitlines()[0]


def test_verbs_that_are_not_open_say_so(stage: Stage) -> None:
    agreed(stage)
    said = stage.expect("asha", "missed E-1")
    assert "It is not due yet" in said
    assert "Nothing was changed" in said
    assert "after it was looked at twice" in stage.expect(
        "asha", "differ E-1 we see it differently"
    )
    for line in ("accept E-1", "confirm E-1"):
        assert "agreed by now. Nothing was changed." in stage.expect("lena", line)


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("change E-1 by 03/04", "Suggest a change"),
        ("change E-1", "Suggest a change"),
        ("ask E-1", "Ask a question"),
        ("cannot E-1", "I cannot do it"),
        ("away", "Be away"),
        ("away until soon", "Be away"),
        ("settings", "Days and hours"),
        ("we will launch by soon", "Set a goal"),
    ],
)
def test_what_lacks_something_opens_its_form(stage: Stage, line: str, form: str) -> None:
    agreed(stage)
    assert stage.expect("lena", line) == ""
    assert title(stage, "lena") == form
    # In a direct message no form may open unasked: a button opens it.
    answer = dm(stage, "lena", line)
    if line == "settings":
        assert "09:30" in answer.text
        return
    assert buttons(answer) == ["Open the form"]
    stage.press("lena", answer, "Open the form")
    assert title(stage, "lena") == form


def test_what_was_typed_to_the_bot_is_in_the_form_that_the_button_opens(stage: Stage) -> None:
    agreed(stage)
    for line, block, text in (
        ("change E-1 send all of it by 03/04", "what", "send all of it"),
        ("we will launch by soon", "title", "launch"),
        ("@ren to agree owners by 03/04", "what", "agree owners"),
    ):
        answer = dm(stage, "lena", line)
        assert "Nothing was saved" in answer.text
        stage.press("lena", answer, "Open the form")
        view = stage.slack.modal("lena")
        assert view is not None
        assert view.values[block][block]["value"] == text
        if block == "what":
            assert "reading" in view.values
        stage.slack.close_modal("lena")


def test_a_line_that_is_too_long_for_a_button_is_answered(stage: Stage) -> None:
    text = "@ren to " + "read this & that, " * 160
    answer = dm(stage, "lena", text)
    assert "The form cannot take so long a line along: paste it there." in answer.text
    stage.press("lena", answer, "Open the form")
    assert title(stage, "lena") == "Ask for something"


def test_ids_that_are_hidden_or_not_there_are_answered_alike(stage: Stage) -> None:
    for number in range(1, 8):
        stage.expect("asha", f"@lena to read page {number} by friday")
    for verb in ("show", "accept", "done", "change", "ask", "return", "remedy"):
        rest = {"change": "by monday", "ask": "what?", "return": "more", "remedy": "x by monday"}
        line = f"{verb} E-7 {rest.get(verb, '')}"
        hidden = stage.expect("maya", line, "support")
        unknown = stage.expect("maya", line.replace("E-7", "E-99"), "support")
        assert hidden == HIDDEN == unknown.replace("E-99", "E-7")
    assert dm(stage, "maya", "show E-7").text == HIDDEN


def test_what_others_may_see_of_it(stage: Stage) -> None:
    agreed(stage)
    shown = stage.expect("maya", "show E-1")
    assert "open" in shown
    assert "What happened" not in shown
    assert "E-1" in stage.expect("maya", "list team")
    assert "Only" in stage.expect("maya", "done E-1")
    assert "Nothing is open in this channel" in stage.expect("maya", "list team", "support")
    assert "Type it in the channel" in dm(stage, "maya", "list team").text


def test_lists(stage: Stage) -> None:
    agreed(stage)
    stage.expect("lena", "@maya to send icons by friday")
    assert stage.expect("lena", "list").count("E-") == 2
    between = stage.expect("lena", "list @maya")
    assert ("send icons" in between, "draft" in between) == (True, False)
    assert "Nothing is open between you" in stage.expect("lena", "list @ren")


def test_help_and_what_is_not_understood(stage: Stage) -> None:
    said = stage.expect("lena", "help")
    assert "/expect @ana to send the draft by friday" in said
    message = stage.slack.visible("lena", "launch")[-1]
    stage.press("lena", message, "All commands")
    assert "`remedy E-42" in stage.slack.visible("lena", "launch")[-1].text

    said = stage.expect("lena", "lst")
    assert "I did not understand “lst”. Nothing was saved. Nearest: `list`." in said
    stage.press("lena", stage.slack.visible("lena", "launch")[-1], "Use that")
    assert stage.slack.visible("lena", "launch")[-1].text == "You have nothing open."
    answer = dm(stage, "lena", "hello there")
    assert "I did not understand “hello there”" in answer.text
    assert "Open the form" in buttons(answer)
    for line in ("show", "accept", "done it", "goal show", "goal delete G-1", "summary"):
        said = stage.expect("lena", line)
        assert "`" in said, (line, said)


@pytest.mark.parametrize("line", ["E-1", "e-1", "shwo E-1"])
def test_an_id_is_not_lost_in_the_nearest_match(stage: Stage, line: str) -> None:
    agreed(stage)
    assert stage.expect("lena", line).endswith("Nearest: `show E-1`.")
    stage.press("lena", stage.slack.visible("lena", "launch")[-1], "Use that")
    assert "*send the draft* (E-1)" in stage.slack.visible("lena", "launch")[-1].text
