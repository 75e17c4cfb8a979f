"""Replies about figures: why, what counted, and a channel's balance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.expectation import Expectation
from bot.domain.figures.balance import BalanceNote
from bot.domain.figures.names import PULSE, Figure
from bot.domain.figures.shared import Shown
from bot.domain.member import Member
from bot.domain.views import People
from bot.slack.blocks.kit import Button, Rendered
from bot.slack.blocks.replies import said
from bot.slack.ids import Press, Verb
from bot.slack.pen import Pen
from bot.slack.text import typed
from bot.slack.words.figures import NAMES, ROWS, TOO_FEW, own_part, share
from bot.slack.words.figures import why as why_words

FEWER = Button(label="Fewer?", press=Press(verb=Verb.SETTINGS))
_BESIDE = {
    Figure.REMINDERS: (FEWER,),
    Figure.MINE: (
        Button(
            label=NAMES[Figure.GIVE_AND_TAKE],
            press=Press(verb=Verb.WHY_FIGURE, scope=Figure.GIVE_AND_TAKE.value),
        ),
    ),
}
"""What else stands at a figure; Home leads to one's own ones by the first of them."""


def how_counted(figure: Figure) -> Button:
    """Return the button that a figure is questioned with."""
    return Button(
        label="How is this counted?",
        press=Press(verb=Verb.WHY_FIGURE, scope=figure.value),
        about=NAMES[figure],
    )


def why_names() -> Rendered:
    """Say which figures can be questioned."""
    names = ", ".join(f"`why {name}`" for name in (*(figure.value for figure in Figure), PULSE))
    return said(f"Each figure can be questioned: {names}.")


def why(figure: Figure, shown: Shown | None, *, own: int, workdays: int) -> Rendered:
    """Render what a figure is."""
    counted = _counted_button(figure, 0)
    has_rows = shown is not None or (figure is Figure.FAIR_SHARE and own > 0)
    row = [*([counted] if has_rows else []), *_BESIDE.get(figure, ())]
    return said(why_words(figure, shown, own, workdays), buttons=row)


def counted(
    figure: Figure,
    items: Sequence[Expectation],
    reader: Member,
    people: People,
    now: datetime,
    *,
    page: int,
    more: bool,
) -> Rendered:
    """Render a page of what counted."""
    pen = Pen.of(reader, people, now).brief()
    if not items:
        return said(f"{NAMES[figure]}: nothing that you may see here.")
    lines = [f"*{NAMES[figure]}: what counted*", *([ROWS[figure]] if figure in ROWS else [])]
    lines += [f"{pen.item(it)}, {pen.who(it.owner)}, {pen.when(it.due, it.owner)}." for it in items]
    return said(*lines, buttons=[_counted_button(figure, page + 1, "Next 10")] if more else [])


def _counted_button(figure: Figure, page: int, label: str = "Show what counted") -> Button:
    return Button(label=label, press=Press(verb=Verb.SHOW_COUNTED, scope=figure.value, page=page))


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceShown:
    """What a channel's balance shows to one reader."""

    channel_name: str
    share: Shown | None
    own: int
    workdays: int
    notes: Sequence[BalanceNote]
    mine: BalanceNote | None
    counted: bool


def balance(view: BalanceShown, reader: Member, people: People, now: datetime) -> Rendered:
    """Render a channel's balance, in words, with what the numbers miss."""
    pen = Pen.of(reader, people, now)
    lines = [f"*#{typed(view.channel_name, 80)}, balance*"]
    lines.append(TOO_FEW if view.share is None else share(view.share))
    lines.append(own_part(view.own, view.workdays))
    if view.notes:
        lines.append("*What the numbers miss*")
        lines += [note_line(note, pen) for note in view.notes[:20]]
    add = "Change what they miss" if view.mine else "Add what they miss"
    row = [how_counted(Figure.FAIR_SHARE)]
    if view.counted:
        row.append(Button(label=add, press=Press(verb=Verb.BALANCE_NOTE)))
    if view.mine:
        row.append(Button(label="Take mine back", press=Press(verb=Verb.BALANCE_NOTE_DROP)))
    return said(*lines, buttons=row)


def note_line(note: BalanceNote, pen: Pen) -> str:
    """Return a note as its author wrote it."""
    return f"{pen.who(note.user)}: {pen.quote(note.text)}"
