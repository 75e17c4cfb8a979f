"""A busy fortnight, played by chance: nobody is disturbed at night, nothing is sent twice."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.domain.conversation import Details, moves
from bot.domain.due import Due
from bot.domain.errors import WinwinError
from bot.domain.expectation import Action, CheckIn, Expectation
from bot.domain.messages import Moment
from bot.domain.schedule.quiet import is_quiet
from bot.domain.views import CardView
from bot.services.record import parties
from tests.integration.following.town import Town
from tests.integration.services.house import profile

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Asia/Kolkata")
PEOPLE = tuple(f"U{number:02}PERSON" for number in range(8))
OWNED = 6
START = datetime(2026, 11, 23, tzinfo=UTC)
FORTNIGHT = timedelta(days=14)
STEP = timedelta(hours=2)

_SAID = {
    Action.ASK: "which one?",
    Action.ANSWER: "this one",
    Action.CANNOT: "ill",
    Action.RETURN: "the totals",
}
_LIKELY = (Action.ACCEPT, Action.DONE, Action.CONFIRM, Action.ANSWER)


@pytest.mark.parametrize("seed", [7])
def test_a_busy_fortnight(town: Town, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a story, no secret
    for place, user in enumerate(PEOPLE):
        town.slack.known[user] = profile(user, ZONES[place % len(ZONES)])
    members = town.directory.members(town.workspace, PEOPLE)
    town.now = START + timedelta(hours=12)
    numbers = [_ask(town, chance, owner) for owner in PEOPLE for _ in range(OWNED)]
    shared = {user: [one for one in numbers if _is_party(town, user, one)] for user in PEOPLE}
    while town.now < START + FORTNIGHT:
        town.until(town.now + STEP)
        for user in PEOPLE:
            if not is_quiet(members[user], town.now) and chance.random() < 0.8:
                _act(town, chance, user, chance.choice(shared[user]))

    for post in town.sent.posts:
        reader = members[post.to]
        assert not is_quiet(reader, post.at) or _falls_due_at_night(post.view, post.at)
    ids = [post.id for post in town.sent.posts]
    assert len(ids) == len(set(ids))
    lists = Counter((post.to, post.list.day) for post in town.sent.posts if _is_list(post.moment))
    assert set(lists.values()) == {1}
    asked = [
        (post.to, item.card.expectation.number, item.prompt, item.card.args["key"], post.at)
        for post in town.sent.posts
        if _is_list(post.moment)
        for item in post.list.items
    ]
    assert all(one < other for one, other in pairwise(sorted(asked)))
    a_day = len(town.sent.posts) / len(PEOPLE) / 10
    assert a_day <= 4


def _ask(town: Town, chance: random.Random, owner: str) -> int:
    others = [user for user in PEOPLE if user != owner]
    zone = ZoneInfo("Europe/Berlin")
    day = date(2026, 11, 24) + timedelta(days=chance.randrange(14))
    hour = chance.choice([8, 12, 17, 23])
    due = (
        Due(day)
        if chance.random() < 0.7
        else Due(datetime(*day.timetuple()[:3], hour, tzinfo=zone))
    )
    return town.ask(chance.choice(others), owner, due=due).expectation.number


def _is_party(town: Town, user: str, number: int) -> bool:
    return user in town.stored(number).parties


def _act(town: Town, chance: random.Random, user: str, number: int) -> None:
    """Let somebody do one thing that is open to them, as people mostly do."""
    with town.reading() as uow:
        expectation = uow.expectations.get(number)
        assert expectation is not None
        opened = moves(expectation, user, town.now, parties(uow, expectation))
    likely = [action for action in _LIKELY if action in opened]
    actor = town.actor(user)
    try:
        if likely and chance.random() < 0.7:
            town.answer.act(actor, number, chance.choice(likely), _details(chance, expectation))
        elif user == expectation.owner and chance.random() < 0.4:
            town.answer.check_in(actor, number, chance.choice([CheckIn.ON_TRACK, CheckIn.AT_RISK]))
        elif opened - {Action.REMEDY}:
            action = chance.choice(sorted(opened - {Action.REMEDY}))
            town.answer.act(actor, number, action, _details(chance, expectation, action))
    except WinwinError:
        return


def _details(
    chance: random.Random, expectation: Expectation, action: Action | None = None
) -> Details:
    if action is Action.CHANGE:
        return Details(due=Due(expectation.due.day + timedelta(days=chance.randrange(1, 5))))
    return Details(note=_SAID.get(action, "so be it") if action else "so be it")


def _is_list(moment: Moment) -> bool:
    return moment is Moment.LIST


def _falls_due_at_night(view: object, at: datetime) -> bool:
    """Tell whether a post at night is about an hour that falls due soon."""
    if not isinstance(view, CardView):
        return False
    it = view.expectation
    pending = it.pending.terms if it.pending else None
    hours = [it.due_at] if it.due.is_hour else []
    if pending is not None and isinstance(pending.due.wall, datetime):
        hours.append(pending.due.wall)
    return any(at <= hour <= at + timedelta(days=4) for hour in hours)
