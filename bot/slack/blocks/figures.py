"""Replies about figures: why, what counted, and a channel's balance."""

from bot.domain.figures.balance import BalanceNote
from bot.domain.figures.names import PULSE, Figure
from bot.domain.views import BalanceView, CountedView, WhyView
from bot.slack.blocks.kit import Button, Rendered
from bot.slack.blocks.replies import said
from bot.slack.ids import Press, Verb
from bot.slack.pen import Pen
from bot.slack.text import channel_named
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


def why(view: WhyView) -> Rendered:
    """Render what a figure is."""
    counted = _counted_button(view.figure, 0)
    has_rows = view.shown is not None or (view.figure is Figure.FAIR_SHARE and view.own > 0)
    row = [*([counted] if has_rows else []), *_BESIDE.get(view.figure, ())]
    return said(why_words(view.figure, view.shown, view.own, view.workdays), buttons=row)


def counted(view: CountedView) -> Rendered:
    """Render a page of what counted."""
    figure, pen = view.figure, Pen.of(view.reader, view.people, view.now).brief()
    if not view.items:
        return said(f"{NAMES[figure]}: nothing that you may see here.")
    lines = [f"*{NAMES[figure]}: what counted*", *([ROWS[figure]] if figure in ROWS else [])]
    lines += [
        f"{pen.item(it)}, {pen.who(it.owner)}, {pen.when(it.due, it.owner)}." for it in view.items
    ]
    following = [_counted_button(figure, view.page + 1, "Next 10")] if view.more else []
    return said(*lines, buttons=following)


def _counted_button(figure: Figure, page: int, label: str = "Show what counted") -> Button:
    return Button(label=label, press=Press(verb=Verb.SHOW_COUNTED, scope=figure.value, page=page))


def balance(view: BalanceView) -> Rendered:
    """Render a channel's balance, in words, with what the numbers miss."""
    pen = Pen.of(view.reader, view.people, view.now)
    lines = [f"*{channel_named(view.channel_name)}, balance*"]
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
