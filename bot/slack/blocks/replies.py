"""Replies to commands and presses: what was made, what was done, and what to do instead."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.due import Due
from bot.domain.expectation import Action, Expectation, Visibility
from bot.domain.language import Doubt
from bot.domain.member import Member, Stoppable
from bot.domain.messages import MessageState
from bot.domain.own_words import may_add_words, silent_gain
from bot.domain.views import People
from bot.slack.blocks.kit import (
    BUTTON_VALUE,
    MESSAGE_BLOCKS,
    Block,
    Button,
    Rendered,
    actions,
    context,
    sections,
)
from bot.slack.blocks.owed import let_go_of
from bot.slack.ids import Press, Verb, due_key
from bot.slack.pen import Pen
from bot.slack.text import plain, squeeze, within
from bot.slack.words import doubts
from bot.slack.words.commands import ALL_COMMANDS, HELP, not_understood
from bot.slack.words.delivery import DayOff, Delivery, all_seen, day_off
from bot.slack.words.owed import owed_back, stays_open
from bot.slack.words.states import state

_FORM = Button(label="Open the form", press=Press(verb=Verb.FORM_ASK))


def said(*lines: str, buttons: Sequence[Button] = (), shows: tuple[int, ...] = ()) -> Rendered:
    """Render a reply of a few lines and buttons."""
    row = actions([button.block() for button in buttons], "reply")
    return Rendered(text=within(lines), blocks=(*sections(lines, 10), *row), shows=shows)


def help_reply() -> Rendered:
    """Render help."""
    return said(
        *HELP, buttons=[_FORM, Button(label="All commands", press=Press(verb=Verb.ALL_COMMANDS))]
    )


def all_commands() -> Rendered:
    """Render every command."""
    return said(*ALL_COMMANDS, buttons=[_FORM])


def unknown_line(text: str, nearest: str, *, usable: bool = True) -> Rendered:
    """Render the answer to a line that was not understood; usage alone is nothing to use."""
    use = Button(label="Use that", press=Press(verb=Verb.USE_THAT, text=nearest))
    fits = usable and bool(nearest) and len(use.press.encode()) <= BUTTON_VALUE
    return said(not_understood(text, nearest), buttons=[use, _FORM] if fits else [_FORM])


MY_LIST = Button(label="Show my list", press=Press(verb=Verb.SHOW_LIST))


def needs_form(
    typed_date: str, button: Button, *lines: str, doubt: Doubt | None = None
) -> Rendered:
    """Say that a line needs the form, where none can be opened unasked; nothing was saved."""
    asked = f"{doubts.asked(typed_date, doubt)} " if typed_date else ""
    text = f"{asked}This needs a little more. Nothing was saved yet."
    return said(text, *lines, buttons=[button])


def created(
    expectation: Expectation,
    me: Member,
    people: People,
    now: datetime,
    *,
    moves: frozenset[Action],
    told: Sequence[Delivery] = (),
    off: DayOff | None = None,
    event: int = 1,
    hint: bool = False,
) -> Rendered:
    """Render the reply to one expectation that was made; `event` is its event's seq.

    `hint` lets it say whose gain was left out.
    """
    pen = Pen.of(me, people, now)
    blocks = [
        *sections(_created(expectation, me, pen.in_blocks(), told, off), 3),
        *_created_row(expectation, moves, told, off, (event, pen)),
    ]
    hints = [gain_hint(expectation, me, pen)] if hint else []
    blocks += [context(each) for each in hints if each]
    return Rendered(
        text=within([*_created(expectation, me, pen, told, off), *filter(None, hints)]),
        blocks=tuple(blocks),
        shows=(expectation.number,),
    )


def together(replies: Sequence[Rendered]) -> Rendered:
    """Put the replies to one command that made several expectations into one message."""
    blocks = [block for reply in replies for block in reply.blocks]
    return Rendered(
        text=within([reply.text for reply in replies]),
        blocks=tuple(blocks[:MESSAGE_BLOCKS]),
        shows=tuple(number for reply in replies for number in reply.shows),
    )


def _created(
    it: Expectation, me: Member, pen: Pen, told: Sequence[Delivery], off: DayOff | None
) -> list[str]:
    if it.requester is None:
        yours = "It is yours: change it or let it go any time."
        lines = [f"{pen.item(it)}{pen.for_outside(it)}, {pen.by(it)}. {yours}"]
    else:
        other = it.other(me.user) or ""
        who = pen.who(other)
        first = f"{pen.item(it)}, {pen.by(it)}{_theirs(it, other, pen)}."
        last = f"Nothing is agreed until {who} answers."
        lines = [" ".join(part for part in (first, all_seen(told, pen), last) if part)]
    if off is not None and it.owner in pen.people:
        lines.append(day_off(off, pen.people[it.owner], pen))
    return lines


def gain_hint(it: Expectation, me: Member, pen: Pen) -> str:
    """Ask quietly what is in it for the other; empty where it is said, or not wanted."""
    whose = silent_gain(it, me.user)
    if whose is None or Stoppable.GAIN_HINT in me.stopped:
        return ""
    return f"What is in it for {pen.who(whose)}? They may ask."


def _theirs(it: Expectation, other: str, pen: Pen) -> str:
    """Return `; for {who} that is {their when}`, where their clock shows another hour."""
    member = pen.people.get(other)
    if member is None or not isinstance(it.due.wall, datetime):
        return ""
    at = it.due.wall
    if at.astimezone(member.zone).utcoffset() == at.astimezone(pen.zone).utcoffset():
        return ""
    return f"; for {pen.who(other)} that is {pen.for_other(member).at(at)}"


def _created_row(
    it: Expectation,
    moves: frozenset[Action],
    told: Sequence[Delivery],
    off: DayOff | None,
    sent: tuple[int, Pen],
) -> list[Block]:
    event, pen = sent
    change = Press(verb=Verb.CHANGE, number=it.number, seen=it.seen)
    row = [Button(label="Change", press=change)] if Action.CHANGE in moves else []
    if Action.CHANGE in moves:
        row += [day_button(it, due, pen) for due in _other_days(told, off)[:1]]
    if Action.DROP in moves:
        label = "Take back" if it.requester else "Let it go"
        press = Press(verb=Verb.DROP, number=it.number, seen=it.seen)
        row.append(Button(label=label, press=press, confirm="It counts nowhere."))
    if it.channel and it.visibility is Visibility.CHANNEL and not it.tell_channel:
        press = Press(verb=Verb.TELL_CHANNEL, number=it.number, seen=it.seen)
        row.append(Button(label="Tell the channel", press=press))
    row += send_now(it, told, event)
    about = plain(f"{it.id} {squeeze(it.terms.wording.result)}", 60)
    named = [replace(button, about=about).block() for button in row]
    return actions(named, f"made.{it.number}")


def _other_days(told: Sequence[Delivery], off: DayOff | None) -> list[Due]:
    """Return the days to offer: when it is read, if its day is over by then; before a day off."""
    read = [
        Due(each.when.astimezone(each.reader.zone).date())
        for each in told
        if each.day_ends_before and each.when is not None
    ]
    return [*read, off.before] if off is not None and off.before is not None else read


def day_button(it: Expectation, due: Due, pen: Pen) -> Button:
    """Return the button that moves what was just made to another day."""
    press = Press(verb=Verb.CHANGE_DAY, number=it.number, seen=it.seen, text=due_key(due))
    return Button(label=f"Make it {pen.day(due.day)}", press=press)


def send_now(it: Expectation, told: Sequence[Delivery], event: int) -> list[Button]:
    """Return *Send now* where somebody's next list would carry it."""
    if not any(each.may_send_now for each in told):
        return []
    return [
        Button(label="Send now", press=Press(verb=Verb.SEND_NOW, number=it.number, event=event))
    ]


def acted(
    expectation: Expectation,
    me: Member,
    people: People,
    now: datetime,
    *,
    told: Sequence[Delivery] = (),
    off: DayOff | None = None,
    event: int = 0,
    first_yes: bool = False,
    may_mend: bool = False,
    owed: Expectation | None = None,
) -> Rendered:
    """Render the reply to a verb: the item, where it stands now, and when the other reads it.

    After the `first_yes` its author may add their own words; whoever could not do it `may_mend` it.
    What is `owed` back is named while it is open: after a yes, and when what needs it has ended.
    """
    pen = Pen.of(me, people, now)

    def lines(pen: Pen) -> list[str]:
        it = expectation
        first = f"{pen.item(it)}, {pen.by(it)}: {state(it, pen)}."
        known = pen.people.get(it.owner)
        more = [day_off(off, known, pen)] if off is not None and known else []
        seen = all_seen(told, pen)
        if may_mend:
            more.append(f"Would you like to offer {pen.who(it.requester)} a way to put it right?")
        return [f"{first} {seen}".strip(), *owed_back(it, owed, pen), *more]

    row = [*send_now(expectation, told, event), show(expectation.number)]
    if first_yes and may_add_words(expectation, me.user):
        press = Press(verb=Verb.ADD_WORDS, number=expectation.number, seen=expectation.seen)
        row.insert(0, Button(label="Add my words", press=press))
    if may_mend:
        press = Press(verb=Verb.REMEDY, number=expectation.number, seen=expectation.seen)
        row.insert(0, Button(label="Offer a remedy", press=press))
    if owed is not None and stays_open(expectation, owed) and owed.requester == me.user:
        row.append(let_go_of(owed))
    return Rendered(
        text=within(lines(pen)),
        blocks=(
            *sections(lines(pen.in_blocks()), 3),
            *actions([button.block() for button in row], f"acted.{expectation.number}"),
        ),
        shows=(expectation.number,),
    )


def channel_told(expectation: Expectation, post: MessageState | None) -> Rendered:
    """Say whether the channel reads of it, and when."""
    match post:
        case MessageState.SENT:
            return said("The channel is told.")
        case MessageState.PENDING | MessageState.SENDING:
            return said("The channel is not told yet: Slack could not take the post. I try again.")
        case MessageState.UNKNOWN:
            return said(
                "Slack did not say whether it took the post, so the channel may not be told. If I "
                "cannot find out, I write to you."
            )
        case MessageState.DEAD | MessageState.CANCELLED:
            return said("The channel could not be told.")
        case _ if expectation.requester is None:
            return said("The channel is told.")
    return said("The channel is told once it is agreed, unless who agrees wants it between you.")


def show(number: int, label: str = "Show it") -> Button:
    """Return a button that shows an item."""
    return Button(label=label, press=Press(verb=Verb.SHOW, number=number))
