"""The names of buttons, inputs and modals, and the values that they carry.

An action id is a family and a verb, `do.accept`: a listener matches a family, its table the verb.
What a button carries says what its reader had read: expectation, version, pending and report.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.due import Due
from bot.domain.expectation import Seen


class MalformedValueError(ValueError):
    """A button's or modal's value is none of ours."""


class Family(StrEnum):
    """What a press leads to; the first part of an action id."""

    DO = "do"  # acts at once
    OPEN = "open"  # opens a modal
    MENU = "menu"  # its chosen option's value holds the press, of either kind above
    PAGE = "page"  # shows another page of a list
    FORM = "form"  # changes the modal that it stands in
    LINK = "link"  # opens an address; only acknowledged
    TICK = "tick"  # its state is read when something else is pressed; only acknowledged


class Verb(StrEnum):
    """What a button says is to be done."""

    # moves of an expectation
    ACCEPT = "accept"
    ACCEPT_FORM = "accept_form"  # accept, and choose who may see it
    CHANGE = "change"
    DECLINE = "decline"
    DROP = "drop"
    ASK = "ask"
    ANSWER = "answer"
    LET_GO = "let_go"
    CHANGE_DAY = "change_day"  # to the day that the reply offers, in `text`
    DROP_FORM = "drop_form"  # from a menu, where nothing else asks first
    KEEP = "keep"
    CANNOT = "cannot"
    DONE = "done"
    DONE_FORM = "done_form"  # with a link, another day, somebody to thank
    MISSED = "missed"
    MISSED_FORM = "missed_form"
    CONFIRM = "confirm"
    RETURN = "return"
    UNDO = "undo"
    DIFFER = "differ"
    REMEDY = "remedy"
    FORGIVE = "forgive"
    # the same page
    ADD_WORDS = "add_words"
    READ_BACK = "read_back"  # `event` says which words
    NOT_QUITE = "not_quite"  # the change form, where a line alone is a question
    WHAT_CHANGED = "what_changed"
    # check-ins
    ON_TRACK = "on_track"
    ALL_ON_TRACK = "all_on_track"
    AT_RISK = "at_risk"
    NEED_HELP = "need_help"
    OFFER_HELP = "offer_help"
    LATER = "later"
    WHY = "why"
    # series
    PERIOD_DONE = "period_done"
    PERIOD_NOT = "period_not"
    PERIOD_FITS = "period_fits"
    PERIOD_MISSING = "period_missing"
    GO_ON = "go_on"
    END_IT = "end_it"
    END_FORM = "end_form"
    # around an expectation
    TALK = "talk"
    SHOW = "show"
    SHOW_LIST = "show_list"
    ASK_AGAIN = "ask_again"  # the form, filled with an ended expectation
    SEND_NOW = "send_now"
    TELL_CHANNEL = "tell_channel"
    NOT_NOW = "not_now"
    SAY_THANKS = "say_thanks"
    THANKS_PRIVATE = "thanks_private"
    # elsewhere
    FORM_ASK = "form_ask"
    FORM_OFFER = "form_offer"
    USE_THAT = "use_that"
    ALL_COMMANDS = "all_commands"
    SETTINGS = "settings"
    AWAY = "away"
    BACK = "back"
    PRIVACY = "privacy"
    WORTH = "worth"
    FORGET_ME = "forget_me"
    EXPORT_ME = "export_me"
    STOP_ASKING = "stop_asking"  # `scope` says what
    # between two people
    WITH = "with"
    OPINE = "opine"  # `scope` names the topic, `key` what was asked, `text` has the answer
    SHARE_OPINION = "share_opinion"  # the same without an answer
    UNSHARE_OPINION = "unshare_opinion"
    REMEMBER = "remember"
    SHARE_LEARNT = "share_learnt"  # `key` says whose line
    UNSHARE_LEARNT = "unshare_learnt"
    WHY_FIGURE = "why_figure"  # `scope` names the figure
    SHOW_COUNTED = "show_counted"  # the same
    BALANCE_NOTE = "balance_note"
    BALANCE_NOTE_DROP = "balance_note_drop"
    CHARTER_AGREE = "charter_agree"  # `key` says to which words, here and below
    CHARTER_TAKE_BACK = "charter_take_back"
    CHARTER_EDIT = "charter_edit"
    CHARTER_CHANGES = "charter_changes"
    CHARTER_POST = "charter_post"
    CHARTER_STILL = "charter_still"
    PULSE = "pulse"
    GOAL_NEW = "goal_new"
    GOAL_EDIT = "goal_edit"
    GOAL_SHOW = "goal_show"
    GOAL_UPDATE = "goal_update"
    GOAL_CLOSE = "goal_close"
    GOAL_REOPEN = "goal_reopen"
    GOAL_STILL = "goal_still"  # `key` names the goal and its review day
    RAISE = "raise"  # `key` names the goal and the quarter
    LEAVE_IT = "leave_it"  # the same
    # paging
    PREVIOUS = "previous"
    NEXT = "next"


_OPENS = frozenset(
    {
        Verb.ACCEPT_FORM,
        Verb.CHANGE,
        Verb.DECLINE,
        Verb.DROP_FORM,
        Verb.MISSED_FORM,
        Verb.END_FORM,
        Verb.ASK,
        Verb.ANSWER,
        Verb.LET_GO,
        Verb.CANNOT,
        Verb.DONE_FORM,
        Verb.RETURN,
        Verb.DIFFER,
        Verb.REMEDY,
        Verb.ADD_WORDS,
        Verb.NOT_QUITE,
        Verb.AT_RISK,
        Verb.NEED_HELP,
        Verb.OFFER_HELP,
        Verb.LATER,
        Verb.WHY,
        Verb.PERIOD_MISSING,
        Verb.ASK_AGAIN,
        Verb.SAY_THANKS,
        Verb.WITH,
        Verb.REMEMBER,
        Verb.FORM_ASK,
        Verb.FORM_OFFER,
        Verb.SETTINGS,
        Verb.AWAY,
        Verb.PRIVACY,
        Verb.WORTH,
        Verb.BALANCE_NOTE,
        Verb.FORGET_ME,
        Verb.CHARTER_EDIT,
        Verb.CHARTER_CHANGES,
        Verb.PULSE,
        Verb.GOAL_NEW,
        Verb.GOAL_EDIT,
        Verb.GOAL_UPDATE,
        Verb.GOAL_CLOSE,
        Verb.RAISE,
    }
)


def family(verb: Verb) -> Family:
    """Tell what pressing a verb's button leads to."""
    if verb in _OPENS:
        return Family.OPEN
    if verb in {Verb.PREVIOUS, Verb.NEXT}:
        return Family.PAGE
    return Family.LINK if verb is Verb.TALK else Family.DO


def action_id(verb: Verb) -> str:
    """Return the action id of a verb's button."""
    return f"{family(verb)}.{verb}"


ANSWER_MENU = f"{Family.MENU}.answer"
"""The *Answer* menu of a list."""
MORE_MENU = f"{Family.MENU}.more"
"""The menu beside a message's buttons."""
MORE_FIELDS = f"{Family.FORM}.more"
"""The form's *More* and *More still*; the value is the stage to show."""
EXAMPLES_MENU = f"{Family.FORM}.example"
"""The form's *Start from an example*; the option's value names the relationship."""
TELL_TICK = f"{Family.TICK}.tell"
"""The tick in a proposal: tell the channel after Accept."""
TELL_BLOCK = "tell"
CHANGES = "changes:"
"""How the scope of a page of *What changed* begins; the item's number follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What a button, menu option or modal is about, and what its reader had read."""

    verb: Verb
    number: int | None = None
    seen: Seen | None = None
    day: date | None = None  # a period's nominal date
    event: int | None = None  # the event's seq that Send now is for, or the ordinal of own words
    page: int = 0
    scope: str = ""  # which list a page is of: home section, or mine, team, a user id
    text: str = ""  # the line that Use that would run, or a due that a reply offers
    key: str = ""  # what an aside is about, whose line it is, or who is chosen in a form
    items: tuple[tuple[int, Seen], ...] = ()  # what All on track stands for

    def encode(self) -> str:
        """Write it as a button's value: at most 150 characters unless it holds text or items."""
        value: dict[str, object] = {"v": self.verb.value}
        if self.number is not None:
            value["n"] = self.number
        if self.seen is not None:
            value["s"] = _pack(self.seen)
        if self.day is not None:
            value["d"] = self.day.isoformat()
        if self.event is not None:
            value["e"] = self.event
        if self.page:
            value["p"] = self.page
        if self.scope:
            value["c"] = self.scope
        if self.text:
            value["t"] = self.text
        if self.key:
            value["k"] = self.key
        if self.items:
            value["i"] = [[number, *_pack(seen)] for number, seen in self.items]
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def decode(cls, value: str) -> "Press":
        """Read what `encode` wrote; raise MalformedValueError for anything else."""
        try:
            return cls._read(json.loads(value))
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise MalformedValueError("a button's value is none of ours") from error

    @classmethod
    def _read(cls, raw: Mapping[str, object]) -> "Press":
        day = raw.get("d")
        items = raw.get("i", [])
        if not isinstance(items, list):
            raise TypeError
        return cls(
            verb=Verb(_text(raw["v"])),
            number=count(raw["n"]) if "n" in raw else None,
            seen=_unpack(raw["s"]) if "s" in raw else None,
            day=date.fromisoformat(_text(day)) if day is not None else None,
            event=count(raw["e"]) if "e" in raw else None,
            page=count(raw.get("p", 0)),
            scope=_text(raw.get("c", "")),
            text=_text(raw.get("t", "")),
            key=_text(raw.get("k", "")),
            items=tuple((count(item[0]), _unpack(item[1:])) for item in items),
        )


def _pack(seen: Seen) -> list[int]:
    said = [] if seen.proposed is None else [int(seen.proposed)]
    return [seen.version, seen.pending, seen.report, *said]


def _unpack(value: object) -> Seen:
    if not isinstance(value, list):
        raise TypeError
    version, pending, report, *said = (count(part) for part in value)
    proposed = bool(said[0]) if said else None
    return Seen(version=version, pending=pending, report=report, proposed=proposed)


def count(value: object) -> int:
    """Read a number from 0; raise TypeError where it is none."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def due_key(due: Due) -> str:
    """Write a due as an option's or button's value: its ISO form, and an hour's zone."""
    return f"{due.iso()}|{due.zone}" if due.zone else due.iso()


def due_of(key: str) -> Due:
    """Read what `due_key` wrote; raise MalformedValueError for anything else."""
    iso, _, zone = key.partition("|")
    try:
        return Due.parse(iso, zone or None)
    except (ValueError, KeyError) as error:
        raise MalformedValueError("a due's value is none of ours") from error


class Callback(StrEnum):
    """The modals, by what is done with what they hold."""

    EXPECT = "modal.expect"  # the form: ask or offer
    CHANGE = "modal.change"
    NOTE = "modal.note"  # one text; the press says what for
    ACCEPT = "modal.accept"
    DONE = "modal.done"
    RETURN = "modal.return"
    REMEDY = "modal.remedy"
    LATER = "modal.later"
    SETTINGS = "modal.settings"
    AWAY = "modal.away"
    GOAL = "modal.goal"
    GOAL_UPDATE = "modal.goal_update"
    GOAL_CLOSE = "modal.goal_close"
    CHARTER = "modal.charter"
    PULSE = "modal.pulse"
    RAISE = "modal.raise"
    THANKS = "modal.thanks"
    WITH = "modal.with"
    REMEMBER = "modal.remember"
    WORDS = "modal.words"
    WORTH = "modal.worth"
    BALANCE_NOTE = "modal.balance_note"
    FORGET_ME = "modal.forget_me"
    INFO = "modal.info"  # nothing to submit


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a modal's private_metadata holds: ids only, never what people typed."""

    press: Press
    channel: str | None = None  # where it was opened
    channel_kind: str = "im"  # channel, private, im or mpim
    message: str | None = None  # the ts of the message that it was opened from
    link: str = ""  # the message that becomes an expectation
    stage: int = 0  # of the form: 1 with More, 2 with More still
    readings: tuple[str, ...] = ()  # the days and hours to choose from, as due_key writes them
    rrule: str = ""  # of a series that is being made or changed

    def encode(self) -> str:
        """Write it as private_metadata."""
        value = {
            "b": self.press.encode(),
            "c": self.channel,
            "k": self.channel_kind,
            "m": self.message,
            "l": self.link,
            "g": self.stage,
            "r": list(self.readings),
            "u": self.rrule,
        }
        return json.dumps({key: each for key, each in value.items() if each}, ensure_ascii=False)

    @classmethod
    def decode(cls, value: str) -> "Origin":
        """Read what `encode` wrote; raise MalformedValueError for anything else."""
        try:
            raw = json.loads(value)
            readings = raw.get("r", [])
            return cls(
                press=Press.decode(_text(raw["b"])),
                channel=_text(raw["c"]) if "c" in raw else None,
                channel_kind=_text(raw.get("k", "im")),
                message=_text(raw["m"]) if "m" in raw else None,
                link=_text(raw.get("l", "")),
                stage=count(raw.get("g", 0)),
                readings=tuple(_text(each) for each in readings),
                rrule=_text(raw.get("u", "")),
            )
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise MalformedValueError("a modal's metadata is none of ours") from error
