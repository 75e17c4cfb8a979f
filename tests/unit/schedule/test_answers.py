"""What lists ask about answers that are owed."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.due import Due
from bot.domain.expectation import (
    Expectation,
    Outcome,
    Pending,
    PendingKind,
    Question,
    Report,
    Status,
)
from bot.domain.member import Member
from bot.domain.messages import Asked, Prompt
from bot.domain.schedule.prompts import Candidate, Item, due_prompts
from tests.unit.schedule.given import ANA, BOB, MONDAY, agreed, at, day, request, working

FAR = date(2027, 3, 31)


def lists(
    reader: Member,
    expectation: Expectation,
    other: Member,
    until: date = date(2026, 12, 18),
) -> list[tuple[str, int, Prompt]]:
    """Go through a reader's lists from Tuesday on, with nobody answering; say what they ask."""
    asked: list[Asked] = []
    found = []
    moment = at(11, 24)
    while moment.date() <= until:
        candidate = Candidate(expectation=expectation, other=other, asked=tuple(asked))
        for item in due_prompts(reader, [candidate], moment) if moment.weekday() < 5 else ():
            found.append((f"{moment:%a %d}", item.ordinal, item.prompt))
            asked.append(carried(reader, item, moment))
        moment += timedelta(days=1)
    return found


def carried(reader: Member, item: Item, moment: datetime) -> Asked:
    return Asked(
        user=reader.user,
        number=item.number,
        prompt=item.prompt,
        key=item.key,
        ordinal=item.ordinal,
        at=moment,
        message="m",
    )


def waiting(author: Member, *, let_go: bool = False) -> Pending:
    return Pending(
        ordinal=3,
        kind=PendingKind.LET_GO if let_go else PendingKind.TERMS,
        author=author.user,
        at=MONDAY,
        asked_at=MONDAY,
        terms=None if let_go else agreed(FAR).terms,
        reached_at=MONDAY,
    )


def question(by: Member) -> Question:
    return Question(by=by.user, at=MONDAY, text="Which region?")


def test_a_proposal_is_asked_after_one_and_three_workdays_and_no_more() -> None:
    assert lists(BOB, request(FAR), ANA) == [
        ("Tue 24", 1, Prompt.PROPOSAL),
        ("Thu 26", 2, Prompt.PROPOSAL),
    ]


def test_whoever_asked_hears_once_after_two_that_no_answer_came() -> None:
    assert lists(ANA, request(FAR), BOB) == [("Wed 25", 1, Prompt.UNANSWERED_TO_ASKER)]


def test_the_first_reminder_says_when_the_last_one_comes() -> None:
    (first,) = due_prompts(BOB, [Candidate(expectation=request(FAR), other=ANA)], at(11, 24))
    assert first.again_on == day(11, 26)
    assert first.key == "v1"


def test_waiting_changes_let_gos_and_questions_are_asked_alike() -> None:
    change = agreed(FAR, pending=waiting(ANA))
    assert lists(BOB, change, ANA) == [
        ("Tue 24", 1, Prompt.CHANGE),
        ("Thu 26", 2, Prompt.CHANGE),
    ]
    assert lists(ANA, change, BOB) == [("Wed 25", 1, Prompt.UNANSWERED_TO_ASKER)]
    let_go = agreed(FAR, pending=waiting(BOB, let_go=True))
    assert lists(ANA, let_go, BOB) == [
        ("Tue 24", 1, Prompt.LET_GO),
        ("Thu 26", 2, Prompt.LET_GO),
    ]
    assert lists(BOB, let_go, ANA) == [("Wed 25", 1, Prompt.UNANSWERED_TO_ASKER)]
    open_question = agreed(FAR, question=question(ANA))
    assert [one for one in lists(BOB, open_question, ANA) if one[2] is Prompt.QUESTION] == [
        ("Tue 24", 1, Prompt.QUESTION),
        ("Thu 26", 2, Prompt.QUESTION),
    ]
    assert lists(ANA, open_question, BOB) == [("Wed 25", 1, Prompt.UNANSWERED_TO_ASKER)]


def test_who_asked_back_is_not_reminded_while_the_answer_is_owed() -> None:
    asked_back = request(FAR, question=question(BOB))
    # Ana owes the answer until Monday 30; only then is Bob asked about the proposal
    assert lists(BOB, asked_back, ANA) == [
        ("Wed 25", 1, Prompt.UNANSWERED_TO_ASKER),
        ("Tue 01", 1, Prompt.PROPOSAL),
        ("Thu 03", 2, Prompt.PROPOSAL),
    ]
    assert lists(ANA, asked_back, BOB) == [
        ("Tue 24", 1, Prompt.QUESTION),
        ("Thu 26", 2, Prompt.QUESTION),
    ]


def test_days_off_and_away_are_no_workdays() -> None:
    away = working(away_from=day(11, 24), away_until=day(12, 1))
    (first,) = due_prompts(away, [Candidate(expectation=request(FAR), other=ANA)], at(12, 1))
    assert (first.since, first.again_on) == (day(12, 1), day(12, 3))
    # the asker's reminder counts the days of who must answer
    assert lists(ANA, request(FAR), away) == [("Wed 02", 1, Prompt.UNANSWERED_TO_ASKER)]


def test_a_new_version_is_asked_anew() -> None:
    second = replace(request(FAR).terms, version=2)
    asked = Asked(
        user=BOB.user,
        number=42,
        prompt=Prompt.PROPOSAL,
        key="v1",
        ordinal=1,
        at=MONDAY,
        message="m",
    )
    candidate = Candidate(expectation=request(FAR, terms=second), other=ANA, asked=(asked,))
    (item,) = due_prompts(BOB, [candidate], at(11, 24))
    assert (item.key, item.ordinal) == ("v2", 1)


def test_done_is_asked_once_after_two_workdays() -> None:
    report = Report(
        ordinal=2, at=MONDAY, finished_on=Due(day(11, 23)), outcome=Outcome.KEPT, reached_at=MONDAY
    )
    done = agreed(FAR, status=Status.DONE, last_report=report, first_report=report)
    assert lists(ANA, done, BOB) == [("Wed 25", 1, Prompt.DONE)]
    assert lists(BOB, done, ANA) == []


def test_what_has_ended_asks_nothing() -> None:
    for status in Status:
        if status in {Status.PROPOSED, Status.ACTIVE, Status.DONE}:
            continue
        for reader, other in ((ANA, BOB), (BOB, ANA)):
            assert lists(reader, agreed(day(11, 25), status=status), other) == []


def test_the_list_that_brought_it_was_no_reminder() -> None:
    tuesday = at(11, 24)

    def days(expectation: Expectation, reader: Member, prompt: Prompt, key: str) -> list[date]:
        asked = [
            Asked(
                user=reader.user,
                number=42,
                prompt=prompt,
                key=key,
                ordinal=1,
                at=tuesday,
                message="m",
            )
        ]
        found = []
        other = BOB if reader is ANA else ANA
        for n in range(1, 9):
            now = tuesday + timedelta(days=n)
            candidate = Candidate(expectation=expectation, other=other, asked=tuple(asked))
            for item in due_prompts(reader, [candidate], now) if now.weekday() < 5 else ():
                assert item.ordinal == len(asked) + 1
                found.append(now.date())
                asked.append(carried(reader, item, now))
        return found

    evening = request(FAR, made=at(11, 23, 20, 0), reached_at=tuesday)
    assert days(evening, BOB, Prompt.PROPOSAL, "v1") == [day(11, 25), day(11, 27)]
    report = Report(
        ordinal=1,
        at=at(11, 23, 20, 0),
        finished_on=Due(day(11, 23)),
        outcome=Outcome.KEPT,
        reached_at=tuesday,
    )
    done = agreed(FAR, status=Status.DONE, last_report=report, first_report=report)
    assert days(done, ANA, Prompt.DONE, "r1") == [day(11, 26)]
