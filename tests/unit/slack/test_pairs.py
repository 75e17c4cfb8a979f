"""What lies between two people in words, and what may be pressed there."""

from dataclasses import replace
from datetime import date
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asides import Aside
from bot.domain.expectation import Expectation, Kind, Status, Visibility
from bot.domain.give_and_take import Counts, GiveAndTake, Quarter
from bot.domain.learnt import Learnt, write
from bot.domain.member import Member
from bot.domain.messages import Moment
from bot.domain.opinions import Opinion, Said, Topic
from bot.domain.views import AsideView, BetweenView, ListView
from bot.playground.limits import check_view
from bot.slack.blocks.between import between
from bot.slack.blocks.card import card
from bot.slack.blocks.forms.answers import done_form
from bot.slack.blocks.forms.pairs import remember_form
from bot.slack.ids import Origin, Press, Verb
from bot.slack.renderer import BlockRenderer
from tests.support.block_limits import broken_view
from tests.unit.slack import pair_views, views
from tests.unit.slack.given import LENA, NOW, OTTO, PEOPLE, TEAM, asked, labels, shown, view
from tests.unit.slack.test_limits import SLOW, check

OTTOS = "<@U0OTTO>"


def nothing(**more: Any) -> BetweenView:  # noqa: ANN401 - fields by name
    """Return what lies between Lena and Otto when nothing does."""
    values: dict[str, Any] = {
        "reader": LENA,
        "other": OTTO,
        "counts": GiveAndTake(lately=Counts(), quarters=()),
        "about": {},
        "people": PEOPLE,
        "now": NOW,
    }
    parts = ("you_do", "they_do", "series", "needs", "put_right", "thanks", "learnt")
    values |= dict.fromkeys((*parts, "fairness", "worth"), ())
    return BetweenView(**values | more)


def said(topic: Topic, about: str, by: Member, opinion: Opinion, **more: Any) -> Said:  # noqa: ANN401 - the same
    other = OTTO if by is LENA else LENA
    return Said(
        topic=topic, about=about, by=by.user, other=other.user, opinion=opinion, at=NOW, **more
    )


@SLOW
@given(pair_views.betweens())
def test_whatever_lies_between_two_keeps_slacks_limits(view: BetweenView) -> None:
    content = between(view)
    check(content.text, content.blocks)


@SLOW
@given(views.lists(), st.lists(pair_views.asides(), min_size=1, max_size=3))
def test_lists_with_asides_keep_them_too(view: Any, asides: list[AsideView]) -> None:  # noqa: ANN401 - a list's view
    content = BlockRenderer(TEAM).message(replace(view, asides=tuple(asides)))
    check(content.text, content.blocks)


@SLOW
@given(views.cards(), st.lists(pair_views.lines, max_size=2), views.members)
def test_cards_with_lines_keep_them_too(shows: Any, lines: list[Learnt], me: Member) -> None:  # noqa: ANN401 - a card's view
    content = card(replace(shows, learnt=tuple(lines)), TEAM)
    check(content.text, content.blocks)
    it: Expectation = shows.expectation
    origin = Origin(press=Press(verb=Verb.REMEMBER, number=it.number))
    forms = (
        remember_form(it, origin, me, views.NOW),
        done_form(it, origin, me, views.NOW, reads=me.name),
    )
    for form in forms:
        assert broken_view(form) == []
        check_view(cast("dict[str, Any]", form), "modal")


def test_nothing_yet() -> None:
    content = between(nothing())
    assert content.text == f"Nothing lies between you and {OTTOS} yet."
    assert labels(content.blocks) == ["Ask for something", "Offer something", "Say thanks"]


def test_who_has_left_is_asked_for_nothing() -> None:
    assert labels(between(nothing(other=replace(OTTO, active=False))).blocks) == []


def test_counts_are_told_without_a_verdict() -> None:
    quarters = (
        (Quarter(year=2026, quarter=4), Counts(given=2, taken=3)),
        (Quarter(year=2025, quarter=1), Counts(given=9, taken=0)),
    )
    counts = GiveAndTake(lately=Counts(given=2, taken=3), quarters=quarters)
    assert between(nothing(counts=counts)).text.splitlines()[1:] == [
        "*Give and take*",
        (f"Finished in the last 90 days: 2 by you, 3 by {OTTOS}. In all: 11 by you, 3 by {OTTOS}."),
        f"October to December: 2 by you, 3 by {OTTOS}.",
        f"January to March 2025: 9 by you, 0 by {OTTOS}.",
        (
            "Numbers only: they cannot see how much each one weighed. Dates of a series and "
            "commitments stand beside them."
        ),
    ]


def test_older_quarters_are_told_together() -> None:
    quarters = tuple(
        (Quarter(year=2026 - n, quarter=4), Counts(given=1, taken=n)) for n in range(8)
    )
    counts = GiveAndTake(lately=Counts(), quarters=quarters)
    assert f"Before that: 2 by you, 13 by {OTTOS}." in between(nothing(counts=counts)).text


def test_a_part_shows_five_and_leads_to_the_list() -> None:
    seven = tuple(asked(Status.ACTIVE, number=n) for n in range(1, 8))
    content = between(nothing(they_do=seven))
    assert content.text.count("ship the billing API") == 5
    assert "2 more in the list." in content.text
    assert "Show the list" in labels(content.blocks)
    assert content.shows == (1, 2, 3, 4, 5)


def test_only_what_both_share_names_the_others_answer() -> None:
    mine = said(Topic.FAIRNESS, "2026-Q4", LENA, Opinion.MOSTLY)
    line = "October to December: you said mostly."
    alone = between(nothing(fairness=(mine,)))
    assert f"{line} Only you see that." in alone.text
    assert "Share it, if both do" in labels(alone.blocks)
    wanted = between(nothing(fairness=(replace(mine, shares=True),)))
    assert f"{line} It shows once {OTTOS} shares as well; until then only you know." in wanted.text
    assert "Keep it to myself" in labels(wanted.blocks)
    both = (
        replace(mine, shares=True, shown_at=NOW),
        said(Topic.FAIRNESS, "2026-Q4", OTTO, Opinion.YES, shares=True, shown_at=NOW),
    )
    shared = between(nothing(fairness=both))
    assert f"October to December: you said mostly, {OTTOS} said yes." in shared.text
    assert not {"Share it, if both do", "Keep it to myself"} & set(labels(shared.blocks))


def aside(kind: Aside, **more: Any) -> AsideView:  # noqa: ANN401 - fields by name
    about = asked(Status.MET) if kind is Aside.WORTH_IT else None
    key = "E-42" if about else "U0OTTO/2026-Q4"
    return AsideView(kind=kind, key=key, expectation=about, who=OTTO.user, people=PEOPLE, **more)


def listed(one: AsideView) -> tuple[str, list[str]]:
    """Return what a list with this aside alone says, and its labels."""
    list_ = ListView(
        reader=LENA,
        day=date(2026, 11, 25),
        held=(),
        items=(),
        rest=0,
        people=PEOPLE,
        now=NOW,
        asides=(one,),
    )
    content = BlockRenderer(TEAM).message(list_)
    return content.text, labels(cast("Any", content.blocks))


def test_worth_it_asks_as_voice_says() -> None:
    text, row = listed(aside(Aside.WORTH_IT))
    assert text == (
        f"*ship the billing API* (E-42), with {OTTOS}: was it worth it for you, from 1 (no) to 5 "
        "(very)? Only you see this, unless you both share."
    )
    assert row == ["1", "2", "3", "4", "5", "Stop asking"]


def test_fairness_asks_plainly() -> None:
    text, row = listed(aside(Aside.FAIRNESS))
    assert text == (
        f"You and {OTTOS}: does the give and take feel fair? "
        "Only you see this, unless you both share."
    )
    assert row == ["Yes", "Mostly", "Not lately", "Stop asking"]


def test_an_answer_that_is_shown_has_nothing_to_press() -> None:
    shown_one = aside(Aside.FAIRNESS, answered="yes", args={"shares": "1", "theirs": "not_lately"})
    assert listed(shown_one) == (
        f"Give and take with {OTTOS}: you said yes, {OTTOS} said not lately.",
        [],
    )


def line(by: Member = OTTO) -> Learnt:
    other = LENA if by is OTTO else OTTO
    return write(42, by.user, other.user, "Agree the test data first.", NOW)


def test_a_line_that_its_author_shares_can_be_shared_too() -> None:
    met = asked(Status.MET)
    quiet = card(view(Moment.KEPT, met, LENA, learnt=(line(),)), TEAM)
    assert f"Worth remembering. {OTTOS}: “Agree the test data first.”" in quiet.text
    assert "Between the two of you." in quiet.text
    assert "Share it too" not in labels(quiet.blocks)
    wanted = replace(line(), sharing=line().sharing.share(OTTO.user, NOW))
    offered = card(view(Moment.KEPT, met, LENA, learnt=(wanted,)), TEAM)
    assert "Share it too" in labels(offered.blocks)
    to_author = card(view(Moment.KEPT, met, OTTO, learnt=(wanted,)), TEAM)
    assert "once <@U0LENA> shares it too" in to_author.text
    assert not {"Share it too", "Worth remembering"} & set(labels(to_author.blocks))
    private = replace(met, visibility=Visibility.PRIVATE)
    assert "Share it too" not in labels(
        card(view(Moment.KEPT, private, LENA, learnt=(wanted,)), TEAM).blocks
    )


def test_of_a_commitment_there_is_no_other() -> None:
    alone = asked(Status.MET, kind=Kind.COMMITMENT, requester=None)
    mine = write(42, OTTO.user, None, "Start earlier.", NOW)
    told = card(view(Moment.KEPT, alone, OTTO, learnt=(mine,)), TEAM)
    assert "You: “Start earlier.”" in shown(told.blocks)
    assert "Between" not in told.text
