"""Who sees what: each role at each place, written by hand and tried through the whole bot.

The tables know nothing of the code's own rule. F: all of it; A: what was agreed; -: the answer to
an id that does not exist; Y, N: named or not; a dot: one cannot type there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.scenario.matrix import (
    BOT,
    HIDDEN,
    LAUNCH,
    NAMES,
    NOTE,
    OTHERS,
    RESULT,
    ROLES,
    SUPPORT,
    WHY,
    all_that_is_seen,
    ask,
    buttons,
    cast,
    elsewhere,
    live,
    may_type,
    place_of,
    press_as,
    seen,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.stage import Stage

OUTSIDE = "Only people of this organisation can ask here. Nothing was saved."
PLACES = (LAUNCH, SUPPORT, BOT)

# Shared: asked in #launch. Between: the same, and kept between the two at the yes.
# Direct: asked in direct messages with the bot. Typed in #launch/#support/direct messages.
SHOW = """
                      requester  owner  champion  setter  member  guest  other
shared   proposed     F/F/F      F/F/F  -/-/-     -/-/-   -/-/-   -/./-  ./-/-
shared   agreed       F/F/F      F/F/F  A/-/-     A/-/-   A/-/-   A/./-  ./-/-
shared   asked        F/F/F      F/F/F  A/-/-     A/-/-   A/-/-   A/./-  ./-/-
shared   changing     F/F/F      F/F/F  A/-/-     A/-/-   A/-/-   A/./-  ./-/-
shared   done         F/F/F      F/F/F  A/-/-     A/-/-   A/-/-   A/./-  ./-/-
shared   kept         F/F/F      F/F/F  A/-/-     A/-/-   A/-/-   A/./-  ./-/-
shared   declined     F/F/F      F/F/F  -/-/-     -/-/-   -/-/-   -/./-  ./-/-
shared   handed_back  F/F/F      F/F/F  -/-/-     -/-/-   -/-/-   -/./-  ./-/-
between  agreed       F/F/F      F/F/F  -/-/-     -/-/-   -/-/-   -/./-  ./-/-
between  changing     F/F/F      F/F/F  -/-/-     -/-/-   -/-/-   -/./-  ./-/-
between  done         F/F/F      F/F/F  -/-/-     -/-/-   -/-/-   -/./-  ./-/-
between  kept         F/F/F      F/F/F  -/-/-     -/-/-   -/-/-   -/./-  ./-/-
between  handed_back  F/F/F      F/F/F  -/-/-     -/-/-   -/-/-   -/./-  ./-/-
direct   proposed     F/F/F      F/F/F  -/-/-     -/-/-   -/-/-   -/./-  ./-/-
direct   agreed       F/F/F      F/F/F  -/-/-     -/-/-   -/-/-   -/./-  ./-/-
direct   kept         F/F/F      F/F/F  -/-/-     -/-/-   -/-/-   -/./-  ./-/-
"""

# Whether somebody reads of it there once it is agreed.
SURFACES = """
                         requester  owner  champion  setter  member  guest  other
shared   my list         Y          Y      N         N       N       N      N
shared   team list       Y          Y      Y         Y       Y       Y      .
shared   team elsewhere  N          N      N         N       N       N      N
shared   list of two     Y          Y      N         N       N       N      N
shared   with            Y          Y      N         N       N       N      N
shared   goal            Y          Y      Y         Y       Y       Y      .
shared   goal elsewhere  Y          Y      N         N       N       N      N
shared   goals           N          N      N         N       N       N      .
shared   preview         Y          Y      Y         Y       Y       Y      .
shared   why kept        N          N      N         N       N       N      .
shared   balance         N          N      N         N       N       N      .
shared   charter         N          N      N         N       N       N      .
shared   Home            Y          Y      N         N       N       N      N
shared   export          Y          Y      N         N       N       N      N
between  my list         Y          Y      N         N       N       N      N
between  team list       N          N      N         N       N       N      .
between  team elsewhere  N          N      N         N       N       N      N
between  list of two     Y          Y      N         N       N       N      N
between  with            Y          Y      N         N       N       N      N
between  goal            Y          Y      N         N       N       N      .
between  goal elsewhere  Y          Y      N         N       N       N      N
between  goals           N          N      N         N       N       N      .
between  preview         N          N      N         N       N       N      .
between  why kept        N          N      N         N       N       N      .
between  balance         N          N      N         N       N       N      .
between  charter         N          N      N         N       N       N      .
between  Home            Y          Y      N         N       N       N      N
between  export          Y          Y      N         N       N       N      N
direct   my list         Y          Y      N         N       N       N      N
direct   team list       N          N      N         N       N       N      .
direct   team elsewhere  N          N      N         N       N       N      N
direct   list of two     Y          Y      N         N       N       N      N
direct   with            Y          Y      N         N       N       N      N
direct   goal            N          N      N         N       N       N      .
direct   goals           N          N      N         N       N       N      .
direct   preview         N          N      N         N       N       N      .
direct   why kept        N          N      N         N       N       N      .
direct   balance         N          N      N         N       N       N      .
direct   charter         N          N      N         N       N       N      .
direct   Home            Y          Y      N         N       N       N      N
direct   export          Y          Y      N         N       N       N      N
"""


def rows(table: str) -> list[tuple[str, str, dict[str, str]]]:
    """Return a table's rows: what was made where, the state or the surface, and a cell a role."""
    head, *lines = table.strip("\n").splitlines()
    assert tuple(head.split()) == ROLES
    found = []
    for line in lines:
        first, second, *cells = re.split(r"\s{2,}", line.strip())
        found.append((first, second, dict(zip(ROLES, cells, strict=True))))
    return found


def named(row: tuple[str, str, dict[str, str]]) -> str:
    return f"{row[0]} {row[1]}"


@pytest.mark.parametrize("row", rows(SHOW), ids=named)
def test_show(stage: Stage, row: tuple[str, str, dict[str, str]]) -> None:
    origin, state, cells = row
    live(stage, origin, state)
    found = {
        role: "/".join(
            seen(stage.expect(NAMES[role], "show E-1", place)) if may_type(role, place) else "."
            for place in PLACES
        )
        for role in ROLES
    }
    assert found == cells
    no_word_of_the_two_reaches_others(stage, origin)


def in_launch(line: str) -> Callable[[Stage, str], str]:
    return lambda stage, role: stage.expect(NAMES[role], line, LAUNCH)


def two(stage: Stage, role: str) -> str:
    other = "@lena" if role == "owner" else "@asha"
    return stage.expect(NAMES[role], f"list {other}", elsewhere(role))


def with_(stage: Stage, role: str) -> str:
    other = "@lena" if role == "owner" else "@asha"
    return stage.expect(NAMES[role], f"with {other}", elsewhere(role))


def home(stage: Stage, role: str) -> str:
    assert stage.slack.open_home(NAMES[role]).acknowledged
    stage.settle()
    view = stage.slack.home(NAMES[role])
    assert view is not None
    return str(view.blocks)


def export(stage: Stage, role: str) -> str:
    stage.expect(NAMES[role], "export", elsewhere(role))
    stage.slack.wait_until(lambda: any(m.files for m in stage.slack.inbox(NAMES[role])))
    return str(stage.slack.inbox(NAMES[role])[-1].files)


LOOKS: dict[str, Callable[[Stage, str], str]] = {
    "my list": lambda stage, role: stage.expect(NAMES[role], "list", BOT),
    "team list": in_launch("list team"),
    "team elsewhere": lambda stage, role: stage.expect(NAMES[role], "list team", elsewhere(role)),
    "list of two": two,
    "with": with_,
    "goal": in_launch("goal show G-1"),
    "goal elsewhere": lambda stage, role: stage.expect(
        NAMES[role], "goal show G-1", elsewhere(role)
    ),
    "goals": in_launch("goal list"),
    "preview": in_launch("summary preview"),
    "why kept": in_launch("why kept"),
    "balance": in_launch("balance"),
    "charter": in_launch("charter"),
    "Home": home,
    "export": export,
}
"""How somebody looks at each place."""


@pytest.mark.parametrize("origin", ["shared", "between", "direct"])
def test_surfaces(stage: Stage, origin: str) -> None:
    live(stage, origin, "agreed")
    for where, surface, cells in rows(SURFACES):
        if where != origin:
            continue
        found = {
            role: "." if cell == "." else ("Y" if RESULT in LOOKS[surface](stage, role) else "N")
            for role, cell in cells.items()
        }
        assert found == cells, surface
    no_word_of_the_two_reaches_others(stage, origin)


def test_every_place_has_its_rows() -> None:
    for origin in ("shared", "between", "direct"):
        listed = {surface for where, surface, _ in rows(SURFACES) if where == origin}
        assert listed >= set(LOOKS) - {"goal elsewhere"}


def test_a_goal_is_seen_in_its_channel_and_by_who_keeps_it(stage: Stage) -> None:
    live(stage, "shared", "agreed")
    found = {
        role: [
            "open the stand" in stage.expect(NAMES[role], "goal show G-1", place)
            for place in PLACES
            if may_type(role, place)
        ]
        for role in ROLES
    }
    assert found == {
        "requester": [True, True, True],  # has something under it
        "owner": [True, True, True],
        "champion": [True, True, True],
        "setter": [True, False, False],
        "member": [True, False, False],
        "guest": [True, False],
        "other": [False, False],
    }
    unknown = stage.expect("omar", "goal show G-9", SUPPORT)
    assert stage.expect("omar", "goal show G-1", SUPPORT) == unknown.replace("G-9", "G-1")


@pytest.mark.parametrize("origin", ["shared", "between", "direct"])
def test_a_posted_summary(stage: Stage, origin: str) -> None:
    live(stage, origin, "agreed")
    stage.expect("maya", "summary now")
    posted = stage.slack.messages(LAUNCH)[-1]
    assert "Set up by" in posted.text or "launch" in posted.text
    assert (RESULT in f"{posted.text} {posted.blocks}") == (origin == "shared")
    no_word_of_the_two_reaches_others(stage, origin)


VERBS = (
    "show E-1",
    "accept E-1",
    "change E-1 by 3 Dec",
    "ask E-1 what?",
    "answer E-1 that",
    "decline E-1",
    "keep E-1",
    "drop E-1",
    "cannot E-1 no",
    "done E-1",
    "confirm E-1",
    "return E-1 more",
    "undo E-1",
    "missed E-1",
    "differ E-1 so",
    "remedy E-1 that by 3 Dec",
    "forgive E-1",
)


@pytest.mark.parametrize(("origin", "state"), [("shared", "proposed"), ("between", "agreed")])
def test_what_is_hidden_is_answered_as_what_is_not_there(
    stage: Stage, origin: str, state: str
) -> None:
    live(stage, origin, state)
    before = stage.expect("lena", "show E-1", BOT)
    for role in OTHERS:
        for verb in VERBS:
            place = LAUNCH if may_type(role, LAUNCH) else elsewhere(role)
            hidden = stage.expect(NAMES[role], verb, place)
            unknown = stage.expect(NAMES[role], verb.replace("E-1", "E-99"), place)
            assert hidden == HIDDEN, (role, verb)
            assert unknown == hidden.replace("E-1", "E-99"), (role, verb)
    assert stage.expect("lena", "show E-1", BOT) == before


@pytest.mark.parametrize(
    ("origin", "state"),
    [("shared", "proposed"), ("shared", "agreed"), ("between", "agreed"), ("direct", "done")],
)
def test_a_third_persons_press_changes_and_shows_nothing(
    stage: Stage, origin: str, state: str
) -> None:
    """Slack shows these to their readers only; whoever sends them all the same is nobody."""
    live(stage, origin, state)
    before = stage.expect("lena", "show E-1", BOT)
    messages = [*stage.inbox("asha", about=RESULT), *stage.inbox("lena", about=RESULT)]
    messages += [m for m in stage.slack.visible("lena", LAUNCH) if m.to and RESULT in m.text]
    found = [button for message in messages for button in buttons(message)]
    assert len(found) > 3
    for role in (*OTHERS, "stranger"):
        for button in found:
            for place in (button.message.channel, LAUNCH):
                where = stage.slack.state.conversation(place)
                said = press_as(stage, role, button, where)
                about = (role, button.name, button.value, place, said)
                assert WHY not in said, about
                assert NOTE not in said, about
                shared = origin == "shared" and state != "proposed" and where.name == LAUNCH
                if role == "stranger":
                    assert said == OUTSIDE, about
                elif not shared and '"n":1' in button.value:
                    assert said in {HIDDEN, ""}, about
    stage.slack.state.refusals.clear()  # one cannot be whispered to where one is not
    assert stage.expect("lena", "show E-1", BOT) == before
    no_word_of_the_two_reaches_others(stage, origin)


def test_a_button_from_when_it_was_shared_shows_nothing_once_it_is_between_the_two(
    stage: Stage,
) -> None:
    """The list of the team was on nils's screen; then the change to private came."""
    live(stage, "between", "agreed")
    shared = next(buttons(stage.last("asha", about=RESULT)))
    for role in ("member", "stranger"):
        said = press_as(stage, role, shared, place_of(stage, LAUNCH, role))
        assert RESULT not in said


def test_a_stranger_is_answered_nothing_whatever_they_press(stage: Stage) -> None:
    live(stage, "shared", "agreed")
    listed = stage.expect("nils", "list team", LAUNCH)
    assert RESULT in listed
    message = [m for m in stage.slack.visible("nils", LAUNCH) if m.to][-1]
    found = list(buttons(message)) + list(buttons(stage.last("asha", about=RESULT)))
    assert found
    for button in found:
        said = press_as(stage, "stranger", button, place_of(stage, LAUNCH, "stranger"))
        assert said == OUTSIDE, button.name


def test_the_two_do_not_see_what_stays_with_the_other(stage: Stage) -> None:
    live(stage, "shared", "agreed")
    stage.advance_by(days=3)
    asked = stage.last("asha", about="how is it going")
    stage.press("asha", asked, "On track")
    for line in ("show E-1", "list", "list @asha", "goal show G-1"):
        assert "on track" not in stage.expect("lena", line).casefold(), line
    assert "on track" not in home(stage, "requester").casefold()
    assert "on_track" not in export(stage, "requester")
    assert "on_track" in export(stage, "owner")


def test_nothing_shows_a_persons_figures_to_another(stage: Stage) -> None:
    cast(stage)
    for n in range(6):
        stage.expect("lena", f"@asha to do part {n} by friday")
        stage.expect("asha", f"accept E-{n + 1}")
        stage.expect("asha", f"done E-{n + 1}")
        stage.expect("lena", f"confirm E-{n + 1}")
    assert "Kept by you: 6" in home(stage, "owner")
    for role in ("requester", "champion", "setter", "member", "guest"):
        shown = " ".join([home(stage, role), stage.expect(NAMES[role], "balance", LAUNCH)])
        assert "Kept by you: 6" not in shown
        assert not re.search(r"Asha[^.]*\b6\b", shown), role


def test_how_much_one_carries_is_told_to_that_one_alone(stage: Stage) -> None:
    cast(stage)
    for number, owner in enumerate(("asha", "asha", "maya"), start=1):
        ask(stage, "shared", owner)
        stage.expect(owner, f"accept E-{number}")
    stage.advance_by(days=3)
    looks = [LOOKS[name] for name in ("goal", "team list", "preview", "balance", "Home", "export")]
    shown = {
        role: [*all_that_is_seen(stage, role), *(look(stage, role) for look in looks)]
        for role in ROLES
        if may_type(role, LAUNCH)
    }
    told = {role for role, texts in shown.items() if any("2 of the 3" in text for text in texts)}
    assert told == {"owner"}


def no_word_of_the_two_reaches_others(stage: Stage, origin: str) -> None:
    """Look at all that stands on others' screens, whatever was asked there."""
    for role in (*OTHERS, "stranger"):
        for shown in all_that_is_seen(stage, role):
            assert WHY not in shown, (role, shown)
            assert NOTE not in shown, (role, shown)
            if origin != "shared":
                assert RESULT not in shown, (role, shown)
