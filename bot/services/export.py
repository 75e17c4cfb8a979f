"""The export: everything that is kept, as plain values; docs/export.md is its contract."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.domain.expectation import Action, CheckIn, Expectation
from bot.domain.goal import Goal
from bot.domain.member import Member
from bot.domain.own_words import OwnWords
from bot.domain.terms import Terms
from bot.domain.thanks import Thanks
from bot.services.keeping import WholeExpectation

Values = dict[str, Any]

COLUMNS = (
    "id", "status", "outcome", "requester", "owner", "channel", "visibility", "result", "due",
    "due_at", "rrule", "goal", "group", "remedy_of", "owed_for", "finished_on", "unconfirmed",
    "self_confirmed",
)  # fmt: skip
"""What the CSV form has of an expectation, a row each."""


def expectation_values(whole: WholeExpectation) -> Values:
    """Return one expectation as the export shows it."""
    expectation = whole.expectation
    report = expectation.first_report
    pending, question = expectation.pending, expectation.question
    return {
        "id": expectation.id,
        "status": expectation.status.value,
        "awaited": expectation.awaited,
        "pending": pending
        and {"kind": pending.kind.value, "author": pending.author, "at": instant(pending.at)},
        "outcome": expectation.outcome and expectation.outcome.value,
        "finished_on": report and report.finished_on.iso(),
        "unconfirmed": expectation.unconfirmed,
        "self_confirmed": expectation.self_confirmed,
        "requester": expectation.requester,
        "owner": expectation.owner,
        "outside": expectation.outside,
        "channel": expectation.channel,
        "visibility": expectation.visibility.value,
        "result": expectation.terms.wording.result,
        "due": expectation.due.iso(),
        "due_at": instant(expectation.due_at),
        "closed_at": expectation.closed_at and instant(expectation.closed_at),
        "rrule": expectation.terms.rrule,
        "goal": _named("G", expectation.goal),
        "group": _named("E", expectation.group),
        "remedy_of": _named("E", expectation.remedy_of),
        "owed_for": _named("E", expectation.owed_for),
        "terms": [terms_values(version) for version in whole.terms],
        "events": [
            {
                "at": instant(event.at),
                "actor": event.actor,
                "verb": event.verb.value,
                "note": event.note,
            }
            for event in whole.events
            if isinstance(event.verb, Action)
        ],
        "checkins": [
            {
                "at": instant(event.at),
                "actor": event.actor,
                "answer": event.verb.value,
                "note": event.note,
            }
            for event in whole.events
            if isinstance(event.verb, CheckIn)
        ],
        "periods": [
            {
                "date": period.date.isoformat(),
                "outcome": period.outcome.value,
                "note": period.note,
            }
            for period in whole.periods
        ],
        "own_words": [own_words_values(one) for one in whole.words],
        "asked": [
            {"to": asked.user, "prompt": asked.prompt.value, "at": instant(asked.at)}
            for asked in whole.asked
        ],
        "question": question
        and {"by": question.by, "at": instant(question.at), "text": question.text},
        "reports": _reports(expectation),
        "link": expectation.link,
    }


def _reports(expectation: Expectation) -> list[Values]:
    both = (expectation.first_report, expectation.last_report)
    reports = {report.ordinal: report for report in both if report is not None}
    return [
        {
            "at": instant(report.at),
            "finished_on": report.finished_on.iso(),
            "link": report.link,
            "thanks_to": report.thanks_to,
        }
        for report in reports.values()
    ]


def terms_values(terms: Terms) -> Values:
    """Return one version of the terms."""
    wording = terms.wording
    return {
        "version": terms.version,
        "author": terms.author,
        "result": wording.result,
        "due": terms.due.iso(),
        "rrule": terms.rrule,
        "why": wording.why,
        "gains": {
            "requester": wording.gains.requester,
            "owner": wording.gains.owner,
            "team": wording.gains.team,
        },
        "done_means": wording.done_means,
        "needs": wording.needs,
        "needs_by": wording.needs_by,
        "guidelines": wording.guidelines,
        "resources": wording.resources,
        "accountability": wording.accountability,
        "consequences": wording.consequences,
        "note": terms.note,
        "proposed_at": instant(terms.at),
        "accepted_at": terms.accepted_at and instant(terms.accepted_at),
    }


def own_words_values(words: OwnWords) -> Values:
    """Return what a party added in their own words."""
    return {
        "author": words.author,
        "at": instant(words.at),
        "version": words.version,
        "understood": words.understood,
        "gain": words.gain,
        "need": words.need,
        "read_back_at": words.read_back_at and instant(words.read_back_at),
    }


def goal_values(goal: Goal) -> Values:
    """Return one goal."""
    measure = goal.measure
    return {
        "id": goal.id,
        "status": goal.status.value,
        "channel": goal.channel,
        "title": goal.title,
        "why": goal.why,
        "gain": goal.gain,
        "day": goal.day.isoformat(),
        "measure": measure
        and {"start": str(measure.start), "now": str(measure.now), "target": str(measure.target)},
        "champion": goal.champion,
        "creator": goal.creator,
        "review_on": goal.review_on and goal.review_on.isoformat(),
        "note": goal.note,
        "learnt": goal.learnt,
        "created_at": instant(goal.created_at),
        "closed_at": goal.closed_at and instant(goal.closed_at),
    }


def member_values(member: Member) -> Values:
    """Return one person and how they want to be written to."""
    return {
        "id": member.user,
        "name": member.name,
        "zone": member.zone.key,
        "locale": member.locale,
        "check_in": member.check_in.isoformat("minutes"),
        "workdays": sorted(member.workdays),
        "quiet_from": member.quiet_from.isoformat("minutes"),
        "quiet_until": member.quiet_until.isoformat("minutes"),
        "away_until": member.away_until and member.away_until.isoformat(),
        "cadence": member.cadence.value,
        "stopped": sorted(member.stopped),
        "conversation": member.conversation,
        "welcomed_at": member.welcomed_at and instant(member.welcomed_at),
        "country": member.country,
        "worth": member.worth,
        "active": member.active,
    }


def thanks_values(thanks: Thanks) -> Values:
    """Return one line of thanks."""
    return {
        "by": thanks.by,
        "to": thanks.to,
        "text": thanks.text,
        "at": instant(thanks.at),
        "channel": thanks.channel,
        "expectation": _named("E", thanks.expectation),
        "kept_between": thanks.kept_between,
    }


def row(values: Mapping[str, Any]) -> list[str]:
    """Return an expectation's values as a CSV row, in the order of COLUMNS."""
    return [_cell(values[column]) for column in COLUMNS]


def instant(at: datetime) -> str:
    """Write an instant in UTC, to the microsecond where it has any."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _named(letter: str, number: int | None) -> str | None:
    return None if number is None else f"{letter}-{number}"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    # A spreadsheet would run a cell that begins like a formula.
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
