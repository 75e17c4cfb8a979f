"""What an owner needs back: read before the yes, on both cards, and told when its reason ends."""

from tests.scenario.test_same_page import labels, modal, shown
from tests.support.stage import Stage

NEED = {
    "What the one who does it needs from the other": "the test data",
    "Needed by": "2026-11-25",
}


def change_form(stage: Stage, user: str) -> None:
    """Open all fields of the form that changes E-1, with its day as it is."""
    stage.expect(user, "change E-1")
    stage.slack.press(user, modal(stage, user), "More")
    stage.slack.fill(user, {"By when": "2026-11-27"})


def asked(stage: Stage) -> None:
    """Let Lena ask in the form, and say what Asha gets from her, and when."""
    stage.expect("lena", "")
    stage.slack.press("lena", modal(stage, "lena"), "More")
    values: dict[str, object] = {
        "Who": ["asha"],
        "What": "ship the billing API",
        "By when": "2026-11-27",
        **NEED,
    }
    assert stage.submit("lena", values) == {}


def agreed(stage: Stage) -> None:
    asked(stage)
    stage.press("asha", stage.last("asha", about="billing"), "Accept")
    stage.advance_by(minutes=1)


def test_both_read_it_before_and_after_the_yes(any_stage: Stage) -> None:
    stage = any_stage
    asked(stage)
    proposal = stage.last("asha", about="billing")
    need = "by Wednesday, 25 November: “the test data” Your yes agrees to that too."
    assert need in proposal.text
    assert need in shown(proposal)
    before = len(stage.inbox("lena"))
    stage.press("asha", proposal, "Accept")
    stage.advance_by(minutes=1)
    told = stage.inbox("lena")[before:]
    assert len(told) == 1
    line = "Needed from you: *the test data* (E-2), by Wednesday, 25 November: agreed."
    assert line in told[0].text
    card = stage.last("asha", about="agreed with")
    assert "*the test data* (E-2), by Wednesday, 25 November (Berlin time)" in card.text
    assert "E-2" in shown(card)

    first, back = stage.expect("lena", "show E-1"), stage.expect("lena", "show E-2")
    assert line in first
    assert "Needed for *ship the billing API* (E-1)." in back
    listed = stage.expect("lena", "list")
    assert "needs E-2" in listed
    assert "needed for E-1" in listed
    others = stage.expect("ren", "list team")
    assert "the test data" in others
    assert "needed for" not in others


def test_it_is_done_like_any_other(stage: Stage) -> None:
    agreed(stage)
    stage.expect("lena", "done E-2")
    stage.press("asha", stage.last("asha", about="test data"), "Yes, it fits")
    shown_first = stage.expect("asha", "show E-1")
    assert "(E-2), by Wednesday, 25 November (Berlin time): kept." in shown_first


def test_a_need_without_words_or_with_a_past_day_is_said_at_the_field(stage: Stage) -> None:
    stage.expect("lena", "@asha to ship the billing API by friday", "launch")
    change_form(stage, "lena")
    words, by = NEED
    assert stage.submit("lena", {by: "2026-11-25"}) == {"needs": "Write what is needed by then."}
    errors = stage.submit("lena", {words: "the test data", by: "2026-11-20"})
    assert errors == {"needs_by": "That day is over: name one to come."}
    assert stage.submit("lena", {words: "the test data", by: "2026-11-25"}) == {}
    assert "Your yes agrees to that too." in stage.last("asha", about="suggests").text


def test_a_changed_day_is_agreed_with_the_change(stage: Stage) -> None:
    agreed(stage)
    change_form(stage, "asha")
    assert stage.submit("asha", {"Needed by": "2026-11-26"}) == {}
    change = stage.last("lena", about="suggests")
    assert "Needed from you by Thursday, 26 November: “the test data”" in change.text
    assert "Your yes agrees to that too." in change.text
    stage.press("lena", change, "Accept")
    stage.advance_by(minutes=1)
    assert "(E-2), by Thursday, 26 November" in stage.expect("lena", "show E-1")


def test_what_was_given_already_is_not_asked_for_again(stage: Stage) -> None:
    agreed(stage)
    stage.expect("lena", "done E-2")
    stage.expect("asha", "confirm E-2")
    change_form(stage, "asha")
    assert stage.submit("asha", {"Needed by": "2026-11-26"}) == {}
    change = stage.last("lena", about="suggests")
    assert "E-2 gave that already, so your yes asks for nothing more." in change.text
    assert "Your yes agrees to that too." not in change.text
    stage.press("lena", change, "Accept")
    stage.advance_by(minutes=1)
    assert "(E-2), by Wednesday, 25 November" in stage.expect("lena", "show E-1")
    assert "There is no E-3" in stage.expect("lena", "show E-3")


def test_a_need_that_is_dropped_is_let_go_by_the_yes(stage: Stage) -> None:
    agreed(stage)
    change_form(stage, "asha")
    empty: dict[str, object] = dict.fromkeys(NEED)
    assert stage.submit("asha", empty) == {}
    change = stage.last("lena", about="suggests")
    assert "Your yes lets E-2 go." in change.text
    stage.press("lena", change, "Accept")
    assert "let go" in stage.expect("lena", "show E-2")


def test_when_the_first_ends_both_read_what_becomes_of_it(stage: Stage) -> None:
    agreed(stage)
    stage.expect("asha", "cannot E-1")
    assert stage.submit("asha", {"Why, or what happened": "the team is ill"}) == {}
    stage.advance_by(minutes=1)
    end = "was needed for it. It stays, and"
    told, own = stage.last("lena", about="says so in time"), stage.last("asha", about=end)
    assert end in told.text
    assert "Let E-2 go" not in labels(told)
    assert f"{end} you can let it go." in own.text
    stage.press("asha", own, "Let E-2 go")
    stage.advance_by(minutes=1)
    assert "It is closed and counts nowhere." in stage.last("lena", about="test data").text
    assert end not in stage.last("asha", about="billing").text
    assert "let go" in stage.expect("lena", "show E-2")


def test_a_list_that_brings_the_proposal_says_what_a_yes_agrees_to(stage: Stage) -> None:
    """Maya, in Tokyo, is off by then, and gets two at once."""
    stage.clock.at = stage.clock.at.replace(hour=11)
    for what in ("draw the map", "name the places"):
        stage.expect("lena", "")
        stage.slack.press("lena", modal(stage, "lena"), "More")
        values: dict[str, object] = {"Who": ["maya"], "What": what, "By when": "2026-11-27", **NEED}
        assert stage.submit("lena", values) == {}
    before = len(stage.inbox("maya"))
    stage.advance_by(hours=14)
    told = stage.inbox("maya")[before:]
    assert len(told) == 1
    assert told[0].text.count("Your yes agrees to that too.") >= len(("one", "the other"))
