"""From what a use case returns to the reply that its author reads."""

from datetime import datetime

from bot.domain.expectation import Action, Status
from bot.services.goals import GoalList, GoalShown
from bot.services.look import Listing, Scope
from bot.services.propose import Created
from bot.services.scene import Acted
from bot.slack.blocks import pages, replies
from bot.slack.blocks.kit import Rendered


def created(made: Created, now: datetime) -> Rendered:
    """Show what one command or form made."""
    each = [
        replies.created(
            item.expectation,
            made.me,
            made.people,
            now,
            moves=item.moves,
            told=item.told,
            off=item.off_day,
            hint=len(made.items) == 1,
        )
        for item in made.items
    ]
    return each[0] if len(each) == 1 else replies.together(each)


def acted(done: Acted, now: datetime) -> Rendered:
    """Show what a move did."""
    return replies.acted(
        done.remedy or done.expectation,
        done.me,
        done.people,
        now,
        told=done.told,
        off=done.off_day,
        event=done.event.seq if done.event else 0,
        first_yes=is_first_yes(done),
        may_mend=may_mend(done),
        owed=None if done.remedy else done.owed,
    )


def is_first_yes(done: Acted) -> bool:
    """Tell whether it was agreed by this."""
    said_yes = done.event is not None and done.event.verb is Action.ACCEPT
    return said_yes and done.before is not None and done.before.status is Status.PROPOSED


def may_mend(done: Acted) -> bool:
    """Tell whether its owner said by this that they could not do it, and may put it right."""
    said = done.event is not None and done.event.verb is Action.CANNOT
    return said and Action.REMEDY in done.moves


def listing(page: Listing) -> Rendered:
    """Show a page of a list."""
    scopes = {Scope.MINE: pages.MINE, Scope.TEAM: pages.TEAM, Scope.WHO: page.who or ""}
    return pages.listing(
        page.items,
        page.reader,
        page.people,
        page.now,
        scope=scopes[page.scope],
        page=page.page,
        more=page.more,
    )


def goal_shown(shown: GoalShown) -> Rendered:
    """Show one goal."""
    return pages.goal(
        shown.goal,
        shown.items,
        shown.reader,
        shown.people,
        shown.now,
        may_update=shown.may_update,
        may_close=shown.may_close,
        reopen_until=shown.reopen_until,
        updates=shown.updates,
    )


def goal_list(page: GoalList) -> Rendered:
    """Show a page of goals."""
    return pages.goal_list(
        page.goals, page.reader, page.people, page.now, page=page.page, more=page.more
    )
