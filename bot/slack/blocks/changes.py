"""*Show what changed*: each version beside the one before it, word by word."""

from itertools import pairwise

from bot.domain.terms import Terms
from bot.domain.views import ShowView
from bot.slack.blocks.home import paging
from bot.slack.blocks.kit import Block, section, sections
from bot.slack.blocks.modal import info_modal
from bot.slack.ids import CHANGES
from bot.slack.pen import Pen
from bot.slack.words.differences import changed_lines

_A_PAGE = 10


def changes_modal(view: ShowView, page: int = 0) -> Block:
    """Return what each version says differently, the newest first, ten a page."""
    card = view.card
    pen = Pen.of(card.reader, card.people, card.now).in_blocks()
    pairs = list(pairwise(sorted(view.terms, key=lambda terms: terms.version)))[::-1]
    first = page * _A_PAGE
    blocks = [section(pen.item(card.expectation))]
    for before, after in pairs[first : first + _A_PAGE]:
        blocks += sections(_lines(before, after, view, pen), 3)
    more = len(pairs) > first + _A_PAGE
    blocks += paging(f"{CHANGES}{card.expectation.number}", page, more=more)
    return info_modal("What changed", blocks)


def _lines(before: Terms, after: Terms, view: ShowView, pen: Pen) -> list[str]:
    it = view.card.expectation
    day = pen.day(after.at.astimezone(pen.zone).date())
    agreed = "" if after.accepted_at is None else ", agreed"
    who = pen.you_or(after.author)
    lines = [f"*Version {after.version}*, {who}, {day}{agreed}.{pen.said(after.note)}"]
    new, old = after.wording.result, before.wording.result
    if new != old:
        lines.append(f"{pen.quote(new)} instead of {pen.quote(old)}")
    if (before.due, before.rrule) != (after.due, after.rrule):
        now, then = (pen.by_terms(one.due, one.rrule, it.owner) for one in (after, before))
        lines.append(f"{now} instead of {then.removeprefix('by ')}")
    return [*lines, *changed_lines(before, after, it, pen)]
