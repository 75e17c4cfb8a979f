"""What lies between two people, and the replies around what they share."""

from collections.abc import Iterable

from bot.domain.expectation import Expectation
from bot.domain.learnt import Learnt
from bot.domain.opinions import Opinion, Said, Topic
from bot.domain.views import BetweenView
from bot.slack.blocks.kit import Block, Button, Rendered, actions, section, sections
from bot.slack.blocks.replies import said
from bot.slack.blocks.sharing import share_learnt, share_opinion
from bot.slack.ids import Press, Verb
from bot.slack.pen import Pen
from bot.slack.text import squeeze, within
from bot.slack.words import opinions as words
from bot.slack.words.between import SHOWN, nothing_yet, parts, title
from bot.slack.words.learnt import STAYS, learnt_line

_EXCHANGES = 3
_IN_ONE_PART = 3
"""Sections; a part of the longest words still fits the message."""


def between(view: BetweenView) -> Rendered:
    """Render what lies between two people for one of them."""
    pen = Pen.of(view.reader, view.people, view.now).brief()
    in_blocks = pen.in_blocks()
    shared = [*_learnt(view, pen), *_fairness(view, pen), *_worth(view, pen)]
    in_text = [line for part in parts(view, pen) for line in part]
    in_text += [text for text, _ in shared]
    head = title(view, pen) if in_text else nothing_yet(view, pen)
    blocks: list[Block] = [section(head)]
    for part in parts(view, in_blocks):
        blocks += sections(part, _IN_ONE_PART)
    both = [*_learnt(view, in_blocks), *_fairness(view, in_blocks), *_worth(view, in_blocks)]
    for place, (text, button) in enumerate(both):
        accessory = None if button is None else button.block()
        blocks.append(section(text, block_id=f"shared.{place}", accessory=accessory))
    row = [button.block() for button in _buttons(view)]
    return Rendered(
        text=within([head, *in_text]),
        blocks=(*blocks, *actions(row, "between")),
        shows=tuple(dict.fromkeys(it.number for it in _open(view))),
    )


Line = tuple[str, Button | None]


def _open(view: BetweenView) -> Iterable[Expectation]:
    return (*view.you_do[:SHOWN], *view.they_do[:SHOWN], *view.series[:SHOWN])


def _buttons(view: BetweenView) -> list[Button]:
    """Return what may be done next; who has left is asked for nothing."""
    who = view.other.user
    more = max(len(view.you_do), len(view.they_do), len(view.series), len(view.needs)) > SHOWN
    row = []
    if view.other.active:
        row = [
            Button(label="Ask for something", press=Press(verb=Verb.FORM_ASK, key=who)),
            Button(label="Offer something", press=Press(verb=Verb.FORM_OFFER, key=who)),
            Button(label="Say thanks", press=Press(verb=Verb.SAY_THANKS, key=who)),
        ]
    if more:
        row.append(Button(label="Show the list", press=Press(verb=Verb.NEXT, scope=who)))
    return row


def _learnt(view: BetweenView, pen: Pen) -> list[Line]:
    found: list[Line] = []
    for line in view.learnt:
        it = view.about.get(line.number)
        if it is not None:
            text = f"{learnt_line(line, it, pen)} ({it.id})"
            found.append((text, share_learnt(line, it, view.reader.user)))
    return _headed("*Worth remembering*", found)


def _fairness(view: BetweenView, pen: Pen) -> list[Line]:
    who = pen.who(view.other.user)
    found: list[Line] = []
    for mine, theirs in _exchanges(view.fairness, view.reader.user):
        key = f"{view.other.user}/{mine.about}"
        button = _share(mine, theirs, key, words.quarter(mine.about, pen))
        found.append((words.about_quarter(mine, theirs, who, pen), button))
    return _headed("*Does the give and take feel fair?*", found)


def _worth(view: BetweenView, pen: Pen) -> list[Line]:
    who = pen.who(view.other.user)
    found: list[Line] = []
    for mine, theirs in _exchanges(view.worth, view.reader.user):
        it = view.about.get(int(mine.about.removeprefix("E-")))
        if it is not None:
            about = f"{it.id} {squeeze(it.terms.wording.result)}"
            button = _share(mine, theirs, mine.about, about)
            found.append((words.about_item(pen.item(it), mine, theirs, who), button))
    return _headed("*Was it worth it?* (1 to 5)", found)


def _headed(heading: str, lines: list[Line]) -> list[Line]:
    return [(heading, None), *lines] if lines else []


def _share(mine: Said, theirs: Said | None, key: str, about: str) -> Button | None:
    if theirs is not None:
        return None
    return share_opinion(mine.topic, key, shares=mine.shares, about=about)


def _exchanges(said: Iterable[Said], reader: str) -> list[tuple[Said, Said | None]]:
    """Return the reader's answers, each with the other's where both share; the latest first."""
    found: dict[str, dict[bool, Said]] = {}
    for one in said:
        found.setdefault(one.about, {})[one.by == reader] = one
    both = [(each[True], each.get(False)) for each in found.values() if True in each]
    return both[:_EXCHANGES]


def opinion_said(
    topic: Topic, key: str, mine: Opinion, theirs: Opinion | None, who: str, *, shares: bool
) -> Rendered:
    """Render what became of one's answer, where the message that was pressed does not show it."""
    text = words.said(mine, theirs, who, shares=shares)
    buttons = [] if theirs is not None else [share_opinion(topic, key, shares=shares)]
    return said(f"{text[:1].upper()}{text[1:]}", buttons=buttons)


def line_said(line: Learnt, it: Expectation, pen: Pen, *, stays: bool = False) -> Rendered:
    """Render what became of a line worth remembering; one that is shared stays as it was."""
    button = share_learnt(line, it, pen.reader or "")
    text = f"{pen.item(it)}. {STAYS if stays else ''}{learnt_line(line, it, pen)}"
    return said(text, buttons=[] if button is None else [button])


def whom() -> Rendered:
    """Ask with whom, where no form can be opened unasked."""
    choose = Button(label="Choose a person", press=Press(verb=Verb.WITH))
    return said("With whom? Choose a person, or type `with @who`.", buttons=[choose])
