"""Example texts to start from: by the relationship in which something is asked or offered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.domain.terms import Gains, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One relationship, with what is asked in it and what is offered."""

    label: str
    asked: Wording
    offered: Wording


def _words(result: str, why: str, owner: str, requester: str, team: str = "") -> Wording:
    gains = Gains(owner=owner, requester=requester, team=team)
    return Wording(result=result, why=why, gains=gains)


EXAMPLES: Mapping[str, Example] = {
    "colleagues": Example(
        label="Colleagues",
        asked=_words(
            "Read my draft and mark what is unclear",
            "It goes to the customer next week.",
            "You see early what is coming to you.",
            "I find the gaps before the customer does.",
            "One round of changes instead of three.",
        ),
        offered=_words(
            "Read your draft and mark what is unclear",
            "You said that it goes out next week.",
            "I know early what is coming to me.",
            "You hear of the gaps before the customer does.",
            "One round of changes instead of three.",
        ),
    ),
    "manager": Example(
        label="Manager and report",
        asked=_words(
            "Write down the three things that hold you up most",
            "I would like to clear one of them this month.",
            "One thing less in your way.",
            "I know where my help counts.",
        ),
        offered=_words(
            "Decide on the two open positions",
            "You cannot plan the spring without it.",
            "Fewer questions on the way.",
            "You can plan.",
        ),
    ),
    "customer": Example(
        label="Customer",
        asked=_words(
            "Try the new report and tell us what is missing",
            "We finish it in two weeks.",
            "It fits how you work.",
            "We build what is used.",
        ),
        offered=_words(
            "Send the first version of the report",
            "You need it for the board.",
            "I hear early whether it fits.",
            "Time to change your mind.",
        ),
    ),
    "supplier": Example(
        label="Supplier",
        asked=_words(
            "Tell us each Monday what will arrive that week",
            "We plan people by it.",
            "Fewer calls from us.",
            "Nobody waits for a lorry.",
        ),
        offered=_words(
            "Send the order for next month",
            "You asked for more time to buy.",
            "A price that holds.",
            "Time to plan.",
        ),
    ),
    "mentor": Example(
        label="Mentor",
        asked=_words(
            "Look at my talk and say what you would leave out",
            "It is my first one.",
            "A reason to read up on the subject.",
            "Courage, and ten minutes less.",
        ),
        offered=_words(
            "Go through your talk with you",
            "It is your first one.",
            "I learn how you see it.",
            "Somebody who has been there.",
        ),
    ),
    "volunteers": Example(
        label="Volunteers",
        asked=_words(
            "Look after the tea stand from two to four",
            "It pays for the children's trip.",
            "The best place to talk to everybody.",
            "I can welcome who is new.",
            "A stand that is never empty.",
        ),
        offered=_words(
            "Look after the tea stand from two to four",
            "It pays for the children's trip.",
            "The best place to talk to everybody.",
            "You can welcome who is new.",
            "A stand that is never empty.",
        ),
    ),
    "family": Example(
        label="Family",
        asked=_words(
            "Cook on Wednesday",
            "I come home late that day.",
            "You choose what we eat.",
            "A quiet evening.",
            "We eat together.",
        ),
        offered=_words(
            "Cook on Wednesday",
            "You come home late that day.",
            "I choose what we eat.",
            "A quiet evening for you.",
            "We eat together.",
        ),
    ),
}
"""By the value that the menu's option has."""


def wordings() -> Iterator[Wording]:
    """Yield all of them: what stands in a field as an example says it was not typed."""
    for example in EXAMPLES.values():
        yield from (example.asked, example.offered)
