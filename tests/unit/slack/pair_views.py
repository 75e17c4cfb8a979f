"""Random views of what lies between two people, for the tests of Slack's limits."""

from dataclasses import replace

from hypothesis import strategies as st

from bot.domain.asides import Aside
from bot.domain.expectation import Status
from bot.domain.give_and_take import Counts, GiveAndTake, Quarter
from bot.domain.learnt import Learnt
from bot.domain.opinions import FITTING, Said, Topic
from bot.domain.sharing import Sharing
from bot.domain.views import AsideView, BetweenView, NeededView
from tests.unit.slack.views import (
    NOW,
    OWNER,
    REQUESTER,
    WORST,
    expectations,
    members,
    people,
    thanks,
)

BOTH = frozenset({OWNER, REQUESTER})
sharings = st.sampled_from(
    [
        Sharing(among=BOTH),
        Sharing(among=BOTH, wanted_by=frozenset({OWNER})),
        Sharing(among=BOTH, wanted_by=frozenset({REQUESTER})),
        Sharing(among=BOTH, wanted_by=BOTH, since=NOW),
    ]
)
lines = st.builds(
    Learnt,
    number=st.integers(1, 9),
    by=st.just(OWNER),
    other=st.just(REQUESTER),
    text=st.sampled_from([text[:200] for text in WORST]) | st.text(min_size=1, max_size=200),
    at=st.just(NOW),
    sharing=sharings,
)
counts = st.builds(Counts, given=st.integers(0, 999), taken=st.integers(0, 999))
quarters = st.builds(Quarter, year=st.integers(2020, 2026), quarter=st.integers(1, 4))


@st.composite
def opinions(draw: st.DrawFn, topic: Topic, abouts: list[str]) -> tuple[Said, ...]:
    """Draw what two said, where both shared it with the other's."""
    found: list[Said] = []
    for about in abouts[: draw(st.integers(0, len(abouts)))]:
        shown = draw(st.booleans())
        mine = Said(
            topic=topic,
            about=about,
            by=REQUESTER,
            other=OWNER,
            opinion=draw(st.sampled_from(FITTING[topic])),
            at=NOW,
            shares=shown or draw(st.booleans()),
            shown_at=NOW if shown else None,
        )
        found += [mine, *([replace(mine, by=OWNER, other=REQUESTER)] if shown else [])]
    return tuple(found)


@st.composite
def betweens(draw: st.DrawFn) -> BetweenView:
    """Draw what lies between two, up to its fullest; the reader is the requester."""
    numbered = [draw(expectations(n)) for n in range(1, 10)]
    many = st.integers(0, 9).map(lambda n: tuple(numbered[:n]))
    found = {quarter: draw(counts) for quarter in draw(st.sets(quarters, max_size=9))}
    return BetweenView(
        reader=draw(members),
        other=replace(draw(members), user=OWNER, active=draw(st.booleans())),
        you_do=draw(many),
        they_do=draw(many),
        series=draw(many),
        needs=tuple(
            NeededView(
                expectation=it,
                by=draw(st.sampled_from(it.parties)),
                text=draw(st.sampled_from(WORST)),
            )
            for it in draw(many)
            if it.requester is not None
        ),
        counts=GiveAndTake(
            lately=draw(counts), quarters=tuple(sorted(found.items(), reverse=True))
        ),
        put_right=tuple(
            replace(it, status=Status.MISSED) for it in numbered[: draw(st.integers(0, 5))]
        ),
        thanks=tuple(draw(st.lists(thanks, max_size=5))),
        learnt=tuple(draw(st.lists(lines, max_size=5))),
        fairness=draw(opinions(Topic.FAIRNESS, ["2026-Q4", "2026-Q3", "2025-Q4"])),
        worth=draw(opinions(Topic.WORTH_IT, ["E-1", "E-2", "E-3", "E-4"])),
        about={it.number: it for it in numbered},
        people=draw(people),
        now=NOW,
    )


@st.composite
def asides(draw: st.DrawFn) -> AsideView:
    """Draw a question about two, at any step."""
    kind, topic = draw(
        st.sampled_from([(Aside.WORTH_IT, Topic.WORTH_IT), (Aside.FAIRNESS, Topic.FAIRNESS)])
    )
    args = draw(st.sampled_from([{}, {"shares": "1"}, {"shares": "1", "theirs": "1"}]))
    if "theirs" in args:
        args = args | {"theirs": FITTING[topic][0].value}
    return AsideView(
        kind=kind,
        key="E-42" if kind is Aside.WORTH_IT else f"{OWNER}/2026-Q4",
        expectation=draw(expectations()) if kind is Aside.WORTH_IT else None,
        who=OWNER,
        people=draw(people),
        args=args,
        answered=draw(st.sampled_from(FITTING[topic])).value if args else "",
    )
