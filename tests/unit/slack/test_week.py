"""The week: what a channel reads, in its order, and what is drawn of it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.due import Due
from bot.domain.expectation import Status
from bot.domain.figures.balance import BalanceNote
from bot.domain.figures.shared import Shown
from bot.domain.learnt import Learnt
from bot.domain.member import Member
from bot.domain.pulse import Pulse, Said, Statement
from bot.domain.sharing import Sharing
from bot.domain.thanks import Thanks
from bot.domain.views import (
    GoalLine,
    SummaryView,
)
from bot.slack.blocks.summary import summary
from tests.unit.slack.given import (
    CUSTOMERS,
    LENA,
    MAYA,
    NOW,
    OTTO,
    PEOPLE,
    asked,
    labels,
    terms,
)

ITEM = "*ship the billing API* (E-42)"
FORM = "who knows the tax form?"


def week(**more: Any) -> SummaryView:  # noqa: ANN401 - fields by name
    """Return the week of #launch."""
    values: dict[str, Any] = {
        "channel": "C0",
        "channel_name": "launch",
        "first": date(2026, 11, 23),
        "last": date(2026, 11, 27),
        "set_up_by": "U0LENA",
        "people": PEOPLE,
        "zone": "Europe/Berlin",
    }
    return SummaryView(**values | more)


def due(number: int, owner: Member, day: date, result: str) -> Any:  # noqa: ANN401 - one line
    said = terms(LENA, Due(day), result=result)
    return asked(Status.ACTIVE, number=number, owner=owner.user, terms=said)


def test_the_week_as_voice_has_it() -> None:
    message = summary(
        week(
            goals=(GoalLine(goal=CUSTOMERS, last_week="5"),),
            agreed=9,
            kept=7,
            changed_in_time=2,
            under_way=11,
            due_count=7,
            next_week=(
                due(51, MAYA, date(2026, 12, 1), "icon set"),
                due(42, OTTO, date(2026, 12, 3), "billing API"),
            ),
            thanks=(
                Thanks(number=1, by="U0OTTO", to="U0MAYA", text="for the late review", at=NOW),
            ),
            help_wanted=(replace(due(47, LENA, date(2026, 12, 1), "x"), help_wanted=FORM),),
            both_gain=6,
            share=Shown(until=NOW, counts={"carried_by": 5, "people": 6}),
            notes=(BalanceNote(channel="C0", user="U0MAYA", text="on call", until=NOW.date()),),
            learnt=(learnt("Agree the test data before the date."),),
        )
    )
    assert message.text.splitlines() == [
        "*#launch, 23 to 27 November*",
        "Set up by Lena. Shared agreements only.",
        "*Goals*",
        "Move ten customers by 15 December: 7, last week 5.",
        "*This week*",
        "9 agreed, 7 kept, 2 changed in time; 11 under way.",
        "*Next week*",
        "Tuesday: Maya, icon set (E-51).",
        "Thursday: Otto, billing API (E-42).",
        "*Help wanted*",
        "Lena: who knows the tax form? (E-47)",
        "*Both sides gain*",
        "6 of the 9 say what each side gains.",
        "*Fair share*",
        "5 of 6 carry the open work, each by their own days. Numbers only, not weight.",
        "Maya: “on call”",
        "*Thanks*",
        "Otto to Maya: “for the late review”",
        "*Learnt*",
        "Lena and Otto: “Agree the test data before the date.”",
    ]
    assert labels(message.blocks) == ["Offer help", "How is this counted?"]


def learnt(text: str) -> Learnt:
    """Return a line that Lena and Otto share."""
    both = frozenset({LENA.user, OTTO.user})
    shared = Sharing(among=both, wanted_by=both, since=NOW)
    return Learnt(number=42, by=LENA.user, other=OTTO.user, text=text, at=NOW, sharing=shared)


def test_a_released_pulse_says_all_three_answers() -> None:
    counts = {
        Statement.CLEAR: {Said.YES: 4, Said.PARTLY: 1},
        Statement.SHARE: {Said.YES: 2, Said.PARTLY: 2, Said.NO: 1},
        Statement.SAY_NO: {Said.NO: 5},
    }
    pulse = Pulse(channel="C0", month=date(2026, 10, 1), counts=counts)
    assert summary(week(pulse=(pulse,))).text.splitlines()[2:] == [
        "*Pulse of October*",
        "It is clear to me what is expected of me: 4 yes, 1 partly, 0 no.",
        "I carry a fair share: 2 yes, 2 partly, 1 no.",
        "I can say no: 0 yes, 0 partly, 5 no.",
    ]


def measured(*values: str) -> GoalLine:
    """Return a goal whose measure stood so at the end of each week."""
    days = [date(2026, 11, 27) - timedelta(weeks=n) for n in range(len(values))]
    weeks = tuple(zip(reversed(days), map(Decimal, values), strict=True))
    last_week = values[-2] if len(values) > 1 else None
    return GoalLine(goal=CUSTOMERS, last_week=last_week, weeks=weeks)


def test_a_measure_that_moves_is_drawn_and_all_of_it_stands_in_the_text() -> None:
    message = summary(week(agreed=1, goals=(measured("1", "3", "5", "7"),)))
    assert (
        "Move ten customers by 15 December: 7, last week 5. The weeks before: 3, 1." in message.text
    )
    (chart,) = [block for block in message.blocks if block["type"] == "data_visualization"]
    assert chart == {
        "type": "data_visualization",
        "title": "Move ten customers",
        "chart": {
            "type": "line",
            "series": [
                {
                    "name": "G-3",
                    "data": [
                        {"label": "6 Nov", "value": 1.0},
                        {"label": "13 Nov", "value": 3.0},
                        {"label": "20 Nov", "value": 5.0},
                        {"label": "27 Nov", "value": 7.0},
                    ],
                }
            ],
        },
    }


@pytest.mark.parametrize("values", [(), ("7",), ("5", "7"), ("7", "7", "7")])
def test_what_has_not_moved_is_not_drawn(values: tuple[str, ...]) -> None:
    message = summary(week(agreed=1, goals=(measured(*values),)))
    assert "data_visualization" not in {block["type"] for block in message.blocks}


def test_a_chart_is_drawn_of_two_goals_at_most() -> None:
    goals = (measured("1", "3", "7"),) * 3
    blocks = summary(week(agreed=1, goals=goals)).blocks
    assert [block["type"] for block in blocks].count("data_visualization") == 2


def test_help_wanted_is_offered_only_where_somebody_asked() -> None:
    wanted = replace(due(47, MAYA, date(2026, 12, 1), "the form"), help_wanted=FORM)
    message = summary(week(agreed=1, help_wanted=(wanted,)))
    assert f"Maya: {FORM} (E-47)" in message.text
    assert labels(message.blocks) == ["Offer help"]


def test_a_quiet_week_is_short() -> None:
    later = due(51, MAYA, date(2026, 12, 1), "icon set")
    message = summary(week(set_up_by=None, under_way=3, next_week=(later,)))
    assert message.text.splitlines() == [
        "*#launch, 23 to 27 November*",
        "Shared agreements only.",
        (
            "A quiet week in #launch: nothing was due, 3 are open. "
            "Next: *icon set* (E-51), Tuesday, 1 December (Tokyo time)."
        ),
    ]


def test_a_week_over_two_months() -> None:
    text = summary(week(first=date(2026, 11, 30), last=date(2026, 12, 4))).text
    assert text.startswith("*#launch, 30 November to 4 December*")
