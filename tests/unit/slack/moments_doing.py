"""Moments while something is done, and how it ends, with the words and buttons, by hand."""

from dataclasses import replace
from datetime import date

from bot.domain.expectation import (
    Action,
    CheckIn,
    Kind,
    Outcome,
    Side,
    Status,
    Visibility,
)
from bot.domain.messages import UNCLEAR, Moment
from bot.domain.views import CardView
from tests.unit.slack.given import (
    FRIDAY_FIVE,
    LENA,
    MAYA,
    OTTO,
    asked,
    event,
    reported,
    suggested,
    terms,
    view,
)

ITEM = "*ship the billing API* (E-42)"
LENAS, OTTOS = "<@U0LENA>", "<@U0OTTO>"
ANSWERS = frozenset({Action.ACCEPT, Action.CHANGE, Action.ASK, Action.DECLINE})
AGREED = asked(Status.ACTIVE)
CHANGING = asked(Status.ACTIVE, pending=suggested())
DONE = asked(Status.DONE, last_report=reported(), reports=1)
OFFERED = asked(kind=Kind.OFFER, terms=terms(OTTO))
OWNERS = frozenset({Action.DONE, Action.CHANGE, Action.CANNOT, Action.LET_GO, Action.ASK})

CASES: dict[str, tuple[CardView, str, list[str]]] = {
    "at risk": (
        view(
            Moment.AT_RISK,
            AGREED,
            LENA,
            Action.CHANGE,
            event=event(OTTO, CheckIn.AT_RISK, "the tests fail"),
        ),
        (
            f"{ITEM}, due Friday, 27 November: {OTTOS} sees a risk. “the tests fail” "
            "There is still time to change it together."
        ),
        ["Suggest a change", "Offer help", "Talk it over"],
    ),
    "need help": (
        view(Moment.NEED_HELP, AGREED, LENA, Action.CHANGE, event=event(OTTO, CheckIn.NEED_HELP)),
        f"{ITEM}: {OTTOS} asks for help.",
        ["Offer help", "Suggest a change", "Talk it over"],
    ),
    "help offered": (
        view(
            Moment.HELP_OFFERED, AGREED, OTTO, event=event(LENA, CheckIn.OFFER_HELP, "I can test")
        ),
        f"{ITEM}: {LENAS} offers help. “I can test”",
        ["Talk it over"],
    ),
    "help offered by somebody else": (
        view(
            Moment.HELP_OFFERED,
            AGREED,
            OTTO,
            event=event(MAYA, CheckIn.OFFER_HELP, "I did one"),
        ),
        f"{ITEM}: <@{MAYA.user}> offers help. “I did one”",
        ["Talk it over"],
    ),
    "done": (
        view(Moment.DONE, DONE, LENA, Action.CONFIRM, Action.RETURN, closes_on=date(2026, 12, 2)),
        (
            f"{ITEM}: {OTTOS} is done. Finished: Wednesday, 25 November. Does it fit? "
            "If I hear nothing, it is closed as fitting on Wednesday, 2 December."
        ),
        ["Yes, it fits", "Something is missing"],
    ),
    "done, with a link and two returns": (
        view(
            Moment.DONE,
            replace(DONE, last_report=reported(link="https://example.org/a?b=1&c=2")),
            LENA,
            Action.CONFIRM,
            Action.RETURN,
            Action.DIFFER,
        ),
        (
            f"{ITEM}: {OTTOS} is done. Finished: Wednesday, 25 November. "
            "<https://example.org/a?b=1&amp;c=2|Link> Does it fit?"
        ),
        ["Yes, it fits", "Something is missing", "See it differently"],
    ),
    "your done": (
        view(Moment.YOUR_DONE, DONE, OTTO, Action.UNDO, closes_on=date(2026, 12, 2)),
        f"{ITEM}: done. {LENAS} looks; without a word it is closed on Wednesday, 2 December.",
        ["Undo"],
    ),
    "returned": (
        view(
            Moment.RETURNED,
            asked(Status.ACTIVE, pending=suggested(LENA)),
            OTTO,
            Action.ACCEPT,
            Action.CHANGE,
            event=event(LENA, Action.RETURN, "the docs"),
        ),
        (
            f"{ITEM}: {LENAS} looked. Still missing: “the docs” Now due Friday, 27 November; "
            f"{LENAS} suggests Monday, 30 November. Your first report stays noted."
        ),
        ["Accept", "Suggest a change", "Talk it over"],
    ),
    "kept": (
        view(Moment.KEPT, asked(Status.MET, outcome=Outcome.KEPT), OTTO),
        f"{ITEM}: kept. {LENAS} says it fits. Nothing more to do.",
        ["Say thanks", "Worth remembering"],
    ),
    "closed late": (
        view(Moment.CLOSED, asked(Status.MET, outcome=Outcome.LATE), OTTO),
        f"{ITEM}: closed. {LENAS} says it fits.",
        ["Worth remembering"],
    ),
    "closed unconfirmed": (
        view(Moment.CLOSED, asked(Status.MET, outcome=Outcome.KEPT, unconfirmed=True), OTTO),
        f"{ITEM}: closed. Nobody objected.",
        ["Worth remembering"],
    ),
    "handed back": (
        view(
            Moment.HANDED_BACK,
            asked(Status.HANDED_BACK),
            LENA,
            event=event(OTTO, Action.CANNOT, "the server is gone"),
        ),
        (
            f"{ITEM}: {OTTOS} cannot do it and says so in time. “the server is gone” "
            "It counts nowhere."
        ),
        ["Ask differently", "Talk it over"],
    ),
    "could not": (
        view(
            Moment.COULD_NOT,
            asked(Status.MISSED),
            LENA,
            Action.FORGIVE,
            event=event(OTTO, Action.CANNOT, "I was ill"),
        ),
        f"{ITEM}: {OTTOS} could not do it. “I was ill”",
        ["It is settled", "Ask differently", "Talk it over"],
    ),
    "not kept": (
        view(
            Moment.NOT_KEPT,
            asked(Status.MISSED),
            OTTO,
            Action.REMEDY,
            event=event(LENA, Action.MISSED),
        ),
        f"{ITEM}: not kept this time. Would you like to offer {LENAS} a way to put it right?",
        ["Offer a remedy", "Talk it over", "Not now"],
    ),
    "remedy": (
        view(
            Moment.REMEDY,
            replace(OFFERED, remedy_of=41),
            LENA,
            *ANSWERS,
            args={"what_happened": "I was ill"},
        ),
        f"E-41: “I was ill” {OTTOS} offers: {ITEM}, by Friday, 27 November.",
        ["Accept", "Suggest a change", "It is settled", "Decline"],
    ),
    "forgiven": (
        view(Moment.FORGIVEN, asked(Status.MISSED), OTTO, event=event(LENA, Action.FORGIVE)),
        f"{ITEM}: {LENAS} says it is settled. It counts nowhere.",
        [],
    ),
    "let go": (
        view(Moment.LET_GO, asked(Status.RELEASED), OTTO, event=event(LENA, Action.DROP)),
        f"{ITEM}: {LENAS} no longer needs it. It is closed and counts nowhere.",
        [],
    ),
    "seen differently": (
        view(Moment.DIFFERENT, asked(Status.UNSETTLED), OTTO, event=event(LENA, Action.DIFFER)),
        f"{ITEM}: you see it differently; both statements are kept. It counts nowhere.",
        ["Talk it over"],
    ),
    "seen differently, and not heard yet": (
        view(
            Moment.DIFFERENT,
            asked(Status.UNSETTLED, unheard=Side.OWNER),
            OTTO,
            Action.DIFFER,
            event=event(LENA, Action.DIFFER, "no prices"),
            statements=(event(LENA, Action.DIFFER, "no prices"),),
        ),
        (
            f"{ITEM}: {LENAS} sees it differently. It counts nowhere.\n"
            f"{LENAS}: “no prices”\nHow do you see it?"
        ),
        ["Say how I see it", "Talk it over"],
    ),
    "seen differently, both heard": (
        view(
            Moment.DIFFERENT,
            asked(Status.UNSETTLED),
            LENA,
            event=event(OTTO, Action.DIFFER, "not asked"),
            statements=(
                event(LENA, Action.DIFFER, "no prices"),
                event(OTTO, Action.DIFFER, "not asked"),
            ),
        ),
        (
            f"{ITEM}: you see it differently; both statements are kept. It counts nowhere.\n"
            f"You: “no prices”\n{OTTOS}: “not asked”"
        ),
        ["Talk it over"],
    ),
    "ended unanswered": (
        view(Moment.ENDED_UNANSWERED, asked(Status.LAPSED), LENA),
        f"{ITEM}: ended unanswered. It counts nowhere.",
        ["Ask again"],
    ),
    "left": (
        view(Moment.LEFT, asked(Status.RELEASED), LENA, event=event(OTTO, Action.GONE)),
        f"{ITEM}: {OTTOS} left the workspace. It is closed and counts nowhere.",
        [],
    ),
    "not delivered": (
        view(Moment.NOT_DELIVERED, asked(), LENA, args={"reason": "user_disabled"}),
        f"{ITEM}: {OTTOS} could not be reached: the account is closed.",
        ["Talk it over"],
    ),
    "not certainly told": (
        view(
            Moment.NOT_DELIVERED,
            asked(),
            LENA,
            args={"reason": "timed_out", "channel": "C01LAUNCH", UNCLEAR: "yes"},
        ),
        (
            f"{ITEM}: <#C01LAUNCH> may not have been told: Slack did not answer in time. Please "
            "look there; I do not post it again."
        ),
        ["Talk it over"],
    ),
    "an hour before": (
        view(
            Moment.HOUR_BEFORE, asked(Status.ACTIVE, terms=terms(LENA, FRIDAY_FIVE)), OTTO, *OWNERS
        ),
        (
            f"{ITEM}, for {LENAS}, due Friday, 27 November, 17:00, Berlin time: how is it going? "
            f"On track and Ask me later stay with you; {LENAS} hears the rest."
        ),
        [
            "On track",
            "At risk",
            "Done",
            "Need help",
            "Suggest a change",
            "I cannot do it",
            "Ask me later",
            "Why do I get this?",
        ],
    ),
    "asked later": (
        view(
            Moment.ASK_LATER,
            replace(AGREED, requester=None, visibility=Visibility.PRIVATE),
            OTTO,
            Action.DONE,
            Action.CHANGE,
        ),
        f"{ITEM}, due Friday, 27 November: how is it going? Only you see this.",
        ["On track", "Done", "Change", "Ask me later", "Why do I get this?"],
    ),
    "asked later, of what a channel may see": (
        view(Moment.ASK_LATER, replace(AGREED, requester=None), OTTO, Action.DONE, Action.CHANGE),
        (
            f"{ITEM}, due Friday, 27 November: how is it going? "
            "On track and Ask me later stay with you; <#C0LAUNCH> can see the rest."
        ),
        ["On track", "Done", "Change", "Ask me later", "Why do I get this?"],
    ),
    "series question": (
        view(
            Moment.SERIES_QUESTION,
            asked(Status.ACTIVE, terms=terms(rrule="FREQ=WEEKLY;BYDAY=FR")),
            OTTO,
            Action.CHANGE,
        ),
        (
            f"{ITEM}: the last three dates went by without it. "
            "How shall it go on? Both of you are asked."
        ),
        ["Go on", "Change", "End it"],
    ),
    "told to the channel": (
        view(Moment.TOLD_CHANNEL, AGREED, LENA, Action.CHANGE, Action.DROP),
        f"{ITEM}, by Friday, 27 November: agreed by Otto and Lena.",
        [],
    ),
}
