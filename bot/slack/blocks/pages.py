"""Lists on request, ten a page: what is open, what was agreed, goals."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.expectation import Expectation
from bot.domain.goal import Goal, MeasureUpdate
from bot.domain.member import Member
from bot.domain.views import People
from bot.slack.blocks.home import goal_sections, item_text, paging, show_item
from bot.slack.blocks.kit import Block, Button, Rendered, actions, section, sections
from bot.slack.ids import Press, Verb
from bot.slack.pen import Pen
from bot.slack.text import within
from bot.slack.words.goals import goal_facts, goal_line, goal_updates, under_line
from bot.slack.words.states import agreed_line

MINE, TEAM, GOALS = "mine", "team", "goals"
"""What a page's press names as its scope; any other scope is the user id of `list @who`."""


def listing(
    items: Sequence[Expectation],
    reader: Member,
    people: People,
    now: datetime,
    *,
    scope: str = MINE,
    page: int = 0,
    more: bool = False,
) -> Rendered:
    """Render a page of a list; a team's list says of each only what was agreed."""
    pen = Pen.of(reader, people, now).brief()
    say = agreed_line if scope == TEAM else item_text
    title = _title(scope, pen, empty=not items)
    blocks: list[Block] = [section(title)]
    for it in items:
        text = say(it, pen.in_blocks())
        blocks.append(section(text, block_id=f"item.{it.number}", accessory=show_item(it).block()))
    return Rendered(
        text=within([title, *(say(it, pen) for it in items)]),
        blocks=(*blocks, *paging(scope, page, more=more)),
        shows=tuple(it.number for it in items),
    )


def _title(scope: str, pen: Pen, *, empty: bool) -> str:
    if scope == MINE:
        return "You have nothing open." if empty else "*Open, yours and with you*"
    if scope == TEAM:
        return "Nothing is open in this channel." if empty else "*Agreed in this channel*"
    who = pen.who(scope)
    return f"Nothing is open between you and {who}." if empty else f"*Between you and {who}*"


def goal_list(
    goals: Sequence[Goal],
    reader: Member,
    people: People,
    now: datetime,
    *,
    page: int = 0,
    more: bool = False,
) -> Rendered:
    """Render a page of goals."""
    pen = Pen.of(reader, people, now).brief()
    title = "*Goals*" if goals else "No goals in your channels yet."
    new = Button(label="Set a goal", press=Press(verb=Verb.GOAL_NEW))
    return Rendered(
        text=within([title, *(goal_line(goal, pen) for goal in goals)]),
        blocks=(
            section(title, block_id="goals", accessory=new.block()),
            *goal_sections(goals, pen.in_blocks()),
            *paging(GOALS, page, more=more),
        ),
    )


def goal(
    shown: Goal,
    items: Sequence[Expectation],
    reader: Member,
    people: People,
    now: datetime,
    *,
    may_update: bool = False,
    may_close: bool = False,
    reopen_until: datetime | None = None,
    updates: Sequence[MeasureUpdate] = (),
) -> Rendered:
    """Render one goal, what is agreed under it, and what its reader may do."""
    pen = Pen.of(reader, people, now)

    def lines(pen: Pen) -> list[str]:
        under = [under_line(it, pen.brief()) for it in items[:10]]
        said = goal_updates(updates, pen)
        return [
            *goal_facts(shown, pen),
            *(["*Where it stood*", *said] if said else []),
            *(["*Under it*", *under] if under else []),
        ]

    row = [
        (may_update and shown.measure is not None, "Update", Verb.GOAL_UPDATE),
        (may_close, "Change", Verb.GOAL_EDIT),  # whoever may close it may say it anew
        (may_close, "Close", Verb.GOAL_CLOSE),
        (reopen_until is not None and reopen_until > now, "Open it again", Verb.GOAL_REOPEN),
    ]
    buttons = [
        Button(label=label, press=Press(verb=verb, number=shown.number)).block()
        for open_now, label, verb in row
        if open_now
    ]
    return Rendered(
        text=within(lines(pen)),
        blocks=(*sections(lines(pen.in_blocks()), 8), *actions(buttons, f"goal.{shown.number}")),
    )
