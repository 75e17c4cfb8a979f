"""The week in a channel: set up, posted once a slot, by hand, and only what it may see."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.conversation import Details
from bot.domain.due import Due
from bot.domain.errors import NoChannelError, NotInChannelError
from bot.domain.expectation import Action, Visibility
from bot.domain.messages import Moment
from bot.domain.terms import Wording
from bot.domain.views import SummaryRefusedView
from bot.services.ports import RefusedError
from bot.slack.blocks.summary import summary
from tests.integration.following.town import Post, Town
from tests.integration.services.house import ANA, BOB, KEN, LAUNCH, LENA, day

FRIDAY_16 = datetime(2026, 11, 27, 15, tzinfo=UTC)  # 16:00 in Berlin
WEEK = timedelta(days=7)
FRIDAY = 4


def weeks(posts: list[Post]) -> list[tuple[datetime, date, date]]:
    return [
        (post.at, post.summary.first, post.summary.last)
        for post in posts
        if post.moment is Moment.SUMMARY
    ]


def test_the_first_post_is_the_test_and_then_it_comes_each_week(town: Town) -> None:
    town.agree(due=day(26))
    summed = town.summarise.here(town.actor(LENA), FRIDAY, time(16))
    assert summed.posted
    assert summed.channel.summary is not None
    assert summed.channel.summary.next_at == FRIDAY_16
    (first,) = town.to(LAUNCH)
    assert first.summary.set_up_by == LENA
    posts = town.until(FRIDAY_16 + WEEK)
    assert weeks(town.to(LAUNCH, posts)) == [
        (FRIDAY_16, date(2026, 11, 23), date(2026, 11, 27)),
        (FRIDAY_16 + WEEK, date(2026, 11, 30), date(2026, 12, 4)),
    ]


@pytest.mark.parametrize("code", ["not_in_channel", "channel_not_found"])
def test_where_the_bot_may_not_post_nothing_is_saved(town: Town, code: str) -> None:
    town.sent.fails_for[LAUNCH] = RefusedError(code)
    with pytest.raises(NotInChannelError) as refused:
        town.summarise.here(town.actor(LENA), FRIDAY, time(16))
    assert (refused.value.channel, refused.value.code) == (LAUNCH, code)
    with town.reading() as uow:
        assert uow.channels.get(LAUNCH) is None


def test_it_is_of_channels_only(town: Town) -> None:
    with pytest.raises(NoChannelError):
        town.summarise.here(town.actor(LENA, None), FRIDAY, time(16))


def test_a_second_delivery_posts_nothing(town: Town) -> None:
    town.agree(due=day(26))
    actor = town.actor(LENA, key="same")
    town.summarise.here(actor, FRIDAY, time(16))
    again = town.summarise.here(actor, FRIDAY, time(16))
    assert len(weeks(town.to(LAUNCH))) == 1
    assert again.channel.summary is not None


@pytest.mark.parametrize(("hours", "expected"), [(71, 1), (73, 0)])
def test_a_stop_makes_it_up_to_72_hours_late(town: Town, hours: int, expected: int) -> None:
    town.agree(due=day(26))
    town.summarise.here(town.actor(LENA), FRIDAY, time(16))
    town.rest()
    posts = town.asleep_until(FRIDAY_16 + timedelta(hours=hours))
    found = weeks(town.to(LAUNCH, posts))
    assert [(first, last) for _, first, last in found] == [
        (date(2026, 11, 23), date(2026, 11, 27))
    ] * expected
    posts = town.until(FRIDAY_16 + WEEK)
    assert [at for at, _, _ in weeks(town.to(LAUNCH, posts))] == [FRIDAY_16 + WEEK]


def test_what_it_counts(town: Town) -> None:
    town.agree(due=day(26))
    kept = town.agree(due=day(25))
    town.agree(due=day(27), visibility=Visibility.PRIVATE)
    coming = town.agree(due=day(30), wording=Wording(result="icon set"))
    town.ask(due=day(30))
    town.answer.act(town.actor(ANA), kept, Action.DONE)
    town.answer.act(town.actor(LENA), kept, Action.CONFIRM)
    town.thank.give(town.actor(LENA), ANA, "for the late review")
    town.thank.give(town.actor(LENA), ANA, "between us", private=True)
    town.now += timedelta(seconds=1)
    view = town.summarise.preview(town.actor(LENA)).view
    assert (view.agreed, view.kept, view.changed_in_time, view.under_way) == (3, 1, 0, 2)
    assert [one.text for one in view.thanks] == ["for the late review"]
    assert view.set_up_by is None
    town.now = FRIDAY_16
    view = town.summarise.preview(town.actor(LENA)).view
    assert [one.number for one in view.next_week] == [coming]
    assert town.to(LAUNCH) == []


def test_a_proposal_that_was_declined_leaves_no_trace_in_its_week(town: Town) -> None:
    town.agree(due=Due(date(2026, 12, 30)))
    town.now += WEEK + timedelta(days=1)
    quiet = town.summarise.preview(town.actor(LENA)).view
    number = town.ask(due=Due(date(2026, 12, 30))).expectation.number
    town.answer.act(town.actor(ANA), number, Action.DECLINE)
    town.now += timedelta(seconds=1)
    after = town.summarise.preview(town.actor(LENA)).view
    assert summary(after).text == summary(quiet).text
    assert "A quiet week in #launch: nothing was due, 1 is open." in summary(after).text


def test_now_posts_also_where_nothing_was_set_up_and_an_empty_week_is_silent(town: Town) -> None:
    assert not town.summarise.now(town.actor(LENA)).posted
    assert town.to(LAUNCH) == []
    town.agree(due=day(26))
    assert town.summarise.now(town.actor(LENA)).posted
    (post,) = town.to(LAUNCH)
    assert post.summary.set_up_by is None
    assert town.store.next_wake() is not None


def test_an_empty_week_is_silent(town: Town) -> None:
    town.summarise.here(town.actor(LENA), FRIDAY, time(16))
    posts = town.until(FRIDAY_16 + timedelta(hours=1))
    assert weeks(town.to(LAUNCH, posts)) == []


def test_off_stops_it(town: Town) -> None:
    town.agree(due=day(26))
    town.summarise.here(town.actor(LENA), FRIDAY, time(16))
    assert town.summarise.off(town.actor(ANA)) is not None
    assert town.summarise.off(town.actor(ANA)) is None
    assert weeks(town.until(FRIDAY_16 + WEEK)) == []


def test_set_up_anew_it_comes_once_on_a_date(town: Town) -> None:
    town.agree(due=day(26))
    town.summarise.here(town.actor(LENA), FRIDAY, time(16))
    town.until(FRIDAY_16)
    town.now += timedelta(minutes=1)
    town.summarise.here(town.actor(LENA), FRIDAY, time(17))
    with town.reading() as uow:
        channel = uow.channels.get(LAUNCH)
    assert channel is not None
    assert channel.summary is not None
    assert channel.summary.next_at == FRIDAY_16 + WEEK + timedelta(hours=1)
    assert replace(channel.summary, last_on=None).by == LENA


def let_go(town: Town, number: int) -> None:
    town.answer.act(town.actor(LENA), number, Action.DROP)


def said_in_time(town: Town, number: int) -> None:
    town.answer.act(town.actor(ANA), number, Action.CANNOT, Details(note="ill"))


def could_not(town: Town, number: int) -> None:
    town.until(town.now + timedelta(days=2))
    town.answer.act(town.actor(ANA), number, Action.CANNOT, Details(note="ill"))


def forgiven(town: Town, number: int) -> None:
    could_not(town, number)
    town.answer.act(town.actor(LENA), number, Action.FORGIVE)


def late(town: Town, number: int) -> None:
    town.until(town.now + timedelta(days=2))
    town.answer.act(town.actor(ANA), number, Action.DONE)
    town.answer.act(town.actor(LENA), number, Action.CONFIRM)


def closed_as_not_kept(town: Town, number: int) -> None:
    town.until(town.now + timedelta(days=4, hours=2))
    town.answer.act(town.actor(LENA), number, Action.MISSED)


FATES = [let_go, said_in_time, could_not, forgiven, late, closed_as_not_kept]


@pytest.mark.parametrize("fate", FATES)
def test_no_number_and_no_two_of_them_tell_a_miss(
    town: Town, fate: Callable[[Town, int], None]
) -> None:
    """Whatever becomes of one agreement, two weeks read as if it had been let go.

    So neither a number, nor a difference of two, nor one post less the next, says what it was.
    """
    for owner, what in ((BOB, "icon set"), (KEN, "price list"), (BOB, "poster"), (KEN, "menu")):
        town.agree(LENA, owner, due=day(30), wording=Wording(result=what))
    for what in ("the room", "the keys"):
        town.agree(KEN, LENA, due=day(30), wording=Wording(result=what))
    kept = town.agree(LENA, BOB, due=day(27), wording=Wording(result="the map"))
    number = town.agree(LENA, ANA, due=day(24))
    town.answer.act(town.actor(BOB), kept, Action.DONE)
    town.answer.act(town.actor(LENA), kept, Action.CONFIRM)
    fate(town, number)
    town.summarise.here(town.actor(LENA), FRIDAY, time(16))
    posts = [one for one in town.until(FRIDAY_16 + WEEK) if one.moment is Moment.SUMMARY]
    first, second = (summary(post.summary).text.splitlines() for post in posts)
    assert first == [
        "*#launch, 23 to 27 November*",
        "Set up by Lena. Shared agreements only.",
        "*This week*",
        "8 agreed, 1 kept; 6 under way.",
        "*Next week*",
        (
            "Monday: Ken, price list (E-2); Ken, menu (E-4); Lena, the room (E-5); "
            "Lena, the keys (E-6); Bob, icon set (E-1); Bob, poster (E-3)."
        ),
        "*Fair share*",
        "3 of 3 carry the open work, each by their own days. Numbers only, not weight.",
    ]
    assert second == [
        "*#launch, 30 November to 4 December*",
        "Set up by Lena. Shared agreements only.",
        "*This week*",
        "6 under way.",
        "*Fair share*",
        "3 of 4 carry the open work, each by their own days. Numbers only, not weight.",
    ]


def refused(posts: list[Post]) -> list[SummaryRefusedView]:
    return [post.view for post in posts if isinstance(post.view, SummaryRefusedView)]


def test_who_set_it_up_is_told_once_that_it_is_refused_and_then_it_ends(town: Town) -> None:
    town.agree(due=day(26))
    town.summarise.here(town.actor(LENA), FRIDAY, time(16))
    town.sent.fails_for[LAUNCH] = RefusedError("not_in_channel")
    posts = town.until(FRIDAY_16 + timedelta(minutes=1))
    (told,) = refused(town.to(LENA, posts))
    assert (told.channel, told.reason) == (LAUNCH, "not_in_channel")
    assert told.again_on == date(2026, 12, 4)
    posts = town.until(FRIDAY_16 + 3 * WEEK)
    assert refused(posts) == []
    assert weeks(posts) == []
    with town.reading() as uow:
        channel = uow.channels.get(LAUNCH)
    assert channel is not None
    assert channel.summary is None


def test_invited_in_time_it_goes_on(town: Town) -> None:
    town.agree(due=day(26))
    town.summarise.here(town.actor(LENA), FRIDAY, time(16))
    town.sent.fails_for[LAUNCH] = RefusedError("not_in_channel")
    town.until(FRIDAY_16 + timedelta(minutes=1))
    town.sent.fails_for.clear()
    town.agree(due=day(30))
    posts = town.until(FRIDAY_16 + WEEK)
    assert [at for at, _, _ in weeks(posts)] == [FRIDAY_16 + WEEK]


def test_at_night_who_set_it_up_reads_it_in_the_morning(town: Town) -> None:
    town.agree(due=day(26))
    town.summarise.here(town.actor(LENA), FRIDAY, time(23))
    town.sent.fails_for[LAUNCH] = RefusedError("is_archived")
    monday_list = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)
    posts = town.until(monday_list)
    assert [post.at for post in posts if isinstance(post.view, SummaryRefusedView)] == [monday_list]
