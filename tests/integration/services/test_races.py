"""Two people at once: one wins, the other is told; nothing is done twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from bot.domain.asides import Aside, AskedAside
from bot.domain.conversation import Details
from bot.domain.due import Due
from bot.domain.errors import NotAllowedError, StaleError, WinwinError
from bot.domain.expectation import Action, Outcome, Seen, Status
from bot.domain.opinions import Opinion, Topic
from bot.domain.terms import Wording
from tests.integration.services.house import ANA, BOB, KEN, LENA, House, day, request

AT_ONCE = 4


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Make calls at the same moment; return what each gave or raised."""
    gate = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        gate.wait(timeout=10)
        try:
            return call()
        except WinwinError as refused:
            return refused

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_two_answers_at_once_have_one_winner(house: House) -> None:
    def press(number: int, action: Action) -> Callable[[], object]:
        seen = Seen(version=1)
        return lambda: house.answer.act(house.actor(ANA), number, action, seen=seen)

    for number in range(1, 6):
        house.ask()
        answers = at_once(press(number, Action.ACCEPT), press(number, Action.DECLINE))
        refused = [one for one in answers if isinstance(one, WinwinError)]
        assert len(refused) == 1
        assert isinstance(refused[0], NotAllowedError | StaleError)
        assert len(house.events(number)) == 2
        assert house.stored(number).status in {Status.ACTIVE, Status.DECLINED}


def test_a_change_and_an_accept_at_once_never_agree_on_unread_terms(house: House) -> None:
    def press(
        number: int, user: str, action: Action, details: Details | None = None
    ) -> Callable[[], object]:
        actor, seen = house.actor(user), Seen(version=1)
        return lambda: house.answer.act(actor, number, action, details, seen=seen)

    for number in range(1, 6):
        house.ask()
        accepted, _ = at_once(
            press(number, ANA, Action.ACCEPT),
            press(number, LENA, Action.CHANGE, Details(due=day(30))),
        )
        stored = house.stored(number)
        if isinstance(accepted, WinwinError):
            assert (stored.status, stored.terms.version) == (Status.PROPOSED, 2)
        else:
            assert (stored.status, stored.terms.version) == (Status.ACTIVE, 1)


def test_the_same_press_delivered_twice_at_once_counts_once(house: House) -> None:
    house.ask()
    actor = house.actor(ANA, key="press-1")
    answers = at_once(*[lambda: house.answer.act(actor, 1, Action.ACCEPT)] * AT_ONCE)
    assert not [one for one in answers if isinstance(one, WinwinError)]
    assert house.stored(1).status is Status.ACTIVE
    assert len(house.events(1)) == 2


def test_two_who_share_at_once_both_read_it(house: House) -> None:
    for _ in range(5):
        key = f"E-{house.finish()}"
        with house.store.write(house.workspace) as uow:
            for user in (LENA, ANA):
                asked = AskedAside(
                    user=user, kind=Aside.WORTH_IT, key=key, at=house.now, message="none"
                )
                uow.asides.add(asked)
        for user in (LENA, ANA):
            house.opine.say(house.actor(user), Topic.WORTH_IT, key, Opinion.FIVE)

        def share(user: str, key: str = key) -> Callable[[], object]:
            return lambda: house.opine.share(house.actor(user), Topic.WORTH_IT, key)

        at_once(share(LENA), share(ANA))
        with house.reading() as uow:
            assert uow.opinions.exchange(Topic.WORTH_IT, key, LENA, ANA).is_shown


def test_the_same_command_delivered_twice_at_once_makes_one(house: House) -> None:
    house.directory.members(house.workspace, (LENA, ANA))
    actor = house.actor(LENA, key="trigger-1")
    answers = at_once(*[lambda: house.propose.create(actor, request(ANA))] * AT_ONCE)
    assert not [one for one in answers if isinstance(one, WinwinError)]
    assert house.ask().expectation.number == 2


def test_numbers_stay_gapless_when_many_ask_at_once(house: House) -> None:
    house.directory.members(house.workspace, (LENA, ANA, BOB, KEN))
    calls = [
        lambda by=by: house.propose.create(house.actor(by), request(ANA, BOB))
        for by in (LENA, KEN) * 3
    ]
    at_once(*calls)
    with house.reading() as uow:
        found = uow.expectations.get_many(range(1, 20))
    assert sorted(found) == list(range(1, 13))


def test_forgiving_and_answering_a_remedy_at_once_wait_for_each_other(house: House) -> None:
    def press(number: int, action: Action) -> Callable[[], object]:
        actor = house.actor(LENA)
        return lambda: house.answer.act(actor, number, action)

    for number in (1, 3, 5):
        house.agree(due=day(27))
        house.passes(days=7)
        house.answer.act(house.actor(ANA), number, Action.CANNOT, Details(note="no data"))
        due = Due(date(2026, 12, 4))
        house.answer.remedy(house.actor(ANA), number, Wording(result="call them"), due)
        at_once(press(number, Action.FORGIVE), press(number + 1, Action.ACCEPT))
        assert house.stored(number).outcome is Outcome.FORGIVEN
        assert house.stored(number + 1).status in {Status.WITHDRAWN, Status.ACTIVE}
        house.passes(days=-7)
