"""A member's list: one thing in full, or up to five with an Answer menu each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from bot.domain.messages import Moment, Prompt
from bot.domain.views import AskedItem, CardView, HeldLine, ListView
from bot.slack.blocks import buttons
from bot.slack.blocks.asides import aside_blocks, aside_words
from bot.slack.blocks.card import SETTINGS, asked_words, button_row, tick
from bot.slack.blocks.greetings import keep_between
from bot.slack.blocks.kit import (
    MESSAGE_BLOCKS,
    Block,
    Button,
    Rendered,
    actions,
    context,
    menu,
    section,
    sections,
)
from bot.slack.ids import ANSWER_MENU, Press, Verb
from bot.slack.pen import Pen
from bot.slack.text import within
from bot.slack.words.lists import ELSE, PRIVATE, held_line, item_line, opening, rest
from bot.slack.words.moments import first_meeting, words

_NEWS: Mapping[Prompt, frozenset[Moment]] = {
    Prompt.PROPOSAL: frozenset(
        {Moment.PROPOSAL, Moment.OFFER, Moment.REMEDY, Moment.SUGGESTED_CHANGE}
    ),
    Prompt.CHANGE: frozenset({Moment.CHANGE_TO_AGREED}),
    Prompt.LET_GO: frozenset({Moment.ASKS_TO_BE_LET_GO}),
    Prompt.QUESTION: frozenset({Moment.QUESTION}),
    Prompt.DONE: frozenset({Moment.DONE}),
}
"""The notices that ask the same as a list does."""

_HELD_MENUS = 15
"""So many held notices have a menu; a message has room for 50 blocks."""

_NOT_IN_MENUS = frozenset({Verb.TALK, Verb.NOT_NOW})
"""Links stand in no menu, and what is left unanswered needs no answer."""


def list_message(view: ListView, team_id: str) -> Rendered:
    """Render a list; one that is answered in part shows what became of it."""
    pen = Pen.of(view.reader, view.people, view.now)
    brief = pen.brief()
    alone = view.items[0] if len(view.items) == 1 and not view.answered else None
    new = _new(view, alone) if alone else None
    view = replace(view, held=tuple(line for line in view.held if line is not new))
    held = [held_line(line, view, brief) for line in view.held]
    if alone is not None:
        text, blocks = _in_full(alone, new, pen, team_id)
    else:
        text, blocks = _lines(view, brief)
    if view.rest:
        text.append(rest(view))
        blocks.append(context(rest(view)))
    text += [aside_words(one, pen) for one in view.asides]
    blocks += aside_blocks(view.asides, pen.in_blocks())
    if view.first_time:
        text += first_meeting(view.reader)
        blocks += [section(*first_meeting(view.reader)), *actions([SETTINGS.block()], "first")]
    return Rendered(
        text=within([*held, *text]),
        blocks=tuple([*_carried(view, brief.in_blocks()), *blocks][:MESSAGE_BLOCKS]),
        shows=tuple(dict.fromkeys(_numbers(view))),
    )


def _numbers(view: ListView) -> list[int]:
    """Return what it asks about, then what else may be answered in it."""
    held = (line.card.expectation.number for line in view.held if line.card is not None)
    return [*(item.card.expectation.number for item in view.items), *held]


def _carried(view: ListView, pen: Pen) -> list[Block]:
    """Return the held notices, a line each, with what may be answered to each beside it."""
    blocks: list[Block] = []
    menus = _held_menus(view)
    for has_menu, group in groupby(enumerate(view.held), lambda pair: pair[0] in menus):
        lines = [(place, held_line(line, view, pen)) for place, line in group]
        if has_menu:
            blocks += [
                section(text, block_id=f"held.{place}", accessory=menus[place])
                for place, text in lines
            ]
        else:
            blocks += sections([text for _, text in lines], 10)
    return blocks


def _held_menus(view: ListView) -> dict[int, Block]:
    """Return the menu of each held notice, by its place; what is asked below has its own.

    Of several notices about one item the last has it.
    """
    asked = {item.card.expectation.number for item in view.items}
    found: dict[tuple[str, int], tuple[int, Block]] = {}
    for place, line in enumerate(view.held):
        key, accessory = _held_menu(line)
        if accessory is not None and not (line.card and key[1] in asked):
            found.pop(key, None)
            found[key] = (place, accessory)
    return dict(list(found.values())[-_HELD_MENUS:])


def _held_menu(line: HeldLine) -> tuple[tuple[str, int], Block | None]:
    """Return what a held notice is about, and its menu."""
    if line.thanks is not None:
        may_keep = line.channel_name is not None and not line.thanks.kept_between
        button = keep_between(line.thanks).block() if may_keep else None
        return ("thanks", line.thanks.number), button
    if line.card is None:
        return ("item", 0), None
    row = buttons.offered(line.card) + buttons.offered_menu(line.card)
    options = [buttons.option(offer, line.card) for offer in row if offer.verb not in _NOT_IN_MENUS]
    accessory = menu(ANSWER_MENU, "Answer", options) if options else None
    return ("item", line.card.expectation.number), accessory


def _new(view: ListView, item: AskedItem) -> HeldLine | None:
    """Return the held notice that asks what the list asks: it is said once, in full."""
    moments = _NEWS.get(item.prompt, frozenset())
    number = item.card.expectation.number
    about = [
        line
        for line in view.held
        if line.card is not None
        and line.moment in moments
        and line.card.expectation.number == number
    ]
    return about[-1] if about else None


def _in_full(
    item: AskedItem, new: HeldLine | None, pen: Pen, team_id: str
) -> tuple[list[str], list[Block]]:
    def said(pen: Pen) -> list[str]:
        if new is None or new.card is None:
            return asked_words(item.prompt, item.card, pen)
        return words(replace(new.card, first_time=False), pen)

    row = button_row(item.card, team_id, item.prompt)
    return said(pen), [*sections(said(pen.in_blocks()), 4), *tick(item.card), *row]


def _lines(view: ListView, pen: Pen) -> tuple[list[str], list[Block]]:
    if not view.items:
        return [], []
    lines = [item_line(item, view, pen) for item in view.items]
    checks = [item for item in view.items if item.prompt is Prompt.CHECK_IN]
    text = [opening(view), *lines, ELSE, *([PRIVATE] if checks else [])]
    blocks = [section(opening(view))]
    for place, item in enumerate(view.items):
        done = item.card.expectation.number in view.answered
        blocks.append(asked_section(item, item_line(item, view, pen.in_blocks()), place, done=done))
    blocks += actions(_all_on_track(checks, view), "all")
    blocks.append(context(" ".join([ELSE, *([PRIVATE] if checks else [])])))
    return text, blocks


def asked_section(item: AskedItem, text: str, place: int, *, done: bool = False) -> Block:
    """Return one thing that is asked, with its Answer menu."""
    card = item.card
    options = [buttons.option(offer, card) for offer in answers(item)]
    block_id = f"ask.{place}.{card.expectation.number}"
    if done or not options:
        return section(text, block_id=block_id)
    return section(text, block_id=block_id, accessory=menu(ANSWER_MENU, "Answer", options))


def answers(item: AskedItem) -> tuple[buttons.Offer, ...]:
    """Return all answers to one thing, a menu's worth; links stand in no menu."""
    card: CardView = item.card
    row = buttons.offered(card, item.prompt) + buttons.offered_menu(card, item.prompt)
    return tuple(offer for offer in row if offer.verb not in _NOT_IN_MENUS)


def _all_on_track(checks: Sequence[AskedItem], view: ListView) -> list[Block]:
    asked = [
        (item.card.expectation.number, item.card.expectation.seen)
        for item in checks
        if item.card.expectation.number not in view.answered
        and any(offer is buttons.ON_TRACK for offer in answers(item))
    ]
    if len(asked) < 2:  # noqa: PLR2004 - one alone has its own On track
        return []
    press = Press(verb=Verb.ALL_ON_TRACK, items=tuple(asked))
    return [Button(label="All on track", press=press).block()]
