"""Moments while something is being agreed, with the words and buttons of voice, by hand."""

from dataclasses import replace

from bot.domain.expectation import (
    Action,
    Kind,
    Question,
    Status,
    Visibility,
)
from bot.domain.messages import Moment
from bot.domain.views import CardView
from tests.unit.slack.given import (
    FULL,
    LENA,
    MONDAY,
    NOW,
    OTTO,
    asked,
    event,
    let_go,
    suggested,
    terms,
    view,
)

ITEM = "*ship the billing API* (E-42)"
LENAS, OTTOS = "<@U0LENA>", "<@U0OTTO>"
ANSWERS = frozenset({Action.ACCEPT, Action.CHANGE, Action.ASK, Action.DECLINE})
AGREED = asked(Status.ACTIVE)
CHANGING = asked(Status.ACTIVE, pending=suggested())
OFFERED = asked(kind=Kind.OFFER, terms=terms(OTTO))
OWNERS = frozenset({Action.DONE, Action.CHANGE, Action.CANNOT, Action.LET_GO, Action.ASK})

CASES: dict[str, tuple[CardView, str, list[str]]] = {
    "proposal": (
        view(Moment.PROPOSAL, asked(), OTTO, *ANSWERS),
        (
            f"{LENAS} asks you: {ITEM}, by Friday, 27 November.\n"
            "Seen by you two, and <#C0LAUNCH> once it is agreed. "
            "Nothing is agreed until you answer, and no is a good answer too."
        ),
        ["Accept", "Suggest a change", "Ask a question", "Decline", "Keep it between us"],
    ),
    "private proposal": (
        view(Moment.PROPOSAL, asked(visibility=Visibility.PRIVATE), OTTO, *ANSWERS),
        (
            f"{LENAS} asks you: {ITEM}, by Friday, 27 November.\n"
            "Seen by you two. Nothing is agreed until you answer, and no is a good answer too."
        ),
        ["Accept", "Suggest a change", "Ask a question", "Decline"],
    ),
    "offer": (
        view(Moment.OFFER, OFFERED, LENA, *ANSWERS),
        (
            f"{OTTOS} offers you: {ITEM}, by Friday, 27 November.\n"
            "Seen by you two, and <#C0LAUNCH> once it is agreed. "
            "Nothing is agreed until you answer."
        ),
        ["Accept", "Suggest a change", "Ask a question", "Decline", "Keep it between us"],
    ),
    "first meeting": (
        view(
            Moment.PROPOSAL,
            asked(visibility=Visibility.PRIVATE),
            OTTO,
            *ANSWERS,
            first_time=True,
            asked_too=("U0MAYA",),
        ),
        (
            f"{LENAS} asks you: {ITEM}, by Friday, 27 November.\n"
            "Asked as well: <@U0MAYA>.\n"
            "Seen by you two. Nothing is agreed until you answer, and no is a good answer too.\n"
            "Winwin keeps what people agree. I write at 09:30 on Monday to Friday."
        ),
        [
            "Accept",
            "Suggest a change",
            "Ask a question",
            "Decline",
            "Change days and hours",
        ],
    ),
    "suggested change": (
        view(
            Moment.SUGGESTED_CHANGE,
            asked(terms=replace(terms(OTTO, MONDAY), version=2, note="the tests take longer")),
            LENA,
            *ANSWERS,
            previous=terms(),
            event=event(OTTO, Action.CHANGE),
        ),
        (
            f"{ITEM}: {OTTOS} suggests Monday, 30 November instead of Friday, 27 November. "
            "“the tests take longer”"
        ),
        ["Accept", "Suggest a change", "Talk it over", "Decline"],
    ),
    "change to what is agreed": (
        view(Moment.CHANGE_TO_AGREED, CHANGING, LENA, Action.ACCEPT, Action.CHANGE, Action.KEEP),
        (
            f"{ITEM}: {OTTOS} suggests Monday, 30 November instead of Friday, 27 November. "
            "“the tests take longer”"
        ),
        ["Accept", "Suggest a change", "Talk it over", "Keep as it was"],
    ),
    "asks to be let go": (
        view(
            Moment.ASKS_TO_BE_LET_GO,
            asked(Status.ACTIVE, pending=let_go()),
            LENA,
            Action.ACCEPT,
            Action.KEEP,
            Action.CHANGE,
        ),
        f"{ITEM}: {OTTOS} asks to be let go. “the plan changed”",
        ["Let it go", "Keep as it was", "Suggest a change", "Talk it over"],
    ),
    "question": (
        view(
            Moment.QUESTION,
            asked(question=Question(by=OTTO.user, at=NOW, text="which API?")),
            LENA,
            Action.ANSWER,
            event=event(OTTO, Action.ASK, "which API?"),
        ),
        f"{ITEM}: {OTTOS} asks “which API?”",
        ["Answer", "Talk it over"],
    ),
    "answer": (
        view(
            Moment.ANSWER, asked(), OTTO, *ANSWERS, event=event(LENA, Action.ANSWER, "the new one")
        ),
        f"{ITEM}: {LENAS} answers “the new one”.",
        ["Accept", "Suggest a change", "Ask a question", "Decline", "Keep it between us"],
    ),
    "accepted": (
        view(
            Moment.ACCEPTED,
            asked(Status.ACTIVE, terms=replace(terms(), wording=FULL)),
            LENA,
            event=event(OTTO, Action.ACCEPT),
        ),
        f"{ITEM}: agreed with {OTTOS}, by Friday, 27 November.\nNeeded from you: “the test data”",
        [],
    ),
    "the owner's card": (
        view(Moment.AGREED, AGREED, OTTO, *OWNERS),
        (
            f"{ITEM}: agreed with {LENAS}, by Friday, 27 November.\n"
            f"Ask me later stays with you; {LENAS} hears the rest."
        ),
        [
            "Done",
            "Add my words",
            "Show",
            "At risk",
            "Need help",
            "Suggest a change",
            "I cannot do it",
            "Ask me later",
        ],
    ),
    "an accepted offer": (
        view(
            Moment.ACCEPTED,
            replace(AGREED, kind=Kind.OFFER),
            OTTO,
            *OWNERS,
            event=event(LENA, Action.ACCEPT),
        ),
        f"{ITEM}: agreed with {LENAS}, by Friday, 27 November.",
        ["Done", "At risk", "Need help", "Suggest a change", "I cannot do it", "Ask me later"],
    ),
    "committed": (
        view(
            Moment.AGREED,
            replace(AGREED, requester=None),
            OTTO,
            Action.DONE,
            Action.CHANGE,
            Action.DROP,
        ),
        f"{ITEM}, by Friday, 27 November. It is yours: change it or let it go any time.",
        ["Done", "Let it go", "Show", "Change", "Ask me later"],
    ),
    "declined": (
        view(
            Moment.DECLINED,
            asked(Status.DECLINED),
            LENA,
            event=event(OTTO, Action.DECLINE, "I am away that week"),
        ),
        f"{ITEM}: {OTTOS} said no. “I am away that week” It is closed.",
        ["Ask differently", "Talk it over"],
    ),
    "taken back": (
        view(Moment.TAKEN_BACK, asked(Status.WITHDRAWN), OTTO, event=event(LENA, Action.DROP)),
        f"{ITEM}: {LENAS} took it back.",
        [],
    ),
    "kept as it was": (
        view(Moment.KEPT_AS_IT_WAS, AGREED, OTTO, event=event(LENA, Action.KEEP)),
        f"{ITEM}: as agreed before, due Friday, 27 November.",
        ["Talk it over"],
    ),
    "change lapsed": (
        view(Moment.CHANGE_LAPSED, AGREED, OTTO),
        f"{ITEM}: as agreed before, due Friday, 27 November.",
        ["Talk it over"],
    ),
    "changed in time": (
        view(
            Moment.CHANGED_IN_TIME,
            replace(AGREED, due=MONDAY),
            OTTO,
            event=event(LENA, Action.ACCEPT),
        ),
        f"{ITEM}: now due Monday, 30 November, agreed in good time. Done by then, it is kept.",
        [],
    ),
}
