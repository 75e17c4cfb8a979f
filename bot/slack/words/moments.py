"""The sentences of each moment; a part without a value is left out."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.expectation import CLOCK, Action, Expectation, PendingKind
from bot.domain.forgetting import is_tombstone
from bot.domain.member import Member
from bot.domain.messages import UNCLEAR, Moment
from bot.domain.terms import Terms
from bot.domain.views import CardView
from bot.slack.pen import Pen
from bot.slack.text import escape, typed
from bot.slack.words.delivery import not_reached
from bot.slack.words.differences import changed_lines, side
from bot.slack.words.learnt import remembered
from bot.slack.words.owed import also_asked, needed, needed_for, stays, yes_agrees
from bot.slack.words.own_words import heard, own_words
from bot.slack.words.prompts import check_in, series_question
from bot.slack.words.states import present
from bot.slack.words.terms import audience, details

LINK_LIMIT = 1000
"""A longer address would leave no room for its item."""

Words = Callable[[CardView, Pen], list[str]]


def words(view: CardView, pen: Pen) -> list[str]:
    """Return what a message says of its moment, a paragraph each; the first names the item."""
    if not view.current:
        return [*present(view.expectation, pen), *stays(view, pen)]
    lines = [*_WORDS[view.moment](view, pen), *stays(view, pen), *_learnt(view, pen)]
    return [*lines, *first_meeting(view.reader)] if view.first_time else lines


def _learnt(view: CardView, pen: Pen) -> list[str]:
    """Return the lines worth remembering, one each."""
    return [remembered(line, view.expectation, pen) for line in view.learnt]


def first_meeting(reader: Member) -> list[str]:
    """Return the two lines that somebody reads once, when the bot first writes to them."""
    return [
        (
            "Winwin keeps what people agree. "
            f"I write at {reader.check_in:%H:%M} on {days_in_words(reader.workdays)}."
        )
    ]


def days_in_words(days: frozenset[int]) -> str:
    """Name weekdays: Monday to Friday, or each by its name."""
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    ordered = sorted(days)
    if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:  # noqa: PLR2004 - a run
        return f"{names[ordered[0]]} to {names[ordered[-1]]}"
    if len(ordered) == 1:
        return names[ordered[0]]
    return f"{', '.join(names[each] for each in ordered[:-1])} and {names[ordered[-1]]}"


def actor(view: CardView) -> str:
    """Return whose doing it tells; the other party where the clock or nobody acted."""
    doer = view.event.actor if view.event else ""
    if doer in view.expectation.parties and doer != view.reader.user:
        return doer
    return view.expectation.other(view.reader.user) or view.expectation.owner


def note(view: CardView) -> str:
    """Return people's own words that come with the moment."""
    return view.event.note if view.event else ""


def _proposal(view: CardView, pen: Pen, verb: str, last: str) -> list[str]:
    it = view.expectation
    who = pen.who(it.other(view.reader.user))
    lines = [f"{who} {verb} you: {pen.item(it)}, {pen.by(it)}."]
    lines += details(it.terms.wording, it, pen)
    if view.goal:
        lines.append(f"Goal: *{typed(view.goal.title, 300)}* ({view.goal.id})")
    if it.link:
        lines.append(f"From {linked(it.link, 'this message')}.")
    if view.asked_too:
        lines.append(f"Asked as well: {pen.people_list(view.asked_too)}.")
    if it.due_at <= view.now and not it.is_series:
        lines.append("Its day has passed: suggest another day.")
    return [*lines, f"Seen by {audience(it, pen)}. {last}"]


def _asked(view: CardView, pen: Pen) -> list[str]:
    last = "Nothing is agreed until you answer, and no is a good answer too."
    return _proposal(view, pen, "asks", last)


def _offered(view: CardView, pen: Pen) -> list[str]:
    return _proposal(view, pen, "offers", "Nothing is agreed until you answer.")


def _remedy(view: CardView, pen: Pen) -> list[str]:
    it = view.expectation
    about = pen.item(view.puts_right) if view.puts_right else f"E-{it.remedy_of}"
    happened = pen.said(view.args.get("what_happened", ""))
    first = f"{about}:{happened} {pen.who(it.owner)} offers: {pen.item(it)}, {pen.by(it)}."
    return [first, *details(it.terms.wording, it, pen)]


def suggestion(view: CardView, pen: Pen) -> list[str]:
    """Return what a suggested change says: the new beside the old."""
    it = view.expectation
    pen = replace(pen, note_limit=min(pen.note_limit, 350))  # three quotations in one line
    new, old = versions(it, view.previous)
    who = pen.who(actor(view) if it.pending is None else it.pending.author)
    head = f"{pen.item(it)}: {who} suggests"
    if new is None or old is None:
        return [f"{head} another wording, {pen.by(it)}.{pen.said(note(view))}"]
    asked, agreed = _named(new, old, it, pen), _named(old, new, it, pen)
    if asked == agreed:
        asked, agreed = "what follows", "what stood there"
    lines = [f"{head} {asked} instead of {agreed}.{pen.said(new.note or note(view))}"]
    return [*lines, *changed_lines(old, new, it, pen), *_besides(old, new, view, pen)]


def _besides(old: Terms, new: Terms, view: CardView, pen: Pen) -> list[str]:
    """Return what the yes to a change agrees to besides; its words are not said twice."""
    it, owed = view.expectation, view.owed
    was, is_now = old.wording, new.wording
    said = (was.needs, was.needs_by) != (is_now.needs, is_now.needs_by)
    besides = yes_agrees(it, owed, pen) if said else also_asked(it, owed, pen)
    return [besides] if besides else []


def both_sides(view: CardView, pen: Pen) -> list[str]:
    """Return both sides' last suggestions, the reader's first; none before there were three."""
    brief = replace(pen, note_limit=min(pen.note_limit, 350))
    return [side(terms, view.expectation, brief) for terms in view.sides]


def versions(it: Expectation, previous: Terms | None) -> tuple[Terms | None, Terms | None]:
    """Return the suggested version and the one that it would replace."""
    if it.pending is not None and it.pending.kind is PendingKind.TERMS:
        return it.pending.terms, it.terms
    return it.terms, previous


def _named(terms: Terms, than: Terms, it: Expectation, pen: Pen) -> str:
    """Name what one version says differently than another: its result, its day, or both."""
    parts = []
    if terms.wording.result != than.wording.result:
        parts.append(pen.quote(terms.wording.result))
    if (terms.due, terms.rrule) != (than.due, than.rrule):
        in_force = terms.rrule is not None and terms.version == it.terms.version
        due = it.due if in_force else terms.due  # a series' terms name its first date only
        parts.append(pen.by_terms(due, terms.rrule, it.owner).removeprefix("by "))
    return ", ".join(parts)


def _let_go_asked(view: CardView, pen: Pen) -> list[str]:
    it = view.expectation
    said = it.pending.note if it.pending else note(view)
    return [f"{pen.item(it)}: {pen.who(actor(view))} asks to be let go.{pen.said(said)}"]


def _let_go(view: CardView, pen: Pen) -> list[str]:
    it = view.expectation
    doer = view.event.actor if view.event else it.requester
    why = "it came to its end"
    if doer == it.owner:
        why = f"{pen.you_or(it.owner)} ended it"
    elif doer == it.requester:
        why = f"{pen.who(it.requester)} no longer needs it"
    return [f"{pen.item(it)}: {why}. It is closed and counts nowhere."]


def _question(view: CardView, pen: Pen) -> list[str]:
    it = view.expectation
    text = it.question.text if it.question else note(view)
    return [f"{pen.item(it)}: {pen.who(actor(view))} asks {pen.quote(text)}"]


def _answer(view: CardView, pen: Pen) -> list[str]:
    text = pen.quote(note(view))
    return [f"{pen.item(view.expectation)}: {pen.who(actor(view))} answers {text}."]


def _accepted(view: CardView, pen: Pen) -> list[str]:
    it = view.expectation
    first = f"{pen.item(it)}: agreed with {pen.who(actor(view))}, {pen.by(it)}."
    return [first, *own_words(view, pen), *needed(view, pen), *heard(view, pen)]


def _agreed(view: CardView, pen: Pen) -> list[str]:
    it = view.expectation
    if it.requester is None:
        yours = "It is yours: change it or let it go any time."
        return [f"{pen.item(it)}{pen.for_outside(it)}, {pen.by(it)}. {yours}"]
    who = pen.who(it.other(view.reader.user))
    first = f"{pen.item(it)}: agreed with {who}, {pen.by(it)}."
    if view.reader.user != it.owner:
        return [first, *needed(view, pen), *needed_for(view, pen)]
    said = [*own_words(view, pen), *needed(view, pen), *needed_for(view, pen), *heard(view, pen)]
    return [first, *said, f"Ask me later stays with you; {who} hears the rest."]


def _as_before(view: CardView, pen: Pen) -> list[str]:
    it = view.expectation
    return [f"{pen.item(it)}: as agreed before, due {pen.when(it.due, it.owner)}."]


def _changed(view: CardView, pen: Pen) -> list[str]:
    it = view.expectation
    owed = needed(view, pen) if view.owed else []
    if it.is_series:
        return [f"{pen.item(it)}: agreed, {pen.by(it)}.", *owed]
    when = pen.when(it.due, it.owner)
    if it.moved_late:
        return [f"{pen.item(it)}: agreed, now due {when}.", *owed]
    said = f"{pen.item(it)}: now due {when}, agreed in good time. Done by then, it is kept."
    return [said, *owed]


def _at_risk(view: CardView, pen: Pen) -> list[str]:
    it = view.expectation
    return [
        (
            f"{pen.item(it)}, due {pen.when(it.due, it.owner)}: {pen.who(actor(view))} sees a risk."
            f"{pen.said(note(view))} There is still time to change it together."
        )
    ]


def _done(view: CardView, pen: Pen) -> list[str]:
    it, report = view.expectation, view.expectation.last_report
    parts = [f"{pen.item(it)}: {pen.who(it.owner)} is done."]
    if report is not None:
        parts.append(f"Finished: {pen.when(report.finished_on, it.owner)}.")
        if report.link:
            parts.append(linked(report.link, "Link"))
        if report.thanks_to:
            parts.append(f"With thanks to {pen.who(report.thanks_to)}.")
    parts.append("Does it fit?")
    if view.closes_on:
        parts.append(f"If I hear nothing, it is closed as fitting on {pen.day(view.closes_on)}.")
    return [" ".join(parts)]


def _your_done(view: CardView, pen: Pen) -> list[str]:
    it = view.expectation
    text = f"{pen.item(it)}: done."
    if it.requester is not None:
        close = view.closes_on
        until = f"; without a word it is closed on {pen.day(close)}" if close else ""
        text += f" {pen.who(it.requester)} looks{until}."
    return [text]


def _returned(view: CardView, pen: Pen) -> list[str]:
    it = view.expectation
    who = pen.who(it.requester)
    pending = it.pending.terms if it.pending and it.pending.author == it.requester else None
    suggests = f"; {who} suggests {pen.when(pending.due, it.owner)}" if pending else ""
    return [
        (
            f"{pen.item(it)}: {who} looked. Still missing: {pen.quote(note(view))} "
            f"Now due {pen.when(it.due, it.owner)}{suggests}. Your first report stays noted."
        )
    ]


def _not_delivered(view: CardView, pen: Pen) -> list[str]:
    code = view.args.get("reason", "")
    if "channel" in view.args:
        who = f"<#{escape(view.args['channel'])}>"
    else:
        who = pen.who(view.expectation.other(view.reader.user))
        code = "user_not_found" if code == "channel_not_found" else code
    said = not_reached(who, code, unclear=UNCLEAR in view.args)
    return [f"{pen.item(view.expectation)}: {said}"]


def _different(view: CardView, pen: Pen) -> list[str]:
    item, said = pen.item(view.expectation), statements(view, pen)
    if Action.DIFFER in view.moves:
        first = f"{item}: {pen.who(actor(view))} sees it differently. It counts nowhere."
        return [first, *said, "How do you see it?"]
    return [f"{item}: you see it differently; both statements are kept. It counts nowhere.", *said]


def statements(view: CardView, pen: Pen) -> list[str]:
    """Return how each of the two sees it, as they said."""
    return [f"{pen.you_or(said.actor)}: {pen.quote(said.note)}" for said in view.statements]


def _help_offered(view: CardView, pen: Pen) -> list[str]:
    """Say who offers help: that may be somebody who is no party."""
    event = view.event
    helper = event.actor if event is not None and event.actor != CLOCK else actor(view)
    return [f"{pen.item(view.expectation)}: {pen.who(helper)} offers help.{pen.said(note(view))}"]


def _told_channel(view: CardView, pen: Pen) -> list[str]:
    it = view.expectation
    owner = pen.who(it.owner)
    if it.requester is None:
        return [f"{pen.item(it)}, {pen.by(it)}: {owner} takes it on{pen.for_outside(it)}."]
    return [f"{pen.item(it)}, {pen.by(it)}: agreed by {owner} and {pen.who(it.requester)}."]


def _ended(view: CardView, pen: Pen) -> list[str]:
    return present(view.expectation, pen)


def _left(view: CardView, pen: Pen) -> list[str]:
    who = actor(view)
    said = "the other side left and is forgotten"
    if not is_tombstone(who):
        said = f"{pen.who(who)} left the workspace"
    return [f"{pen.item(view.expectation)}: {said}. It is closed and counts nowhere."]


def _one_line(template: str, *, quoted: bool = False) -> Words:
    """Return the words of a moment that is one sentence about {item} and {who}."""

    def say(view: CardView, pen: Pen) -> list[str]:
        said = pen.said(note(view)) if quoted else ""
        who = pen.who(actor(view))
        return [template.format(item=pen.item(view.expectation), who=who, said=said)]

    return say


def linked(address: str, label: str) -> str:
    """Return a link where the address is one, else what was typed."""
    if not address.startswith(("http://", "https://")) or any(s in address for s in " |<>"):
        return typed(address, 500)
    link = f"<{escape(address)}|{label}>"
    return link if len(link) <= LINK_LIMIT else typed(address, 500)


_WORDS: Mapping[Moment, Words] = {
    Moment.PROPOSAL: _asked,
    Moment.OFFER: _offered,
    Moment.REMEDY: _remedy,
    Moment.SUGGESTED_CHANGE: suggestion,
    Moment.CHANGE_TO_AGREED: suggestion,
    Moment.ASKS_TO_BE_LET_GO: _let_go_asked,
    Moment.QUESTION: _question,
    Moment.ANSWER: _answer,
    Moment.ACCEPTED: _accepted,
    Moment.AGREED: _agreed,
    Moment.DECLINED: _one_line("{item}: {who} said no.{said} It is closed.", quoted=True),
    Moment.TAKEN_BACK: _one_line("{item}: {who} took it back."),
    Moment.KEPT_AS_IT_WAS: _as_before,
    Moment.CHANGE_LAPSED: _as_before,
    Moment.CHANGED_IN_TIME: _changed,
    Moment.AT_RISK: _at_risk,
    Moment.NEED_HELP: _one_line("{item}: {who} asks for help.{said}", quoted=True),
    Moment.HELP_OFFERED: _help_offered,
    Moment.DONE: _done,
    Moment.YOUR_DONE: _your_done,
    Moment.RETURNED: _returned,
    Moment.KEPT: _ended,
    Moment.CLOSED: _ended,
    Moment.HANDED_BACK: _one_line(
        "{item}: {who} cannot do it and says so in time.{said} It counts nowhere.", quoted=True
    ),
    Moment.COULD_NOT: _one_line("{item}: {who} could not do it.{said}", quoted=True),
    Moment.NOT_KEPT: _one_line(
        "{item}: not kept this time. Would you like to offer {who} a way to put it right?"
    ),
    Moment.FORGIVEN: _one_line("{item}: {who} says it is settled. It counts nowhere."),
    Moment.LET_GO: _let_go,
    Moment.DIFFERENT: _different,
    Moment.ENDED_UNANSWERED: _one_line("{item}: ended unanswered. It counts nowhere."),
    Moment.LEFT: _left,
    Moment.NOT_DELIVERED: _not_delivered,
    Moment.HOUR_BEFORE: check_in,
    Moment.ASK_LATER: check_in,
    Moment.SERIES_QUESTION: series_question,
    Moment.TOLD_CHANNEL: _told_channel,
}
