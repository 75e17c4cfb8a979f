"""Which buttons each moment and each question carries, and which of them are open now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.domain.expectation import (
    Action,
    Expectation,
    Kind,
    PendingKind,
    Status,
    Visibility,
)
from bot.domain.messages import Moment, Prompt
from bot.domain.views import CardView
from bot.slack.blocks import same_page, worth_remembering
from bot.slack.blocks.kit import Button, Option
from bot.slack.blocks.pressable import CHECKS, talks_to
from bot.slack.ids import Press, Verb
from bot.slack.text import plain, squeeze

_UNDO_END = "It is closed for both of you and counts nowhere."


@dataclass(frozen=True, slots=True)
class Offer:
    """A button as voice and table name it: shown only while its move is open to the reader."""

    label: str
    verb: Verb
    move: Action | None = None
    confirm: str = ""


def _move(label: str, verb: Verb, confirm: str = "") -> Offer:
    return Offer(label, verb, Action(verb.value), confirm)


ACCEPT = _move("Accept", Verb.ACCEPT)
CHANGE = _move("Suggest a change", Verb.CHANGE)
ASK = _move("Ask a question", Verb.ASK)
DECLINE = _move("Decline", Verb.DECLINE)
ANSWER = _move("Answer", Verb.ANSWER)
KEEP = _move("Keep as it was", Verb.KEEP)
TALK = Offer("Talk it over", Verb.TALK)
LET_IT_GO = _move("Let it go", Verb.DROP, _UNDO_END)
CANNOT = _move("I cannot do it", Verb.CANNOT)
DONE = _move("Done", Verb.DONE)
DONE_ON = Offer("Done, with a link or day", Verb.DONE_FORM, Action.DONE)
DIFFER = _move("See it differently", Verb.DIFFER)
DIFFERENTLY = Offer("Ask differently", Verb.ASK_AGAIN)
HELP = Offer("Offer help", Verb.OFFER_HELP)
ON_TRACK = Offer("On track", Verb.ON_TRACK)
AT_RISK = Offer("At risk", Verb.AT_RISK)
NEED_HELP = Offer("Need help", Verb.NEED_HELP)
LATER = Offer("Ask me later", Verb.LATER)
WHY = Offer("Why do I get this?", Verb.WHY)
PRIVATE = Offer("Keep it between us", Verb.ACCEPT_FORM, Action.ACCEPT)
SHOW = Offer("Show all of it", Verb.SHOW)
SHOW_CARD = Offer("Show", Verb.SHOW)
ADD_WORDS = Offer("Add my words", Verb.ADD_WORDS)
WHAT_CHANGED = Offer("Show what changed", Verb.WHAT_CHANGED)
REMEMBER = Offer("Worth remembering", Verb.REMEMBER)
SHARE_TOO = Offer("Share it too", Verb.SHARE_LEARNT)
TALK_BY_NOW = Offer("Talk it over", Verb.TALK)
"""From the first suggested change on."""

_READ_BACK = (Offer("Yes, that is it", Verb.READ_BACK), Offer("Not quite", Verb.NOT_QUITE))

_PROPOSAL = (ACCEPT, CHANGE, ASK, DECLINE)
_CHANGE = (ACCEPT, CHANGE, TALK, KEEP)
_LET_GO = (_move("Let it go", Verb.ACCEPT), KEEP, CHANGE, TALK)
_DONE = (_move("Yes, it fits", Verb.CONFIRM), _move("Something is missing", Verb.RETURN), DIFFER)
_CHECK_IN = (ON_TRACK, AT_RISK, DONE)
_SERIES = (
    Offer("Go on", Verb.GO_ON),
    _move("Change", Verb.CHANGE),
    Offer("End it", Verb.END_IT, None, _UNDO_END),
)

MOMENTS: Mapping[Moment, tuple[Offer, ...]] = {
    Moment.PROPOSAL: _PROPOSAL,
    Moment.OFFER: _PROPOSAL,
    Moment.REMEDY: (ACCEPT, CHANGE, _move("It is settled", Verb.FORGIVE), DECLINE, SHARE_TOO),
    Moment.SUGGESTED_CHANGE: (ACCEPT, CHANGE, TALK, DECLINE),
    Moment.CHANGE_TO_AGREED: _CHANGE,
    Moment.ASKS_TO_BE_LET_GO: _LET_GO,
    Moment.QUESTION: (ANSWER, TALK),
    Moment.ANSWER: (*_PROPOSAL, KEEP, *_DONE, TALK_BY_NOW),
    Moment.ACCEPTED: (*_READ_BACK, DONE),  # who offered is the owner
    Moment.AGREED: (*_READ_BACK, DONE, LET_IT_GO, ADD_WORDS, SHOW_CARD),
    Moment.DECLINED: (DIFFERENTLY, TALK),
    Moment.KEPT_AS_IT_WAS: (TALK,),
    Moment.CHANGE_LAPSED: (TALK,),
    Moment.AT_RISK: (CHANGE, HELP, TALK),
    Moment.NEED_HELP: (HELP, CHANGE, TALK),
    Moment.HELP_OFFERED: (TALK,),
    Moment.DONE: (*_DONE, SHARE_TOO),
    Moment.YOUR_DONE: (_move("Undo", Verb.UNDO),),
    Moment.RETURNED: (ACCEPT, CHANGE, TALK, DIFFER),
    Moment.KEPT: (Offer("Say thanks", Verb.SAY_THANKS), REMEMBER, SHARE_TOO),
    Moment.CLOSED: (REMEMBER, SHARE_TOO),
    Moment.HANDED_BACK: (DIFFERENTLY, TALK),
    Moment.COULD_NOT: (_move("It is settled", Verb.FORGIVE), DIFFERENTLY, TALK),
    Moment.NOT_KEPT: (
        _move("Offer a remedy", Verb.REMEDY),
        TALK,
        Offer("Not now", Verb.NOT_NOW, Action.REMEDY),
    ),
    Moment.DIFFERENT: (DIFFER, TALK),
    Moment.ENDED_UNANSWERED: (Offer("Ask again", Verb.ASK_AGAIN),),
    Moment.NOT_DELIVERED: (TALK,),
    Moment.HOUR_BEFORE: _CHECK_IN,
    Moment.ASK_LATER: _CHECK_IN,
    Moment.SERIES_QUESTION: _SERIES,
}

_OWNERS_MENU = (AT_RISK, NEED_HELP, CHANGE, CANNOT, LATER)
_CHECK_IN_MENU = (NEED_HELP, CHANGE, CANNOT, LATER, WHY)

MENUS: Mapping[Moment, tuple[Offer, ...]] = {
    Moment.PROPOSAL: (PRIVATE,),
    Moment.OFFER: (PRIVATE,),
    Moment.ANSWER: (PRIVATE,),
    Moment.ACCEPTED: _OWNERS_MENU,
    Moment.AGREED: _OWNERS_MENU,
    Moment.HOUR_BEFORE: _CHECK_IN_MENU,
    Moment.ASK_LATER: _CHECK_IN_MENU,
}

PROMPTS: Mapping[Prompt, tuple[Offer, ...]] = {
    Prompt.PROPOSAL: (*_PROPOSAL, TALK_BY_NOW),
    Prompt.CHANGE: _CHANGE,
    Prompt.LET_GO: _LET_GO,
    Prompt.QUESTION: (ANSWER, TALK),
    Prompt.UNANSWERED_TO_ASKER: (
        TALK,
        _move("Change", Verb.CHANGE),
        _move("Take back", Verb.DROP, "The other side is told, and it counts nowhere."),
    ),
    Prompt.CHECK_IN: _CHECK_IN,
    Prompt.OVERDUE: (
        Offer("It is done", Verb.DONE_FORM, Action.DONE),
        _move("I need more time", Verb.CHANGE),
        CANNOT,
        _move("Is it still needed?", Verb.LET_GO),
        LET_IT_GO,
    ),
    Prompt.OVERDUE_TO_ASKER: (
        _move("Another day", Verb.CHANGE),
        LET_IT_GO,
        TALK,
        _move("Close as not kept", Verb.MISSED, "It is closed as not kept. Both of you see it."),
    ),
    Prompt.DONE: _DONE,
    Prompt.PERIOD: (
        Offer("Done", Verb.PERIOD_DONE),
        Offer("Not this time", Verb.PERIOD_NOT),
    ),
    Prompt.PERIOD_DONE: (
        Offer("Yes, it fits", Verb.PERIOD_FITS),
        Offer("Something is missing", Verb.PERIOD_MISSING),
    ),
    Prompt.SERIES_QUESTION: _SERIES,
}

PROMPT_MENUS: Mapping[Prompt, tuple[Offer, ...]] = {
    Prompt.PROPOSAL: (PRIVATE, SHOW),
    Prompt.CHANGE: (SHOW,),
    Prompt.CHECK_IN: _CHECK_IN_MENU,
}

SHOWN = (
    *_READ_BACK,
    *_PROPOSAL,
    PRIVATE,
    ANSWER,
    KEEP,
    DONE,
    DONE_ON,
    _move("Yes, it fits", Verb.CONFIRM),
    _move("Something is missing", Verb.RETURN),
    _move("Undo", Verb.UNDO),
    LET_IT_GO,
    _move("Ask to be let go", Verb.LET_GO),
    CANNOT,
    _move("Close as not kept", Verb.MISSED, "It is closed as not kept. Both of you see it."),
    DIFFER,
    _move("Offer a remedy", Verb.REMEDY),
    _move("It is settled", Verb.FORGIVE),
    ADD_WORDS,
    WHAT_CHANGED,
    REMEMBER,
    SHARE_TOO,
)
"""What `show E-42` offers of the moves; each verb once."""

_EXPLAINED = {
    Verb.ACCEPT: "It is agreed",
    Verb.SHOW: "All terms; nothing is answered yet",
    Verb.ACCEPT_FORM: "Accept; only you two see it",
    Verb.CHANGE: "Another wording or day; nothing is sent yet",
    Verb.ASK: "The other side answers first",
    Verb.DECLINE: "It is closed; a reason is optional",
    Verb.KEEP: "What was agreed stays",
    Verb.ANSWER: "The other side reads it",
    Verb.ON_TRACK: "Stays with you",
    Verb.AT_RISK: "The other side hears it; a line first",
    Verb.NEED_HELP: "The other side hears it; a line first",
    Verb.LATER: "Stays with you",
    Verb.WHY: "Only tells you",
    Verb.DONE: "The other side checks whether it fits",
    Verb.DONE_FORM: "Finished when, with a link; a form first",
    Verb.CANNOT: "The other side hears it; a line first",
    Verb.LET_GO: "Asks to be let go; a line first",
    Verb.DROP: "It is closed and counts nowhere",
    Verb.MISSED: "Closed; both of you see it",
    Verb.CONFIRM: "It is closed as kept",
    Verb.RETURN: "Say what is missing; nothing is sent yet",
    Verb.DIFFER: "Both statements are kept; counts nowhere",
    Verb.PERIOD_DONE: "The other side sees it",
    Verb.PERIOD_NOT: "The other side sees it; counts nowhere",
    Verb.PERIOD_FITS: "Nothing more to do",
    Verb.PERIOD_MISSING: "Say what is missing; nothing is sent yet",
    Verb.GO_ON: "The series stays as it is",
    Verb.END_IT: "The series ends; counts nowhere",
    Verb.READ_BACK: "It is noted; nothing is sent",
    Verb.NOT_QUITE: "Say what you mean; nothing is sent yet",
    Verb.REMEMBER: "A line for both of you; a form first",
    Verb.SHARE_LEARNT: "The channel's summary carries the line",
    Verb.ADD_WORDS: "How you understand it; a form first",
}


def offered(view: CardView, prompt: Prompt | None = None) -> tuple[Offer, ...]:
    """Return the buttons of a message, or of a list's question, that are open to its reader."""
    if not view.current:
        return ()
    return _open(PROMPTS[prompt] if prompt else MOMENTS.get(view.moment, ()), view)


def offered_menu(view: CardView, prompt: Prompt | None = None) -> tuple[Offer, ...]:
    """Return the menu beside them."""
    if not view.current:
        return ()
    menu = PROMPT_MENUS.get(prompt, ()) if prompt else MENUS.get(view.moment, ())
    return _open(menu, view)


def _open(offers: Iterable[Offer], view: CardView) -> tuple[Offer, ...]:
    kept: dict[Verb, Offer] = {}
    for offer in offers:
        if is_open(offer, view):
            kept.setdefault(offer.verb, offer)
    return tuple(kept.values())


def is_open(offer: Offer, view: CardView) -> bool:
    """Tell whether the reader may press it now: the table's moves, or what is none of them."""
    if offer is PRIVATE and not _may_become_private(view.expectation):
        return False
    if offer is TALK_BY_NOW and not same_page.has_versions(view):
        return False
    if offer.verb is Verb.FORGIVE and view.moment is Moment.REMEDY:
        return not view.moves.isdisjoint({Action.DECLINE, Action.FORGIVE})
    if offer.move is not None:
        return offer.move in view.moves
    check = CHECKS.get(offer.verb)
    return check is None or check(view)


def _may_become_private(it: Expectation) -> bool:
    return it.status is Status.PROPOSED and it.visibility is Visibility.CHANNEL


def press(offer: Offer, view: CardView) -> Press:
    """Return what pressing it carries: the item, and what its reader has read of it."""
    it = view.expectation
    period = view.period.date if view.period else None
    if offer.verb is Verb.FORGIVE and it.remedy_of is not None:
        return Press(verb=offer.verb, number=it.remedy_of)
    line = worth_remembering.to_share_too(view)
    if offer.verb is Verb.SHARE_LEARNT and line is not None:
        return Press(verb=offer.verb, number=line.number, key=line.by)
    words = same_page.to_read_back(view) if offer.verb is Verb.READ_BACK else None
    return Press(
        verb=offer.verb,
        number=it.number,
        seen=it.seen,
        day=period,
        event=None if words is None else words.ordinal,
    )


def button(offer: Offer, view: CardView, team_id: str, *, named: bool = False) -> Button:
    """Return an offer as a button; `named` where the same button stands for several items."""
    it = view.expectation
    other = talks_to(view)
    link = talk_link(team_id, other) if offer.verb is Verb.TALK and other else ""
    about = f"{it.id} {squeeze(it.terms.wording.result)}" if named else ""
    return Button(
        label=label(offer, it, view.reader.user),
        press=press(offer, view),
        confirm=offer.confirm,
        url=link,
        about=plain(about, 60),
    )


def label(offer: Offer, it: Expectation, reader: str) -> str:
    """Return the words on the button, as they fit the item."""
    if offer.verb is Verb.ACCEPT and it.pending and it.pending.kind is PendingKind.LET_GO:
        return "Let it go"
    if offer.verb is Verb.CHANGE and it.is_commitment:
        return "Change"
    if offer.verb is Verb.DROP and it.status is Status.PROPOSED:
        return "Take back"
    if offer.verb is Verb.DIFFER and it.status is Status.UNSETTLED:
        return "Say how I see it"
    if offer.verb is Verb.ASK_AGAIN and it.kind is Kind.OFFER and reader == it.owner:
        return "Offer again"
    return offer.label


_ASKED_FIRST = {
    Verb.DROP: Verb.DROP_FORM,
    Verb.MISSED: Verb.MISSED_FORM,
    Verb.END_IT: Verb.END_FORM,
}
"""A menu's options have no dialog of their own: these open a form that asks first."""


def option(offer: Offer, view: CardView) -> Option:
    """Return an offer as a menu's option, with what it leads to."""
    chosen = press(offer, view)
    if offer.confirm:
        chosen = replace(chosen, verb=_ASKED_FIRST[offer.verb])
    return Option(
        label=label(offer, view.expectation, view.reader.user),
        value=chosen.encode(),
        description=_explained(offer.verb, view.expectation),
    )


def _explained(verb: Verb, it: Expectation) -> str:
    if verb is Verb.ACCEPT and it.tell_channel and it.status is Status.PROPOSED:
        return "It is agreed, and the channel is told"
    return _EXPLAINED.get(verb, "")


def talk_link(team_id: str, user: str) -> str:
    """Return the address that opens the direct message with a person."""
    return f"slack://user?team={team_id}&id={user}"
