"""A channel's charter: to who asks for it, and as a post in its channel."""

from collections.abc import Sequence
from datetime import date

from bot.domain.charter import CharterVersion, words_key
from bot.domain.views import AsideView, CharterView
from bot.slack.blocks.kit import Block, Button, Rendered, actions, sections
from bot.slack.blocks.modal import info_modal
from bot.slack.blocks.replies import said
from bot.slack.ids import Press, Verb
from bot.slack.pen import Pen
from bot.slack.text import within
from bot.slack.words import charter as words


def charter(view: CharterView) -> Rendered:
    """Render a charter; in the channel's post names, no mentions, so that nobody is pinged."""
    reader = view.reader.user if view.reader else None
    pen = Pen(reader=reader, zone=view.zone, people=view.people, now=view.now)
    lines = words.charter_lines(view, pen)
    row = [button.block() for button in _buttons(view)]
    return Rendered(text=within(lines), blocks=(*sections(lines, 4), *actions(row, "charter")))


def _buttons(view: CharterView) -> list[Button]:
    if view.words is None:
        key = words_key(view.channel, 0)
        return [_button("Write the first", Verb.CHARTER_EDIT, key)]
    if view.newer:
        return []
    key = words_key(view.channel, view.words.version)
    agree = _button("I agree", Verb.CHARTER_AGREE, key)
    back = _button("Take back my yes", Verb.CHARTER_TAKE_BACK, key)
    other = _button("Suggest other words", Verb.CHARTER_EDIT, key)
    changes = [_button("What changed", Verb.CHARTER_CHANGES, key)]
    changes = changes if view.words.version > 1 else []
    if view.reader is None:
        return [agree, other, back, *changes]
    mine = back if view.reader.user in view.agreed else agree
    post = [] if view.posted else [_button("Show it to the channel", Verb.CHARTER_POST, key)]
    return [mine, other, *changes, *post]


def _button(label: str, verb: Verb, key: str) -> Button:
    return Button(label=label, press=Press(verb=verb, key=key))


def agreed(key: str, version: int) -> Rendered:
    """Render that somebody's yes is noted, with the way back."""
    back = _button("Take back my yes", Verb.CHARTER_TAKE_BACK, key)
    return said(words.agreed(version), buttons=[back])


def taken_back(version: int) -> Rendered:
    """Render that a yes was taken back."""
    return said(words.taken_back(version))


def posted(*, arrived: bool) -> Rendered:
    """Render that the channel is shown its charter."""
    return said("It stands in the channel." if arrived else "It is on its way to the channel.")


def still_right(day: date, pen: Pen) -> Rendered:
    """Render that a charter stays as it is."""
    return said(words.still_right(day, pen))


def charter_changes(pairs: Sequence[tuple[CharterVersion, CharterVersion]], pen: Pen) -> Block:
    """Return what the last versions changed, the newest first."""
    blocks: list[Block] = []
    for before, after in pairs:
        blocks += sections(words.changed(before, after, pen.in_blocks()), 5)
    return info_modal("What changed", blocks or sections([words.FIRST_WORDS], 1))


def review_buttons(view: AsideView) -> list[Button]:
    """Return what the author of a charter's words may press on its review day."""
    return [
        _button("Still right", Verb.CHARTER_STILL, view.key),
        _button("Change it", Verb.CHARTER_EDIT, view.key),
        _button("Not now", Verb.NOT_NOW, view.key),
    ]
