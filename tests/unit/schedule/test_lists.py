"""How a list is put together."""

from datetime import date

from bot.domain.expectation import Expectation, Question
from bot.domain.messages import Prompt
from bot.domain.schedule.prompts import Candidate, Urgency, due_prompts, layout
from tests.unit.schedule.given import ANA, BOB, agreed, asked, at, day, request, working

FRIDAY = at(11, 27)


def numbers(*expectations: Expectation) -> list[int]:
    candidates = [Candidate(expectation=one, other=ANA) for one in expectations]
    return [item.number for item in due_prompts(BOB, candidates, FRIDAY)]


def test_most_urgent_first() -> None:
    today = agreed(day(11, 27), number=1, on=at(11, 26))
    today_at_noon = agreed(at(11, 27, 12, 0), number=2, on=at(11, 26))
    monday = agreed(day(11, 30), number=3)
    overdue = agreed(day(11, 26), number=4)
    to_answer = request(date(2027, 3, 1), made=at(11, 26), number=5)
    half_way = agreed(day(12, 7), number=6, on=at(11, 19))  # 12 workdays, the 6th is today
    found = numbers(half_way, to_answer, monday, today, overdue, today_at_noon)
    assert found == [4, 2, 1, 3, 5, 6]


def test_what_a_list_left_out_comes_first_in_the_next() -> None:
    left_out = request(date(2027, 3, 1), made=at(11, 25), number=9)  # since Thursday
    today = agreed(day(11, 27), number=1, on=at(11, 26))
    assert numbers(today, left_out) == [9, 1]
    (first, _) = due_prompts(
        BOB, [Candidate(expectation=one, other=ANA) for one in (today, left_out)], FRIDAY
    )
    assert (first.since, first.ordinal) == (day(11, 26), 1)


def test_of_one_expectation_a_list_asks_one_thing() -> None:
    both = agreed(day(11, 27), question=Question(by=ANA.user, at=at(11, 25), text="Which region?"))
    (item,) = due_prompts(BOB, [Candidate(expectation=both, other=ANA)], FRIDAY)
    assert item.prompt is Prompt.QUESTION


def test_nothing_is_asked_twice_by_the_same_name() -> None:
    candidate = Candidate(expectation=agreed(day(11, 27)), other=ANA)
    (item,) = due_prompts(BOB, [candidate], FRIDAY)
    again = Candidate(
        expectation=agreed(day(11, 27)),
        other=ANA,
        asked=(asked(BOB, item.prompt, item.key, FRIDAY, item.ordinal),),
    )
    assert due_prompts(BOB, [again], at(11, 27, 15, 0)) == ()


def test_one_item_is_asked_in_full() -> None:
    (item,) = due_prompts(BOB, [Candidate(expectation=agreed(day(11, 27)), other=ANA)], FRIDAY)
    plan = layout((item,), held=2)
    assert (plan.items, plan.rest, plan.held) == ((item,), 0, 2)
    assert not plan.is_empty


def test_more_are_asked_up_to_five_and_home_has_the_rest() -> None:
    candidates = [
        Candidate(expectation=agreed(day(11, 27), number=n), other=ANA) for n in range(1, 13)
    ]
    plan = layout(due_prompts(BOB, candidates, FRIDAY), held=0)
    assert [item.number for item in plan.items] == [1, 2, 3, 4, 5]
    assert plan.rest == 7


def test_a_list_of_held_notices_alone_is_sent_and_an_empty_one_is_not() -> None:
    assert not layout((), held=1).is_empty
    assert layout((), held=0).is_empty


def test_a_list_says_how_soon_each_is_due() -> None:
    candidates = [Candidate(expectation=agreed(day(11, 30)), other=ANA)]
    (item,) = due_prompts(working(), candidates, FRIDAY)
    assert item.urgency is Urgency.DUE_SOON
