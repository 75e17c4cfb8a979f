"""Expectations, terms, reports, events and periods, from rows and to rows."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import RowMapping

from bot.db.types import due_columns, read_due
from bot.domain.expectation import (
    Action,
    CheckIn,
    Event,
    Expectation,
    Pending,
    Period,
    Question,
    Report,
)
from bot.domain.terms import Gains, Terms, Wording

_VERBS: dict[str, Action | CheckIn] = {verb.value: verb for verb in (*Action, *CheckIn)}


def expectation_values(expectation: Expectation) -> dict[str, object]:
    """Return the columns of an expectation, without its key and `agreed_at`."""
    due, due_zone = due_columns(expectation.due)
    question = expectation.question
    first, last = expectation.first_report, expectation.last_report
    return {
        "kind": expectation.kind,
        "requester": expectation.requester,
        "owner": expectation.owner,
        "channel": expectation.channel,
        "visibility": expectation.visibility,
        "status": expectation.status,
        "version": expectation.terms.version,
        "last_version": expectation.last_version,
        "due": due,
        "due_zone": due_zone,
        "due_at": expectation.due_at,
        "created_at": expectation.created_at,
        **_pending_values(expectation.pending),
        "pendings": expectation.pendings,
        "reached_at": expectation.reached_at,
        "owner_word_at": expectation.owner_word_at,
        "requester_word_at": expectation.requester_word_at,
        "question_by": question and question.by,
        "question_at": question and question.at,
        "question_text": question and question.text,
        "rested": expectation.rested,
        "asked": [moment.astimezone(UTC).isoformat() for moment in expectation.asked],
        "reports": expectation.reports,
        "returns": expectation.returns,
        "first_report": first and first.ordinal,
        "last_report": last and last.ordinal,
        "moved_in_time": expectation.moved_in_time,
        "moved_late": expectation.moved_late,
        "outcome": expectation.outcome,
        "unconfirmed": expectation.unconfirmed,
        "self_confirmed": expectation.self_confirmed,
        "closed_at": expectation.closed_at,
        "unheard": expectation.unheard,
        "remedy_of": expectation.remedy_of,
        "open_remedy": expectation.open_remedy,
        "owed": expectation.owed,
        "owed_for": expectation.owed_for,
        "group": expectation.group,
        "goal": expectation.goal,
        "link": expectation.link,
        "tell_channel": expectation.tell_channel,
        "help_wanted": expectation.help_wanted,
        "outside": expectation.outside,
        "next_clock_at": expectation.next_clock_at,
    }


def _pending_values(pending: Pending | None) -> dict[str, object]:
    return {
        "pending_ordinal": pending and pending.ordinal,
        "pending_kind": pending and pending.kind,
        "pending_author": pending and pending.author,
        "pending_at": pending and pending.at,
        "pending_asked_at": pending and pending.asked_at,
        "pending_version": pending and pending.terms and pending.terms.version,
        "pending_note": None if pending is None else pending.note,
        "pending_reached_at": pending and pending.reached_at,
    }


def read_expectation(
    row: RowMapping, terms: Mapping[int, Terms], reports: Mapping[int, Report]
) -> Expectation:
    """Return a row's expectation, with those of its terms and reports that the row names."""
    return Expectation(
        number=row["number"],
        kind=row["kind"],
        requester=row["requester"],
        owner=row["owner"],
        channel=row["channel"],
        visibility=row["visibility"],
        status=row["status"],
        terms=terms[row["version"]],
        last_version=row["last_version"],
        due=read_due(row["due"], row["due_zone"]),
        due_at=row["due_at"],
        created_at=row["created_at"],
        pending=_read_pending(row, terms),
        pendings=row["pendings"],
        reached_at=row["reached_at"],
        owner_word_at=row["owner_word_at"],
        requester_word_at=row["requester_word_at"],
        question=_read_question(row),
        rested=row["rested"],
        asked=tuple(datetime.fromisoformat(moment) for moment in row["asked"]),
        reports=row["reports"],
        returns=row["returns"],
        first_report=reports.get(row["first_report"]),
        last_report=reports.get(row["last_report"]),
        moved_in_time=row["moved_in_time"],
        moved_late=row["moved_late"],
        outcome=row["outcome"],
        unconfirmed=row["unconfirmed"],
        self_confirmed=row["self_confirmed"],
        closed_at=row["closed_at"],
        unheard=row["unheard"],
        remedy_of=row["remedy_of"],
        open_remedy=row["open_remedy"],
        owed=row["owed"],
        owed_for=row["owed_for"],
        group=row["group"],
        goal=row["goal"],
        link=row["link"],
        tell_channel=row["tell_channel"],
        help_wanted=row["help_wanted"],
        outside=row["outside"],
        next_clock_at=row["next_clock_at"],
    )


def _read_pending(row: RowMapping, terms: Mapping[int, Terms]) -> Pending | None:
    if row["pending_ordinal"] is None:
        return None
    return Pending(
        ordinal=row["pending_ordinal"],
        kind=row["pending_kind"],
        author=row["pending_author"],
        at=row["pending_at"],
        asked_at=row["pending_asked_at"],
        terms=None if row["pending_version"] is None else terms[row["pending_version"]],
        note=row["pending_note"],
        reached_at=row["pending_reached_at"],
    )


def _read_question(row: RowMapping) -> Question | None:
    if row["question_by"] is None:
        return None
    return Question(by=row["question_by"], at=row["question_at"], text=row["question_text"])


def terms_values(terms: Terms) -> dict[str, object]:
    """Return the columns of a version, without the expectation's key."""
    wording, gains = terms.wording, terms.wording.gains
    due, due_zone = due_columns(terms.due)
    return {
        "version": terms.version,
        "author": terms.author,
        "at": terms.at,
        "result": wording.result,
        "why": wording.why,
        "gain_requester": gains.requester,
        "gain_owner": gains.owner,
        "gain_team": gains.team,
        "done_means": wording.done_means,
        "needs": wording.needs,
        "needs_by": wording.needs_by,
        "guidelines": wording.guidelines,
        "resources": wording.resources,
        "accountability": wording.accountability,
        "consequences": wording.consequences,
        "due": due,
        "due_zone": due_zone,
        "rrule": terms.rrule,
        "note": terms.note,
        "accepted_at": terms.accepted_at,
    }


def read_terms(row: RowMapping) -> Terms:
    """Return a row's terms."""
    gains = Gains(requester=row["gain_requester"], owner=row["gain_owner"], team=row["gain_team"])
    wording = Wording(
        result=row["result"],
        why=row["why"],
        gains=gains,
        done_means=row["done_means"],
        needs=row["needs"],
        needs_by=row["needs_by"],
        guidelines=row["guidelines"],
        resources=row["resources"],
        accountability=row["accountability"],
        consequences=row["consequences"],
    )
    return Terms(
        version=row["version"],
        author=row["author"],
        at=row["at"],
        wording=wording,
        due=read_due(row["due"], row["due_zone"]),
        rrule=row["rrule"],
        note=row["note"],
        accepted_at=row["accepted_at"],
    )


def report_values(report: Report) -> dict[str, object]:
    """Return the columns of a report, without the expectation's key."""
    finished_on, finished_on_zone = due_columns(report.finished_on)
    return {
        "ordinal": report.ordinal,
        "at": report.at,
        "finished_on": finished_on,
        "finished_on_zone": finished_on_zone,
        "outcome": report.outcome,
        "link": report.link,
        "thanks_to": report.thanks_to,
        "reached_at": report.reached_at,
    }


def read_report(row: RowMapping) -> Report:
    """Return a row's report."""
    return Report(
        ordinal=row["ordinal"],
        at=row["at"],
        finished_on=read_due(row["finished_on"], row["finished_on_zone"]),
        outcome=row["outcome"],
        link=row["link"],
        thanks_to=row["thanks_to"],
        reached_at=row["reached_at"],
    )


def event_values(event: Event) -> dict[str, object]:
    """Return the columns of an event."""
    return {
        "number": event.number,
        "seq": event.seq,
        "at": event.at,
        "actor": event.actor,
        "verb": event.verb.value,
        "note": event.note,
        "version": event.version,
    }


def read_event(row: RowMapping) -> Event:
    """Return a row's event."""
    return Event(
        number=row["number"],
        seq=row["seq"],
        at=row["at"],
        actor=row["actor"],
        verb=_VERBS[row["verb"]],
        note=row["note"],
        version=row["version"],
    )


def period_values(period: Period) -> dict[str, object]:
    """Return the columns of a period."""
    return {
        "number": period.number,
        "date": period.date,
        "slot_at": period.slot_at,
        "outcome": period.outcome,
        "reported_at": period.reported_at,
        "settled_at": period.settled_at,
        "note": period.note,
    }


def read_period(row: RowMapping) -> Period:
    """Return a row's period."""
    return Period(
        number=row["number"],
        date=row["date"],
        slot_at=row["slot_at"],
        outcome=row["outcome"],
        reported_at=row["reported_at"],
        settled_at=row["settled_at"],
        note=row["note"],
    )
