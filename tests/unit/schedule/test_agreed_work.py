"""What lists ask about agreed work, day by day."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.expectation import Expectation, Kind, Pending, PendingKind, Question
from bot.domain.member import Cadence, Member
from bot.domain.messages import Asked, Prompt
from bot.domain.schedule.prompts import Candidate, Urgency, due_prompts, needs_you
from tests.unit.schedule.given import ANA, BOB, MONDAY, agreed, at, day, working


def lists(
    expectation: Expectation,
    until: date,
    *,
    reader: Member = BOB,
    said: datetime | None = None,
    trusted: bool = False,
) -> list[tuple[str, Prompt]]:
    """Go through a reader's lists from Monday 23 on; say what they ask, and when."""
    asked: list[Asked] = []
    found = []
    other = ANA if reader.user == BOB.user else BOB
    moment = at(11, 23)
    while moment.date() <= until:
        candidate = Candidate(
            expectation=expectation,
            other=other,
            asked=tuple(asked),
            last_said=said if said and said <= moment else None,
            trusted=trusted,
        )
        works = moment.weekday() in reader.workdays
        for item in due_prompts(reader, [candidate], moment) if works else ():
            found.append((f"{moment:%a %d}", item.prompt))
            asked.append(
                Asked(
                    user=reader.user,
                    number=42,
                    prompt=item.prompt,
                    key=item.key,
                    ordinal=item.ordinal,
                    at=moment,
                    message="m",
                )
            )
            if item.prompt is Prompt.OVERDUE:
                expectation = replace(expectation, asked=(*expectation.asked, moment))
        moment += timedelta(days=1)
    return found


HOW = Prompt.CHECK_IN
WHAT = Prompt.OVERDUE


def test_the_workday_before_and_the_day() -> None:
    friday = agreed(day(11, 27))
    assert lists(friday, day(11, 27)) == [("Thu 26", HOW), ("Fri 27", HOW)]
    monday = agreed(day(11, 30))
    assert lists(monday, day(11, 30)) == [("Fri 27", HOW), ("Mon 30", HOW)]


def test_an_hour_before_the_list_is_asked_about_the_day_before_only() -> None:
    assert lists(agreed(at(11, 27, 9, 0)), day(11, 27)) == [("Thu 26", HOW)]
    assert lists(agreed(at(11, 27, 17, 0)), day(11, 27)) == [("Thu 26", HOW), ("Fri 27", HOW)]


def test_a_day_off_is_asked_about_the_workday_before() -> None:
    assert lists(agreed(day(11, 28)), day(11, 28)) == [("Fri 27", HOW)]


def test_with_trust_it_is_asked_once_on_the_day_where_that_is_in_time() -> None:
    assert lists(agreed(day(11, 27)), day(11, 27), trusted=True) == [("Fri 27", HOW)]
    assert lists(agreed(day(12, 18)), day(12, 18), trusted=True) == [("Fri 18", HOW)]
    assert lists(agreed(at(11, 27, 9, 0)), day(11, 27), trusted=True) == [("Thu 26", HOW)]
    assert lists(agreed(day(11, 28)), day(11, 28), trusted=True) == [("Fri 27", HOW)]


def test_trust_takes_nothing_away_once_it_is_late() -> None:
    friday = agreed(day(11, 27))
    assert lists(friday, day(12, 11), trusted=True)[1:] == lists(friday, day(12, 11))[2:]


def test_half_way_only_when_due_is_over_ten_workdays_off() -> None:
    ten = agreed(day(12, 7))  # agreed on Monday 23 November: 10 workdays
    assert lists(ten, day(12, 7)) == [("Fri 04", HOW), ("Mon 07", HOW)]
    eleven = agreed(day(12, 8))
    assert lists(eleven, day(12, 8)) == [("Mon 30", HOW), ("Mon 07", HOW), ("Tue 08", HOW)]


def test_daily_and_weekly_are_the_owners_choice() -> None:
    daily = working(cadence=Cadence.DAILY)
    assert [when for when, _ in lists(agreed(day(11, 27)), day(11, 27), reader=daily)] == [
        "Tue 24",
        "Wed 25",
        "Thu 26",
        "Fri 27",
    ]
    weekly = working(cadence=Cadence.WEEKLY)
    assert [when for when, _ in lists(agreed(day(12, 18)), day(12, 18), reader=weekly)] == [
        "Mon 30",
        "Mon 07",
        "Mon 14",
        "Thu 17",
        "Fri 18",
    ]


def test_what_was_said_that_day_is_not_asked_again() -> None:
    friday = agreed(day(11, 27))
    thursday_early, wednesday = at(11, 26, 8, 30), at(11, 25, 15, 0)
    assert lists(friday, day(11, 27), said=thursday_early) == [("Fri 27", HOW)]
    assert lists(friday, day(11, 27), said=wednesday) == [("Thu 26", HOW), ("Fri 27", HOW)]


def test_the_requester_is_never_asked_how_it_goes() -> None:
    assert lists(agreed(day(11, 27)), day(11, 27), reader=ANA) == []


def test_overdue_is_asked_on_the_next_workday_and_again_two_later() -> None:
    friday = agreed(day(11, 27))
    assert lists(friday, day(12, 11))[2:] == [("Mon 30", WHAT), ("Wed 02", WHAT)]
    hour = agreed(at(11, 25, 17, 0))
    assert lists(hour, day(12, 11))[2:] == [("Thu 26", WHAT), ("Mon 30", WHAT)]


def test_then_the_requester_chooses_once() -> None:
    twice = agreed(day(11, 24), asked=(at(11, 25), at(11, 27)))
    chooses = [("Mon 30", Prompt.OVERDUE_TO_ASKER)]
    assert lists(twice, day(12, 4), reader=ANA) == chooses
    once = agreed(day(11, 24), asked=(at(11, 25),))
    assert lists(once, day(12, 4), reader=ANA) == []


def test_what_falls_due_while_away_waits_for_the_return() -> None:
    away = working(away_from=day(11, 26), away_until=day(12, 3))
    candidate = Candidate(expectation=agreed(day(11, 27)), other=ANA)
    (item,) = due_prompts(away, [candidate], at(12, 3))
    assert (item.prompt, item.since) == (WHAT, day(12, 3))


def waiting(author: Member, when: datetime) -> Pending:
    return Pending(
        ordinal=1,
        kind=PendingKind.TERMS,
        author=author.user,
        at=when,
        asked_at=when,
        terms=agreed(day(12, 18)).terms,
    )


def prompts(expectation: Expectation, reader: Member) -> set[Prompt]:
    return {what for _, what in lists(expectation, day(12, 11), reader=reader)}


def test_while_a_change_proposed_before_due_waits_nothing_is_asked_about_the_due() -> None:
    for author in (ANA, BOB):
        resting = agreed(day(11, 27), pending=waiting(author, MONDAY))
        for reader in (ANA, BOB):
            assert not prompts(resting, reader) & {HOW, WHAT, Prompt.OVERDUE_TO_ASKER}


def test_after_the_one_rest_nothing_rests() -> None:
    rested = agreed(day(11, 27), pending=waiting(BOB, MONDAY), rested=True)
    assert HOW in prompts(rested, BOB)


def test_a_change_proposed_after_due_stops_the_prompts_to_its_author_only() -> None:
    late = at(11, 28, 12, 0)
    assert WHAT not in prompts(agreed(day(11, 27), pending=waiting(BOB, late)), BOB)
    by_ana = agreed(day(11, 27), pending=waiting(ANA, late))
    assert WHAT in prompts(by_ana, BOB)


def test_an_owner_who_waits_for_an_answer_is_not_asked_what_happened() -> None:
    question = Question(by=BOB.user, at=at(11, 26), text="Is it still needed?")
    asked = agreed(day(11, 25), question=question)
    # five of Ana's workdays: until Thursday 3 December
    assert [one for one in lists(asked, day(12, 9)) if one[1] is WHAT] == [
        ("Fri 04", WHAT),
        ("Tue 08", WHAT),
    ]


def test_a_commitment_is_asked_about_like_any_other() -> None:
    alone = agreed(day(11, 27), requester=None, kind=Kind.COMMITMENT)
    candidate = Candidate(expectation=alone)
    (item,) = due_prompts(BOB, [candidate], at(11, 27))
    assert (item.prompt, item.urgency) == (HOW, Urgency.DUE_TODAY)


def test_home_says_what_waits_at_any_hour() -> None:
    def need(expectation: Expectation, reader: Member, now: datetime) -> Prompt | None:
        return needs_you(reader, Candidate(expectation=expectation, other=ANA), now)

    assert need(agreed(day(11, 27)), BOB, at(11, 26)) is None
    assert need(agreed(day(11, 27)), BOB, at(11, 28)) is WHAT
    assert need(agreed(day(11, 27)), ANA, at(11, 28)) is None
    asked = agreed(day(11, 27), asked=(at(11, 30),))
    assert need(asked, ANA, at(12, 1)) is Prompt.OVERDUE_TO_ASKER
    changing = agreed(day(11, 27), pending=waiting(ANA, MONDAY))
    assert need(changing, BOB, MONDAY) is Prompt.CHANGE
    assert need(changing, ANA, MONDAY) is None
