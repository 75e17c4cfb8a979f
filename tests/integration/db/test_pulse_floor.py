"""No sequence of answers and looks lets one answer be computed: there is nothing, or one whole."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.db.engine import SqlStore
from bot.domain.pulse import Pulse, Said, Statement

NOVEMBER = date(2026, 11, 1)
END = datetime(2026, 12, 1, 12, tzinfo=UTC)
ALWAYS = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))

_channels = count()
_answers = st.fixed_dictionaries({statement: st.sampled_from(Said) for statement in Statement})
_Step = tuple[str, int, dict[Statement, Said]]
_nothing: dict[Statement, Said] = {}
_answer: st.SearchStrategy[_Step] = st.tuples(st.just("answer"), st.integers(1, 8), _answers)
_steps: st.SearchStrategy[_Step] = st.one_of(
    *(_answer for _ in range(6)),  # most of them
    st.tuples(st.just("look"), st.just(0), st.just(_nothing)),
    st.tuples(st.just("clean"), st.integers(-3, 3), st.just(_nothing)),  # hours from the end
)


NO = dict.fromkeys(Statement, Said.NO)
FIVE: list[_Step] = [
    ("answer", number, dict.fromkeys(Statement, Said.YES)) for number in range(1, 6)
]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(_steps, min_size=8, max_size=30))
@example(steps=[*FIVE, FIVE[0]])
@example(steps=[*FIVE, ("clean", 0, {}), ("look", 0, {}), ("answer", 6, NO)])
@example(steps=[*FIVE, ("clean", 0, {}), ("answer", 1, NO), ("look", 0, {})])
@example(steps=[*FIVE[:4], ("clean", 0, {}), ("answer", 5, NO), ("look", 0, {}), *FIVE[:4]])
def test_a_look_shows_nothing_or_always_the_same(store: SqlStore, steps: Sequence[_Step]) -> None:
    workspace, channel = store.workspace("T1"), f"C{next(_channels)}"
    told: dict[int, dict[Statement, Said]] = {}
    seen: list[Pulse] = []
    for what, number, answers in (*steps, ("clean", 3, {}), ("look", 0, {})):
        with store.write(workspace) as uow:
            if what == "answer" and uow.pulse.answer(channel, NOVEMBER, f"U{number}", answers):
                assert number not in told
                told[number] = answers
            elif what == "clean":
                uow.pulse.close(END + timedelta(hours=number))
                if number >= 0 and not uow.pulse.released(channel, *ALWAYS):
                    told.clear()  # too few: they are gone, and may be asked anew
            else:
                seen += uow.pulse.released(channel, *ALWAYS)
    assert len({str(pulse) for pulse in seen}) <= 1
    assert bool(seen) is (len(told) >= 5)
    for pulse in seen:
        assert pulse.answers == len(told)
        for statement in Statement:
            given_to = [answers[statement] for answers in told.values()]
            assert pulse.counts[statement] == {said: given_to.count(said) for said in Said}
