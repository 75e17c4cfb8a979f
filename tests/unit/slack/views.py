"""Random views, as bad as people's input can make them, for the tests of Slack's limits."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.domain.charter import CharterLine, CharterVersion
from bot.domain.due import Due
from bot.domain.expectation import (
    Action,
    CheckIn,
    Event,
    Expectation,
    Kind,
    Outcome,
    Pending,
    PendingKind,
    Period,
    PeriodOutcome,
    Question,
    Report,
    Status,
    Visibility,
)
from bot.domain.give_and_take import Counts
from bot.domain.goal import Goal, GoalStatus, Measure
from bot.domain.member import Member
from bot.domain.messages import MessageState, Moment, Prompt
from bot.domain.own_words import OwnWords
from bot.domain.terms import Gains, Terms, Wording
from bot.domain.thanks import Thanks
from bot.domain.views import (
    AskedItem,
    CardView,
    CharterView,
    GoalLine,
    HeldLine,
    HomeView,
    InstalledView,
    ListView,
    Page,
    ShowView,
    SummaryView,
    ThanksView,
    Undelivered,
)
from bot.slack.codes import MEANINGS

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
OWNER, REQUESTER = "U0OWNER", "W0REQUESTER"
WORST = ("&" * 3000, "<" * 300, "*_~`" * 75, "é" * 3000, "مرحبا " * 60, "\n" * 50 + "x", "a" * 3000)
texts = st.sampled_from(["", *WORST]) | st.text(max_size=40)
results = st.sampled_from([text[:300] for text in WORST]) | st.text(min_size=1, max_size=300)
ZONES = [ZoneInfo(name) for name in ("Europe/Berlin", "America/Argentina/ComodRivadavia", "UTC")]
zones = st.sampled_from(ZONES)
days = st.dates(min_value=date(2026, 1, 1), max_value=date(2028, 1, 1))
instants = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(2028, 1, 1),  # noqa: DTZ001 - the same
    timezones=zones,
)
dues = st.builds(Due, days) | st.builds(Due, instants)
numbers = st.sampled_from([1, 42, 99_999_999])
members = st.builds(
    Member,
    user=st.just(REQUESTER),
    name=texts.filter(bool),
    zone=zones,
    workdays=st.frozensets(st.integers(0, 6), min_size=1),
    check_in=st.just(time(9, 30)),
    away_until=st.none() | days,
    worth=st.none() | texts,
)
wordings = st.builds(
    Wording,
    result=results,
    why=texts,
    gains=st.builds(Gains, requester=texts, owner=texts, team=texts),
    done_means=texts,
    needs=texts,
    needs_by=st.sampled_from(["", "2026-11-27"]),
    guidelines=texts,
    resources=texts,
    accountability=texts,
    consequences=texts,
)
terms = st.builds(
    Terms,
    version=st.integers(1, 99),
    author=st.sampled_from([OWNER, REQUESTER]),
    at=st.just(NOW),
    wording=wordings,
    due=dues,
    rrule=st.none() | st.just("FREQ=WEEKLY;BYDAY=MO,TU,TH,FR;UNTIL=20261218"),
    note=texts,
)
own_words = st.builds(
    OwnWords,
    number=numbers,
    ordinal=st.integers(1, 9),
    author=st.sampled_from([OWNER, REQUESTER]),
    at=st.just(NOW),
    version=st.just(1),
    understood=texts,
    gain=texts,
    need=texts,
    read_back_at=st.none() | instants,
)


@st.composite
def expectations(draw: st.DrawFn, number: int | None = None) -> Expectation:
    """Draw an expectation in any state."""
    said, due = draw(terms), draw(dues)
    status = draw(st.sampled_from(Status))
    kind = draw(st.sampled_from(Kind))
    requester = None if kind is Kind.COMMITMENT else REQUESTER
    pending = Pending(
        ordinal=3,
        kind=draw(st.sampled_from(PendingKind)),
        author=draw(st.sampled_from([OWNER, REQUESTER])),
        at=NOW,
        asked_at=NOW,
        terms=draw(terms),
        note=draw(texts),
    )
    report = Report(
        ordinal=2, at=NOW, finished_on=due, outcome=Outcome.KEPT, link=draw(st.just("https://e.x/"))
    )
    return Expectation(
        number=number or draw(numbers),
        kind=kind,
        requester=requester,
        owner=OWNER,
        channel=draw(st.none() | st.just("C0123456789")),
        visibility=draw(st.sampled_from(Visibility)),
        status=status,
        terms=said,
        last_version=said.version,
        due=due,
        due_at=due.ends_at(ZONES[0]),
        created_at=NOW,
        pending=pending if status is Status.ACTIVE and draw(st.booleans()) else None,
        question=draw(
            st.none() | st.builds(Question, by=st.just(OWNER), at=st.just(NOW), text=texts)
        ),
        asked=tuple(draw(st.lists(instants, max_size=5))),
        last_report=report,
        outcome=draw(st.none() | st.sampled_from(Outcome)),
        unconfirmed=draw(st.booleans()),
        remedy_of=draw(st.none() | numbers),
        link=draw(st.sampled_from(["", "https://example.org/" + "a" * 2900, "no link <|>"])),
        tell_channel=draw(st.booleans()),
    )


events = st.builds(
    Event,
    number=numbers,
    seq=st.just(7),
    at=instants,
    actor=st.sampled_from([OWNER, REQUESTER, "clock"]),
    verb=st.sampled_from([*Action, *CheckIn]),
    note=texts,
)
goals = st.builds(
    Goal,
    number=numbers,
    channel=st.just("C0"),
    title=results,
    creator=st.just(OWNER),
    champion=st.just(OWNER),
    day=days,
    created_at=st.just(NOW),
    why=texts,
    gain=texts,
    note=texts,
    review_on=st.none() | days,
    status=st.sampled_from(GoalStatus),
    measure=st.none()
    | st.just(Measure(start=Decimal("0.10"), now=Decimal("7.00"), target=Decimal(10))),
)
periods = st.builds(
    Period,
    number=numbers,
    date=days,
    slot_at=st.just(NOW),
    outcome=st.sampled_from(PeriodOutcome),
    note=texts,
)


@st.composite
def cards(draw: st.DrawFn, number: int | None = None) -> CardView:
    """Draw a card with every move open, whatever the table says."""
    reader = replace(draw(members), user=draw(st.sampled_from([OWNER, REQUESTER])))
    moments = set(Moment) - {
        Moment.THANKS,
        Moment.LIST,
        Moment.SUMMARY,
        Moment.INSTALLED,
        Moment.HOME,
    }
    return CardView(
        moment=draw(st.sampled_from(sorted(moments))),
        expectation=draw(expectations(number)),
        reader=reader,
        people={OWNER: replace(draw(members), user=OWNER), REQUESTER: draw(members)},
        now=NOW,
        moves=frozenset(draw(st.just(list(Action)))),
        event=draw(st.none() | events),
        current=draw(st.booleans()),
        first_time=draw(st.booleans()),
        asked_too=tuple(f"U0{n:08}" for n in range(draw(st.integers(0, 20)))),
        other_may_close_from=draw(st.none() | instants),
        closes_on=draw(st.none() | days),
        previous=draw(st.none() | terms),
        goal=draw(st.none() | goals),
        period=draw(st.none() | periods),
        words=tuple(draw(st.lists(own_words, max_size=2))),
        sides=tuple(draw(st.lists(terms, min_size=2, max_size=2))) if draw(st.booleans()) else (),
        args=draw(st.just({"remind_on": "2026-11-27", "reason": "&" * 300})),
    )


@st.composite
def asked_items(draw: st.DrawFn, most: int) -> tuple[AskedItem, ...]:
    """Draw what is asked, each about another item."""
    count = draw(st.integers(0, most))
    return tuple(
        AskedItem(prompt=draw(st.sampled_from(Prompt)), card=draw(cards(10_000_000 + n)))
        for n in range(count)
    )


people = st.builds(lambda one: {OWNER: replace(one, user=OWNER), REQUESTER: one}, members)


@st.composite
def lists(draw: st.DrawFn) -> ListView:
    """Draw a list with many held notices."""
    held = st.builds(
        HeldLine,
        moment=st.sampled_from([Moment.DECLINED, Moment.AT_RISK, Moment.QUESTION]),
        expectation=expectations(),
        event=events,
        card=st.none() | cards(),
    )
    items: tuple[AskedItem, ...] = draw(asked_items(5))
    some = draw(st.booleans())
    answered = {items[0].card.expectation.number: "on_track"} if items and some else {}
    return ListView(
        reader=draw(members),
        day=date(2026, 11, 25),
        held=tuple(draw(st.lists(held, max_size=4))) * draw(st.integers(1, 5)),
        items=items,
        rest=draw(st.integers(0, 200)),
        people=draw(people),
        now=NOW,
        answered=answered,
        first_time=draw(st.booleans()),
    )


@st.composite
def pages(draw: st.DrawFn, first: int) -> Page:
    """Draw a page of a list."""
    count = draw(st.sampled_from([0, 1, 10]))
    items = tuple(draw(expectations(first + n)) for n in range(count))
    return Page(items=items, number=draw(st.integers(0, 9)), more=draw(st.booleans()))


lost = st.sampled_from([MessageState.DEAD, MessageState.UNKNOWN, MessageState.PENDING])
codes = st.sampled_from([None, "http_503", "a_code_of_tomorrow", *MEANINGS])


@st.composite
def homes(draw: st.DrawFn) -> HomeView:
    """Draw a Home, up to its fullest."""
    shown = tuple(replace(draw(goals), number=n) for n in range(1, draw(st.integers(1, 11))))
    return HomeView(
        reader=draw(members),
        needs_you=draw(asked_items(10)),
        you_do=draw(pages(100)),
        others_do=draw(pages(200)),
        goals=shown,
        goals_page=draw(st.integers(0, 3)),
        goals_more=draw(st.booleans()),
        finished=draw(st.integers(0, 9)),
        kept=draw(st.integers(0, 9)),
        lately=Counts(given=draw(st.integers(0, 9)), taken=draw(st.integers(0, 9))),
        undelivered=tuple(
            Undelivered(expectation=it, state=draw(lost), error=draw(codes))
            for it in draw(pages(300)).items
        ),
        people=draw(people),
        now=NOW,
        list_put_off=draw(codes),
        needs_more=draw(st.booleans()),
    )


thanks = st.builds(
    Thanks,
    number=numbers,
    by=st.just(OWNER),
    to=st.just(REQUESTER),
    text=texts,
    at=st.just(NOW),
    kept_between=st.booleans(),
)
summaries = st.builds(
    SummaryView,
    channel=st.just("C0"),
    channel_name=texts.filter(bool),
    first=st.just(date(2026, 11, 23)),
    last=st.just(date(2026, 11, 27)),
    set_up_by=st.none() | st.just(OWNER),
    people=people,
    goals=st.lists(
        st.builds(GoalLine, goal=goals, last_week=st.none() | st.just("5")), max_size=10
    ).map(tuple),
    agreed=st.integers(0, 99),
    kept=st.integers(0, 99),
    changed_in_time=st.integers(0, 99),
    under_way=st.integers(0, 99),
    due_count=st.integers(0, 9),
    next_week=st.lists(expectations(), max_size=10).map(tuple),
    help_wanted=st.lists(st.integers(1, 20).flatmap(expectations), max_size=3, unique_by=id).map(
        lambda found: tuple({it.number: it for it in found}.values())
    ),
    thanks=st.lists(thanks, max_size=10).map(tuple),
    zone=st.just("Europe/Berlin"),
)
thanks_views = st.builds(
    ThanksView,
    thanks=thanks,
    reader=members,
    people=people,
    channel_name=st.none() | texts,
    summary_on=st.none() | days,
)
charter_lines = st.builds(
    CharterLine,
    title=st.sampled_from(["", "&" * 60, "*_~`" * 15]),
    text=st.sampled_from([text[:200] for text in WORST]),
)
charters = st.builds(
    CharterView,
    channel=st.just("C0123456789"),
    words=st.none()
    | st.builds(
        CharterVersion,
        version=st.integers(1, 99),
        author=st.sampled_from([OWNER, REQUESTER]),
        at=instants,
        lines=st.lists(charter_lines, min_size=1, max_size=7).map(tuple),
    ),
    agreed=st.integers(0, 60).map(lambda count: tuple(f"U0{n:08}" for n in range(count))),
    review_on=st.none() | days,
    newer=st.booleans(),
    posted=st.booleans(),
    people=people,
    zone=zones,
    now=st.just(NOW),
    reader=st.none() | members,
)
installed = st.just(InstalledView(reader=OWNER))
shows = st.builds(
    ShowView,
    card=cards(),
    full=st.booleans(),
    history=st.lists(events, max_size=30).map(tuple),
    terms=st.lists(terms, max_size=15).map(tuple),
    words=st.lists(own_words, max_size=3).map(tuple),
    check_ins=st.just(frozenset(CheckIn)),
    periods=st.lists(periods, max_size=30).map(tuple),
)
