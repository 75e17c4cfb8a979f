"""What repeats: its RRULE, its first slot, and what is asked."""

# ruff: noqa: E501 - a row of a table is one line

import pytest

from tests.unit.language.table import asked, context, rows

ON_A_WEDNESDAY_AT_TEN = """
    every friday                      | 2026-11-27 FREQ=WEEKLY;BYDAY=FR
    every fri                         | 2026-11-27 FREQ=WEEKLY;BYDAY=FR
    every friday at 10am              | 2026-11-27T10:00:00+01:00 FREQ=WEEKLY;BYDAY=FR
    every friday 10am                 | 2026-11-27T10:00:00+01:00 FREQ=WEEKLY;BYDAY=FR
    every friday, 10am                | 2026-11-27T10:00:00+01:00 FREQ=WEEKLY;BYDAY=FR
    at 10am every friday              | 2026-11-27T10:00:00+01:00 FREQ=WEEKLY;BYDAY=FR
    every friday eod                  | 2026-11-27 FREQ=WEEKLY;BYDAY=FR
    every mon and thu                 | 2026-11-26 FREQ=WEEKLY;BYDAY=MO,TH
    every thu and mon                 | 2026-11-26 FREQ=WEEKLY;BYDAY=MO,TH
    every mon, tue and fri            | 2026-11-27 FREQ=WEEKLY;BYDAY=MO,TU,FR
    every mon, tue, and fri at noon   | 2026-11-27T12:00:00+01:00 FREQ=WEEKLY;BYDAY=MO,TU,FR
    every mon & thu                   | 2026-11-26 FREQ=WEEKLY;BYDAY=MO,TH
    every mon and every thu           | 2026-11-26 FREQ=WEEKLY;BYDAY=MO,TH
    every other monday                | 2026-11-30 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO
    every saturday                    | 2026-11-28 FREQ=WEEKLY;BYDAY=SA
    every day                         | 2026-11-26 FREQ=DAILY
    daily                             | 2026-11-26 FREQ=DAILY
    daily at 11:00                    | 2026-11-25T11:00:00+01:00 FREQ=DAILY
    daily at 09:00                    | 2026-11-26T09:00:00+01:00 FREQ=DAILY
    daily at 10:00                    | 2026-11-26T10:00:00+01:00 FREQ=DAILY
    every day before 5pm              | 2026-11-25T17:00:00+01:00 FREQ=DAILY
    every workday                     | 2026-11-26 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    every workday at 5pm              | 2026-11-25T17:00:00+01:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    every 3 days                      | 2026-11-26 FREQ=DAILY;INTERVAL=3
    every 3 days at 5pm               | 2026-11-26T17:00:00+01:00 FREQ=DAILY;INTERVAL=3
    every 1 day                       | 2026-11-26 FREQ=DAILY
    every 2 weeks on monday           | 2026-11-30 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO
    every 1 week on monday            | 2026-11-30 FREQ=WEEKLY;BYDAY=MO
    weekly on friday                  | 2026-11-27 FREQ=WEEKLY;BYDAY=FR
    weekly on mon and thu at noon     | 2026-11-26T12:00:00+01:00 FREQ=WEEKLY;BYDAY=MO,TH
    monthly on the 1st                | 2026-12-01 FREQ=MONTHLY;BYMONTHDAY=1
    monthly on the 28th at 5pm        | 2026-11-28T17:00:00+01:00 FREQ=MONTHLY;BYMONTHDAY=28
    monthly on the 25th               | 2026-12-25 FREQ=MONTHLY;BYMONTHDAY=25
    monthly on the 25th at 5pm        | 2026-11-25T17:00:00+01:00 FREQ=MONTHLY;BYMONTHDAY=25
    every last friday                 | 2026-11-27 FREQ=MONTHLY;BYDAY=-1FR
    every last monday                 | 2026-11-30 FREQ=MONTHLY;BYDAY=-1MO
    every last tuesday                | 2026-12-29 FREQ=MONTHLY;BYDAY=-1TU
    every friday until 15 Dec         | 2026-11-27 FREQ=WEEKLY;BYDAY=FR;UNTIL=20261215
    every friday until friday         | 2026-11-27 FREQ=WEEKLY;BYDAY=FR;UNTIL=20261127
    every fri at 10am until 2027-01-31 | 2026-11-27T10:00:00+01:00 FREQ=WEEKLY;BYDAY=FR;UNTIL=20270131
    every other mon until end of december | 2026-11-30 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20261231
    daily until eow                   | 2026-11-26 FREQ=DAILY;UNTIL=20261127
    every wednesday                   | ? FREQ=WEEKLY;BYDAY=WE 2026-11-25 2026-12-02
    every other wednesday             | ? FREQ=WEEKLY;INTERVAL=2;BYDAY=WE 2026-11-25 2026-12-02
    every 2 weeks on wednesday        | ? FREQ=WEEKLY;INTERVAL=2;BYDAY=WE 2026-11-25 2026-12-02
    every mon and wed                 | ? FREQ=WEEKLY;BYDAY=MO,WE 2026-11-25 2026-11-30
    every last wednesday              | ? FREQ=MONTHLY;BYDAY=-1WE 2026-11-25 2026-12-30
    weekly on wednesday               | ? FREQ=WEEKLY;BYDAY=WE 2026-11-25 2026-12-02
    every wednesday at 11:00          | 2026-11-25T11:00:00+01:00 FREQ=WEEKLY;BYDAY=WE
    every wednesday at 09:00          | 2026-12-02T09:00:00+01:00 FREQ=WEEKLY;BYDAY=WE
    every wednesday until 15 Dec      | ? FREQ=WEEKLY;BYDAY=WE;UNTIL=20261215 2026-11-25 2026-12-02
    every other mon and fri           | ? FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR 2026-11-27 2026-11-30
    every friday at 9:30              | ? FREQ=WEEKLY;BYDAY=FR 2026-11-27T09:30:00+01:00 2026-11-27T21:30:00+01:00
    daily at 5                        | ? FREQ=DAILY 2026-11-25T17:00:00+01:00 2026-11-26T05:00:00+01:00
    every friday at 25:00             | ? FREQ=WEEKLY;BYDAY=FR 2026-11-27
    every week                        | ? 2026-11-26 2026-11-27 2026-11-30
    every month                       | ? 2026-11-26 2026-11-27 2026-11-30
    weekly                            | ? 2026-11-26 2026-11-27 2026-11-30
    monthly                           | ? 2026-11-26 2026-11-27 2026-11-30
    every 2 weeks                     | ? 2026-11-26 2026-11-27 2026-11-30
    every week at 5pm                 | ? 2026-11-26T17:00:00+01:00 2026-11-27T17:00:00+01:00 2026-11-30T17:00:00+01:00
    monthly on the 29th               | ? 2026-11-29
    monthly on the 30th               | ? 2026-11-30
    monthly on the 31st               | ? 2026-11-30 2026-12-01
    every weekday at 9am              | ? 2026-11-26T09:00:00+01:00 2026-11-27T09:00:00+01:00 2026-11-30T09:00:00+01:00
    every first monday                | ? 2026-11-26 2026-11-27 2026-11-30
    every second friday at 5pm        | ? 2026-11-26T17:00:00+01:00 2026-11-27T17:00:00+01:00 2026-11-30T17:00:00+01:00
    every two weeks on friday         | ? 2026-11-26 2026-11-27 2026-11-30
    every other week on friday        | ? 2026-11-26 2026-11-27 2026-11-30
    every 2 months on the 1st         | ? 2026-11-26 2026-11-27 2026-11-30
    monthly on the last friday        | ? 2026-11-26 2026-11-27 2026-11-30
    every other day                   | ? 2026-11-26 2026-11-27 2026-11-30
    every 0 days                      | ? 2026-11-26 2026-11-27 2026-11-30
    every friday until 26 nov         | ? 2026-11-27
    every friday until 03/04          | ? 2026-11-27
    every friday until wednesday      | ? 2026-11-27
    every day until friday at 5pm     | ? 2026-11-26
    every friday until we are done    | ? 2026-11-26 2026-11-27 2026-11-30 | ship it every friday until we are done
    before every friday               | ? 2026-11-27
"""


@pytest.mark.parametrize(("typed", "expected", "result"), rows(ON_A_WEDNESDAY_AT_TEN))
def test_series(typed: str, expected: str, result: str) -> None:
    assert asked(typed) == (expected, result)


@pytest.mark.parametrize(
    ("now", "typed", "expected"),
    [
        # On a Friday evening, and on a first of a month.
        ("2026-11-27T18:00:00+01:00", "daily", "2026-11-28 FREQ=DAILY"),
        (
            "2026-11-27T18:00:00+01:00",
            "every workday",
            "2026-11-30 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        ),
        (
            "2026-11-27T18:00:00+01:00",
            "every friday at 5pm",
            "2026-12-04T17:00:00+01:00 FREQ=WEEKLY;BYDAY=FR",
        ),
        ("2026-12-01T10:00:00+01:00", "monthly on the 1st", "2027-01-01 FREQ=MONTHLY;BYMONTHDAY=1"),
        ("2026-12-11T10:00:00+01:00", "every last friday", "? FREQ=MONTHLY;BYDAY=-1FR 2026-12-25"),
        ("2027-01-30T10:00:00+01:00", "monthly on the 31st", "? 2027-01-31"),
        ("2027-01-31T10:00:00+01:00", "monthly on the 30th", "? 2027-02-28 2027-03-01"),
    ],
)
def test_first_slots(now: str, typed: str, expected: str) -> None:
    assert asked(typed, context(now))[0] == expected
