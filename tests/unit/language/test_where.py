"""Which words of a line are its date, and what stays in the result."""

# ruff: noqa: E501 - a row of a table is one line

import pytest

from tests.unit.language.table import asked, rows

FRIDAY_AND_MORE = """
    by friday!                          | 2026-11-27
    by friday.                          | 2026-11-27
    by friday ?!;,.                     | 2026-11-27
    by friday 🎉                        | 2026-11-27
    by friday🎉🎉 !                     | 2026-11-27
    by friday 👩‍💻                        | 2026-11-27
    by friday 👍🏽                        | 2026-11-27
    by friday ❤️                         | 2026-11-27
    by friday 🇩🇪                        | 2026-11-27
    by friday 5️⃣                        | 2026-11-27
    by friday :tada:                    | 2026-11-27
    by friday :wave::skin-tone-3: :+1:  | 2026-11-27
    BY FRIDAY                           | 2026-11-27
    , by friday                         | 2026-11-27
    by friday please                    | ? 2026-11-26 2026-11-27 2026-11-30 | ship it by friday please
    by friday, please.                  | ? 2026-11-26 2026-11-27 2026-11-30 | ship it by friday, please.
    by friday <@U02BOB>                 | ? 2026-11-26 2026-11-27 2026-11-30 | ship it by friday @U02BOB
    by friday (noon)                    | ? 2026-11-26 2026-11-27 2026-11-30 | ship it by friday (noon)
    (by friday)                         | ? 2026-11-26 2026-11-27 2026-11-30 | ship it (by friday)
    by friday,, 5pm                     | ? 2026-11-25T17:00:00+01:00 | ship it by friday,, 5pm
    by the deploy by friday             | 2026-11-27 | ship it by the deploy
    and stand by at 5pm                 | 2026-11-25T17:00:00+01:00 | ship it and stand by
    and stand by on friday              | 2026-11-27 | ship it and stand by
    and log on on monday                | 2026-11-30 | ship it and log on
    and check in tomorrow               | 2026-11-26 | ship it and check in
    in friday                           | ? 2026-11-27 | ship it in friday
    every time by friday                | 2026-11-27 | ship it every time
    with the daily report by friday     | 2026-11-27 | ship it with the daily report
    on the monday board by friday       | 2026-11-27 | ship it on the monday board
    on monday by friday                 | ? 2026-11-27 2026-11-30 | ship it on monday
    on monday, by friday                | ? 2026-11-27 2026-11-30 | ship it on monday
    on monday or by friday              | ? 2026-11-27 2026-11-30 | ship it on monday or
    by friday 🎉 at noon                | ? 2026-11-25T12:00:00+01:00 2026-11-27 | ship it by friday 🎉
    in 2 hours at 5pm                   | ? 2026-11-25T12:00:00+01:00 2026-11-25T17:00:00+01:00 | ship it in 2 hours
    on 03/04 by friday                  | 2026-11-27 | ship it on 03/04
    monday by friday                    | 2026-11-27 | ship it monday
    on monday by 03/04                  | ? 2027-03-04 2027-04-03 | ship it on monday
    by monday tomorrow                  | ? 2026-11-26 2026-11-30 | ship it by monday
    by noon by friday                   | 2026-11-27T12:00:00+01:00
    to 9am by friday                    | 2026-11-27 | ship it to 9am
    tomorrow morning at 9am             | ? 2026-11-26T09:00:00+01:00 | ship it tomorrow morning at 9am
    by friday evening at 6pm            | ? 2026-11-27T18:00:00+01:00 | ship it by friday evening at 6pm
    on friday in the evening, by 6pm    | ? 2026-11-27T18:00:00+01:00 | ship it on friday in the evening, by 6pm
    every friday morning at 9am         | ? FREQ=WEEKLY;BYDAY=FR 2026-11-27T09:00:00+01:00 | ship it every friday morning at 9am
    in the morning at 11am              | 2026-11-25T11:00:00+01:00 | ship it in the morning
    by fri 27 nov at 5pm                | ? 2026-11-27T17:00:00+01:00 | ship it by fri 27 nov at 5pm
    by friday 27 at 5pm                 | ? 2026-11-25T17:00:00+01:00 2026-11-27 | ship it by friday 27
    by friday next week at 5pm          | ? 2026-11-26T17:00:00+01:00 2026-11-27T17:00:00+01:00 2026-11-30T17:00:00+01:00 | ship it by friday next week at 5pm
    by friday next week by 5pm          | ? 2026-11-26T17:00:00+01:00 2026-11-27T17:00:00+01:00 2026-11-30T17:00:00+01:00 | ship it by friday next week by 5pm
    by the 27th of november at 5pm      | 2026-11-27T17:00:00+01:00
    and march by 5pm                    | 2026-11-25T17:00:00+01:00 | ship it and march
    with 3 on friday                    | 2026-11-27 | ship it with 3
"""

WITHOUT_DELIMITER = """
    eod                      | 2026-11-25
    eow                      | 2026-11-27
    eom                      | 2026-11-30
    eoq                      | 2026-12-31
    eoy                      | 2026-12-31
    today                    | 2026-11-25
    tomorrow                 | 2026-11-26
    Tomorrow!                | 2026-11-26
    every friday             | 2026-11-27 FREQ=WEEKLY;BYDAY=FR
    tomorrow at noon         | 2026-11-26T12:00:00+01:00
    tomorrow 5pm             | 2026-11-26T17:00:00+01:00
    today eod                | 2026-11-25
    for issue 12 eod         | 2026-11-25 | ship it for issue 12
    friday                   | ? 2026-11-27 | ship it friday
    friday 5pm               | ? 2026-11-27T17:00:00+01:00 | ship it friday 5pm
    friday at noon           | ? 2026-11-27T12:00:00+01:00 | ship it friday at noon
    friday eod               | ? 2026-11-27 | ship it friday eod
    eod friday               | ? 2026-11-27 | ship it eod friday
    noon tomorrow            | ? 2026-11-26T12:00:00+01:00 | ship it noon tomorrow
    25 Dec                   | ? 2026-12-25 | ship it 25 Dec
    25 Dec at 5pm            | ? 2026-12-25T17:00:00+01:00 | ship it 25 Dec at 5pm
    asap                     | ? 2026-11-26 2026-11-27 2026-11-30 | ship it asap
    next week                | ? 2026-11-26 2026-11-27 2026-11-30 | ship it next week
    from today               | ? 2026-11-25 | ship it from today
    instead of today         | ? 2026-11-25 | ship it instead of today
    for tomorrow             | ? 2026-11-26 | ship it for tomorrow
    and news about today     | ? 2026-11-25 | ship it and news about today
    as done since today      | ? 2026-11-25 | ship it as done since today
    with notes of every friday | ? FREQ=WEEKLY;BYDAY=FR 2026-11-27 | ship it with notes of every friday
    with notes of every friday at 5pm | ? FREQ=WEEKLY;BYDAY=FR 2026-11-27T17:00:00+01:00 | ship it with notes of every friday at 5pm
    for tomorrow by 5pm      | 2026-11-25T17:00:00+01:00 | ship it for tomorrow
    for tomorrow at 5pm      | ? 2026-11-26T17:00:00+01:00 | ship it for tomorrow at 5pm
    with 5                   | ? 2026-11-26 2026-11-27 2026-11-30 | ship it with 5
    by fri 27 nov            | ? 2026-11-27 | ship it by fri 27 nov
"""

QUOTED = """
    by "friday"              | ? 2026-11-26 2026-11-27 2026-11-30 | ship it by "friday"
    "by friday"              | ? 2026-11-26 2026-11-27 2026-11-30 | ship it "by friday"
    “eod”                    | ? 2026-11-26 2026-11-27 2026-11-30 | ship it “eod”
    „by friday“              | ? 2026-11-26 2026-11-27 2026-11-30 | ship it „by friday“
    «by friday»              | ? 2026-11-26 2026-11-27 2026-11-30 | ship it «by friday»
    `by friday`              | ? 2026-11-26 2026-11-27 2026-11-30 | ship it `by friday`
    "by monday" by friday    | 2026-11-27 | ship it "by monday"
    `by monday` tomorrow     | 2026-11-26 | ship it `by monday`
    on 5" pipe by friday     | 2026-11-27 | ship it on 5" pipe
    'by monday' by friday    | 2026-11-27 | ship it 'by monday'
    don't wait by friday     | 2026-11-27 | ship it don't wait
    the “draft by friday     | 2026-11-27 | ship it the “draft
    „by friday”              | ? 2026-11-26 2026-11-27 2026-11-30 | ship it „by friday”
"""


@pytest.mark.parametrize(
    ("typed", "expected", "result"),
    [*rows(FRIDAY_AND_MORE), *rows(WITHOUT_DELIMITER), *rows(QUOTED)],
)
def test_where_the_date_is(typed: str, expected: str, result: str) -> None:
    assert asked(typed) == (expected, result)


@pytest.mark.parametrize(
    "typed", ["<https://a.example|by friday>", "by <https://friday.example|friday>"]
)
def test_a_link_is_no_date(typed: str) -> None:
    assert asked(typed) == ("? 2026-11-26 2026-11-27 2026-11-30", "ship it by friday")
