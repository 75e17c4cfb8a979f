"""What a Prometheus reads: the figures by name, and nothing of people."""

from datetime import UTC, datetime, timedelta

from prometheus_client.parser import text_string_to_metric_families

from bot.db.outbox import Outbox
from bot.web.metrics import Metrics, Now

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
QUIET = Outbox(due=0, oldest_due_at=None, unknown=0, dead=0)


def read(text: bytes) -> dict[str, float]:
    """Return each sample by its name, with its labels."""
    return {
        "".join((sample.name, *(f",{key}={value}" for key, value in sample.labels.items()))): (
            sample.value
        )
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


def test_the_outbox_and_the_heartbeat_are_shown() -> None:
    outbox = Outbox(due=3, oldest_due_at=NOON - timedelta(seconds=90), unknown=2, dead=1)
    shown = read(Metrics(["command"]).text(Now(at=NOON, outbox=outbox, tick_age=0.5)))
    assert shown["winwin_database_up"] == 1
    assert shown["winwin_due"] == 3
    assert shown["winwin_oldest_due_seconds"] == 90
    assert shown["winwin_unknown"] == 2
    assert shown["winwin_dead"] == 1
    assert shown["winwin_tick_age_seconds"] == 0.5


def test_nothing_due_is_not_old() -> None:
    shown = read(Metrics([]).text(Now(at=NOON, outbox=QUIET, tick_age=None)))
    assert shown["winwin_oldest_due_seconds"] == 0
    assert "winwin_tick_age_seconds" not in shown


def test_a_database_that_is_gone_hides_no_other_figure() -> None:
    shown = read(Metrics(["command"]).text(Now(at=NOON, outbox=None, tick_age=40.0)))
    assert shown["winwin_database_up"] == 0
    assert shown["winwin_tick_age_seconds"] == 40
    assert shown["winwin_request_seconds_count,kind=command"] == 0
    assert "winwin_due" not in shown


def test_requests_are_counted_by_kind_and_time() -> None:
    metrics = Metrics(["command", "event"])
    metrics.took("command", 0.03)
    metrics.took("command", 2.9)
    shown = read(metrics.text(Now(at=NOON, outbox=QUIET, tick_age=None)))
    assert shown["winwin_request_seconds_count,kind=command"] == 2
    assert shown["winwin_request_seconds_bucket,kind=command,le=0.05"] == 1
    assert shown["winwin_request_seconds_bucket,kind=command,le=2.5"] == 1
    assert shown["winwin_request_seconds_bucket,kind=command,le=3.0"] == 2
    assert shown["winwin_request_seconds_count,kind=event"] == 0


def test_two_bots_count_by_themselves() -> None:
    one, other = Metrics([]), Metrics([])
    one.sent()
    now = Now(at=NOON, outbox=QUIET, tick_age=None)
    assert read(one.text(now))["winwin_sent_total"] == 1
    assert read(other.text(now))["winwin_sent_total"] == 0
