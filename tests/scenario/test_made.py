"""What a line makes: several owners, offers, commitments, goals, series, thanks and the week."""

from datetime import UTC, datetime

from bot.db.health import findings
from bot.playground import Conversation, Kind, Message
from tests.support.stage import Stage

FRIDAY_FOUR = datetime(2026, 11, 27, 15, 0, 1, tzinfo=UTC)


def replies(stage: Stage, user: str, where: str = "launch") -> list[Message]:
    return [m for m in stage.slack.visible(user, where) if m.to is not None]


def test_several_owners_make_one_each_and_know_of_each_other(stage: Stage) -> None:
    said = stage.expect("ren", "@lena, @asha and @lena to agree owners by friday")
    assert said.count("agree owners") == 2
    for user, other in (("lena", "U04ASHA"), ("asha", "U01LENA")):
        asked = stage.last(user, about="agree owners")
        assert f"<@{other}>" in asked.text, asked.text
    assert "E-1" in stage.last("lena", about="agree owners").text
    assert "E-2" in stage.last("asha", about="agree owners").text
    stage.press("lena", stage.last("lena", about="agree owners"), "Accept")
    assert "waiting" in stage.expect("asha", "show E-2").splitlines()[0]


def test_an_offer_waits_and_a_commitment_does_not(stage: Stage) -> None:
    assert "Nothing is agreed until <@U04ASHA> answers" in stage.expect(
        "lena", "I'll check the numbers for @asha by friday"
    )
    offered = stage.last("asha", about="check the numbers")
    assert "<@U01LENA> offers you" in offered.text
    stage.press("asha", offered, "Accept")
    assert "agreed" in stage.last("lena", about="check the numbers").text

    said = stage.expect("lena", "I will draft the brief by tomorrow noon")
    assert "It is yours: change it or let it go any time." in said
    assert "Tuesday, 24 November, 12:00, Berlin time" in said
    stage.press("lena", replies(stage, "lena")[-1], "Tell the channel")
    told = stage.slack.messages("launch")[-1]
    assert "draft the brief" in told.text
    stage.expect("lena", "done E-2")
    assert "kept" in stage.expect("lena", "show E-2").splitlines()[0]


def test_a_commitment_that_is_never_mentioned_again_ends(stage: Stage) -> None:
    stage.expect("lena", "I will draft the brief by 26 Nov")
    assert list(findings(stage.database_url)) == []  # it has a next time from the first moment
    stage.advance(datetime(2026, 12, 24, 22, 59, tzinfo=UTC))
    assert "agreed" in stage.expect("lena", "show E-1").splitlines()[0]
    stage.advance(datetime(2026, 12, 24, 23, 0, tzinfo=UTC))  # the end of her 20th workday
    assert "ended" in stage.expect("lena", "show E-1").splitlines()[0]


def test_a_goal_and_its_verbs(stage: Stage) -> None:
    said = stage.expect("lena", "we will move ten customers by 15 Dec")
    assert "move ten customers" in said
    assert "G-1" in stage.expect("asha", "goal list")
    assert "G-1" in stage.expect("asha", "goal show g-1")
    stage.expect("lena", "goal update G-1 7")
    stage.expect("asha", "goal close G-1")
    assert stage.slack.modal("asha") is not None
    errors = stage.submit("asha", {"How it ended": "Reached", "What came of it": "started early"})
    assert errors != {}  # neither its champion nor its creator
    stage.slack.close_modal("asha")
    stage.expect("lena", "goal close G-1")
    assert stage.submit("lena", {"How it ended": "Reached", "What came of it": "early"}) == {}
    assert "early" in stage.expect("lena", "goal show G-1")
    assert "early" not in stage.expect("lena", "goal reopen G-1")
    assert "There is no G-9 that you can see." in stage.expect("lena", "goal show G-9")
    assert "There is no G-1 that you can see." in stage.expect("asha", "goal show G-1", "support")


def test_a_series_says_its_rule_and_its_next_date(stage: Stage) -> None:
    said = stage.expect("asha", "@lena to keep log green every friday at 10am")
    assert "every Friday" in said
    asked = stage.last("lena", about="keep log green")
    assert "every Friday" in asked.text
    stage.press("lena", asked, "Accept")
    stage.advance(datetime(2026, 11, 27, 8, 31, tzinfo=UTC))
    period = stage.last("lena", about="keep log green")
    assert "Not this time" in str(period.blocks)
    stage.press("lena", period, "Done")
    stage.advance(datetime(2026, 11, 30, 9, 0, tzinfo=UTC))
    assert "Friday, 27 November: done." in stage.expect("lena", "show E-1")
    assert "It recurs" in stage.expect("lena", "done E-1")


def test_what_was_done_before_a_series_ended_settles_once(stage: Stage) -> None:
    stage.expect("asha", "@lena to keep log green every friday at 10am")
    stage.press("lena", stage.last("lena", about="keep log green"), "Accept")
    stage.advance(datetime(2026, 11, 27, 8, 31, tzinfo=UTC))
    stage.press("lena", stage.last("lena", about="keep log green"), "Done")
    assert "let go" in stage.expect("asha", "drop E-1")
    stage.advance(datetime(2026, 12, 2, 9, tzinfo=UTC))  # it would not come to rest


def test_thanks(stage: Stage) -> None:
    stage.expect("asha", "summary here weekly fri 16:00")
    said = stage.expect("lena", "thanks @asha for the late review")
    assert "#launch" in said
    stage.advance_by(days=1)
    thanked = stage.last("asha", about="the late review")  # one line in the next list
    assert stage.expect("lena", "thanks @asha") == ""
    assert stage.submit("lena", {"For what": "the plan"}) == {}  # who stands there already
    assert "asha" in stage.slack.visible("lena", "launch")[-1].text.lower()
    assert "That is yourself" in stage.expect("lena", "thanks @lena for everything")
    stage.expect("lena", "thanks @asha for the early review")
    stage.advance(FRIDAY_FOUR)
    summary = stage.slack.messages("launch")[-1].text
    assert ("early review" in summary, "late review" in summary) == (True, True)
    assert thanked.to is None


def test_away_and_back(stage: Stage) -> None:
    assert "You are away until Wednesday, 2 December" in stage.expect("asha", "away until 2 Dec")
    said = stage.expect("lena", "@asha to read the plan by 3 Dec")
    assert "2 December" in said
    assert stage.inbox("asha") == []
    stage.expect("asha", "back")
    stage.advance_by(days=1)
    assert "read the plan" in stage.last("asha").text


def test_the_week_of_a_channel(stage: Stage) -> None:
    assert "summary here weekly fri 16:00" in stage.expect("lena", "summary")
    assert "Friday" in stage.expect("lena", "summary here weekly fri 16:00")
    stage.expect("lena", "I will write the plan by friday")
    assert "write the plan" in stage.expect("lena", "summary preview")
    before = len(stage.slack.messages("launch"))
    assert "It is posted" in stage.expect("lena", "summary now")
    assert len(stage.slack.messages("launch")) == before + 1
    stage.expect("lena", "summary off")
    stage.advance(FRIDAY_FOUR)
    assert len(stage.slack.messages("launch")) == before + 1
    assert "summary [preview" in stage.expect("lena", "summary here whenever")
    assert "Use that" not in str(replies(stage, "lena")[-1].blocks)


def test_where_the_bot_is_not_it_says_how_to_invite_it_and_saves_nothing(stage: Stage) -> None:
    state = stage.slack.state
    state.conversations["C03"] = Conversation("C03", Kind.CHANNEL, "board", {"U01LENA", "U04ASHA"})
    said = stage.expect("lena", "summary here weekly fri 16:00", "board")
    assert "/invite @Winwin" in said
    assert "Nothing was saved" in said
    assert "nothing to say" in stage.expect("lena", "summary now", "board")
    stage.expect("lena", "I will write the plan by friday", "board")
    assert "/invite @Winwin" in stage.expect("lena", "summary now", "board")
    # Everything else works there: replies do not need the bot in the channel.
    stage.slack.command("lena", "board", "/expect", "@asha to read the plan by 03/04")
    assert stage.submit("lena", {"By when": "2026-11-27"}) == {}
    view = stage.slack.modal("lena")
    assert view is not None
    assert "E-2" in str(view.blocks)
    stage.slack.close_modal("lena")
    stage.advance(FRIDAY_FOUR)
    assert stage.slack.messages("board") == []
    state.refusals.clear()


def test_after_a_mention_in_a_thread_and_in_direct_messages(stage: Stage) -> None:
    slack = stage.slack
    slack.mention("lena", "launch", "@asha to read the plan by friday")
    stage.settle()
    assert "*read the plan* (E-1)" in replies(stage, "lena")[-1].text
    slack.event(
        {
            "type": "app_mention",
            "channel": "C01LAUNCH",
            "user": "U01LENA",
            "text": "please <@U0WINWIN> <@U04ASHA> to read it again by friday",
            "ts": slack.state.next_ts(),
            "thread_ts": "1.000001",
        }
    )
    posted = [
        exchange.request for exchange in slack.traffic if exchange.name == "chat.postEphemeral"
    ]
    assert posted[-1]["thread_ts"] == "1.000001"
    slack.mention("lena", "launch", "@asha to agree owners by 03/04")
    reply = replies(stage, "lena")[-1]
    assert "can mean more than one day" in reply.text
    stage.press("lena", reply, "Open the form")
    assert stage.submit("lena", {"By when": "2026-11-27"}) == {}
    assert "agree owners" in stage.last("asha").text

    slack.dm("lena", "@asha to call me by friday")
    stage.settle()
    assert "Seen by you two" in stage.last("asha", about="call me").text
    assert "There is no E-4" in stage.expect("ren", "show E-4")


def test_in_a_group_message_it_stays_among_the_two(stage: Stage) -> None:
    state = stage.slack.state
    people = {"U01LENA", "U04ASHA", "U02REN"}
    state.conversations["G05"] = Conversation("G05", Kind.GROUP, "mpdm-lena--asha--ren-1", people)
    stage.slack.command("lena", "G05", "/expect", "@asha to call me by friday")
    stage.settle()
    stage.expect("asha", "accept E-1")
    result = stage.slack.command("ren", "G05", "/expect", "show E-1")
    assert "There is no E-1" in str(result.body)
