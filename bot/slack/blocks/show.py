"""`show E-42`: all there is to a party, and only what was agreed to anybody else."""

from bot.domain.expectation import CheckIn, Expectation, Status
from bot.domain.messages import Prompt
from bot.domain.own_words import latest_of
from bot.domain.views import ShowView
from bot.slack.blocks import buttons
from bot.slack.blocks.kit import Block, Rendered, actions, context, section, sections, side_by_side
from bot.slack.blocks.modal import info_modal
from bot.slack.ids import Verb
from bot.slack.pen import Pen
from bot.slack.text import within
from bot.slack.words.history import event_line, parties_line, period_line
from bot.slack.words.learnt import remembered
from bot.slack.words.moments import both_sides
from bot.slack.words.owed import also_asked, needed, needed_for, stays
from bot.slack.words.own_words import read_back, said_by
from bot.slack.words.states import state
from bot.slack.words.terms import audience, details

_CHECK_INS = {
    CheckIn.ON_TRACK: buttons.ON_TRACK,
    CheckIn.AT_RISK: buttons.AT_RISK,
    CheckIn.NEED_HELP: buttons.NEED_HELP,
    CheckIn.OFFER_HELP: buttons.HELP,
    CheckIn.LATER: buttons.LATER,
}
_LINES = 15
"""So many of the latest events and dates are shown."""


def show(view: ShowView, team_id: str) -> Rendered:
    """Render the answer to `show E-42`."""
    pen = Pen.of(view.card.reader, view.card.people, view.card.now)
    text = [*_facts(view, pen), *_sides(view, pen), *_history(view, pen.brief())]
    return Rendered(
        text=within(text),
        blocks=tuple(_blocks(view, pen.in_blocks(), team_id)),
        shows=(view.card.expectation.number,),
    )


def show_modal(view: ShowView, team_id: str) -> dict[str, object]:
    """Render the same as a modal, for Home."""
    pen = Pen.of(view.card.reader, view.card.people, view.card.now).in_blocks()
    return info_modal(view.card.expectation.id, _blocks(view, pen, team_id))


def _blocks(view: ShowView, pen: Pen, team_id: str) -> list[Block]:
    blocks = sections(_facts(view, pen), 4)
    blocks += side_by_side(_sides(view, pen))
    history = _history(view, pen.brief())
    if history:
        blocks += [section("*What happened*"), *sections(history, 3)]
    return blocks + _buttons(view, team_id)


def _facts(view: ShowView, pen: Pen) -> list[str]:
    it = view.card.expectation
    if not view.full:
        word = "kept" if it.status is Status.MET else "open"
        return [f"{pen.item(it)}, {pen.by(it)}: {word}.", parties_line(it, pen)]
    facts = [f"{pen.item(it)}, {pen.by(it)}: {state(it, pen)}.", parties_line(it, pen)]
    facts.append(_version(it, pen))
    facts += details(it.terms.wording, it, pen)
    if it.pending is not None:
        facts.append(also_asked(it, view.card.owed, pen))
    facts += _own_words(view, pen)
    facts += _linked(view, pen)
    facts += [remembered(line, it, pen) for line in view.card.learnt]
    if it.remedy_of is not None:
        facts.append(f"It is offered to put E-{it.remedy_of} right.")
    if it.requester is not None:
        facts.append(f"Seen by {audience(it, pen)}.")
    return [fact for fact in facts if fact]


def _linked(view: ShowView, pen: Pen) -> list[str]:
    """Return what is owed back for it, and what it is needed for."""
    owed = needed(view.card, pen) if view.card.owed else []
    return [*owed, *needed_for(view.card, pen), *stays(view.card, pen)]


def _sides(view: ShowView, pen: Pen) -> list[str]:
    return both_sides(view.card, pen) if view.full else []


def _version(it: Expectation, pen: Pen) -> str:
    """Return which version it is, and since when it is agreed."""
    terms = it.terms
    if terms.accepted_at is None:
        who = "you" if terms.author == pen.reader else pen.who(terms.author)
        return f"Version {terms.version}, by {who}; not agreed."
    day = pen.day(terms.accepted_at.astimezone(pen.zone).date())
    return f"Version {terms.version}, agreed on {day}."


def _own_words(view: ShowView, pen: Pen) -> list[str]:
    """Return the latest own words of each party, the other's first, and who read them back."""
    it, me = view.card.expectation, view.card.reader.user
    found = (latest_of(view.words, user) for user in (it.other(me), me))
    return [
        line
        for words in found
        if words is not None
        for line in (*said_by(words, it, pen), *read_back(words, it, pen))
    ]


def _history(view: ShowView, pen: Pen) -> list[str]:
    if not view.full:
        return []
    events = [event_line(event, pen) for event in view.history[-_LINES:]]
    return events + [period_line(period, pen) for period in view.periods[-_LINES:]]


def _about_date(view: ShowView) -> tuple[buttons.Offer, ...]:
    """Return the answers to the date of a series that waits for its reader."""
    card = view.card
    if card.period is None:
        return ()
    is_owner = card.reader.user == card.expectation.owner
    return buttons.PROMPTS[Prompt.PERIOD if is_owner else Prompt.PERIOD_DONE]


def _buttons(view: ShowView, team_id: str) -> list[Block]:
    if not view.full:
        return []
    offers = [*_about_date(view), *buttons.SHOWN]
    offers = [offer for offer in offers if buttons.is_open(offer, view.card)]
    offers += [offer for check, offer in _CHECK_INS.items() if check in view.check_ins]
    if buttons.is_open(buttons.TALK, view.card):
        offers.append(buttons.TALK)
    unique = {offer.verb: offer for offer in offers}
    row = {
        each.label: each
        for each in (buttons.button(offer, view.card, team_id) for offer in unique.values())
    }
    elements = [button.block() for button in row.values()]
    rows = actions(elements, f"moves.{view.card.expectation.number}")
    notes = {Verb.ON_TRACK, Verb.LATER} & set(unique)
    small = [context("On track and Ask me later stay with you.")] if notes else []
    return rows + small
