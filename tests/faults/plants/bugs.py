"""Bugs to plant: what is changed where, and the test that has to notice."""

from dataclasses import dataclass

FOLLOWING = "tests/integration/following"
DATABASE = "tests/integration/db"
SCENARIO = "tests/scenario"
FATE = f"{SCENARIO}/test_unknown_fate.py"


@dataclass(frozen=True, slots=True)
class Change:
    """A text of a file that stands there once, and what takes its place."""

    file: str
    text: str
    bug: str


@dataclass(frozen=True, slots=True)
class Plant:
    """One bug, and the tests of which at least one must fail with it."""

    name: str
    guards: tuple[str, ...]
    changes: tuple[Change, ...]


def plant(name: str, guard: str, file: str, text: str, bug: str) -> Plant:
    """Return a bug that is one change."""
    return Plant(name, (guard,), (Change(file, text, bug),))


PLANTS = (
    Plant(
        "whoever comes late records all the same: no fence",
        (f"{DATABASE}/test_outbox.py::test_who_holds_an_old_fence_changes_nothing",),
        (
            Change(
                "bot/db/message_queries.py",
                '        M.fence == bindparam("of_fence"),\n        or_(',
                '        M.fence <= bindparam("of_fence") + 1000,\n        or_(',
            ),
        ),
    ),
    plant(
        "a message is recorded as sent before it is sent",
        f"{FATE}::test_not_taken_it_is_sent_once_after_two_looks",
        "bot/services/deliver.py",
        "            posted = ready.call()\n",
        "            taken = replace(_ended(message, Happening.TAKEN), sent_at=at)\n"
        "            self.record(workspace, [Ended(taken)])\n"
        "            posted = ready.call()\n",
    ),
    Plant(
        "the SDK's retry handler is on, and posts twice",
        (f"{FATE}::test_taken_and_the_answer_lost_it_is_found_and_works",),
        (
            Change("bot/slack/clients.py", "retry_handlers=[]", "retry_handlers=None"),
            Change(
                "bot/slack/deadline.py",
                "class AnswerLostError(_CallError):",
                "class AnswerLostError(ConnectionResetError):",
            ),
        ),
    ),
    plant(
        "a list's key has no nominal date",
        f"{FOLLOWING}/test_lists.py::test_agreed_work_is_asked_the_workday_before_and_on_the_day",
        "bot/domain/schedule/listing.py",
        'return f"list/{member.user}/{day.isoformat()}"',
        'return f"list/{member.user}"',
    ),
    plant(
        "Slack is answered before the commit",
        f"{SCENARIO}/test_acknowledged.py::test_what_fails_unexpectedly",
        "bot/slack/gateway.py",
        "        response = self.app.dispatch(request)\n",
        "        import threading\n\n"
        "        threading.Thread(target=self.app.dispatch, args=(request,), daemon=True).start()\n"
        '        return 200, {}, ""\n',
    ),
    plant(
        "an answer does not wait for another's: the row is not locked",
        "tests/integration/services/test_races.py::test_two_answers_at_once_have_one_winner",
        "bot/db/expectation_queries.py",
        "    .where(E.workspace == WORKSPACE, E.number == NUMBER)\n"
        "    .with_for_update(key_share=True)\n",
        "    .where(E.workspace == WORKSPACE, E.number == NUMBER)\n",
    ),
    plant(
        "two dispatchers claim the same: neither locked nor skipped",
        f"{DATABASE}/test_concurrency.py::test_two_workers_never_claim_the_same_message",
        "bot/db/message_queries.py",
        "    .order_by(M.not_before)\n    .limit(LIMIT)\n"
        "    .with_for_update(key_share=True, skip_locked=True)\n",
        "    .order_by(M.not_before)\n    .limit(LIMIT)\n",
    ),
    plant(
        "a lease is not waited for",
        f"{DATABASE}/test_outbox.py::test_a_lease_that_ran_out",
        "bot/db/message_queries.py",
        'rule(SENDING), M.lease_until <= bindparam("at"))',
        'rule(SENDING), M.created_at <= bindparam("at"))',
    ),
    plant(
        "what is unknown is sent again at once",
        f"{FATE}::test_taken_and_the_answer_lost_it_is_found_and_works",
        "bot/domain/delivery.py",
        "(_S.SENDING, Happening.UNCLEAR): _Then(_S.UNKNOWN, _S.PENDING)",
        "(_S.SENDING, Happening.UNCLEAR): _Then(_S.PENDING, _S.PENDING)",
    ),
    plant(
        "a 429 holds nothing back",
        f"{FOLLOWING}/test_sending.py::test_a_429_holds_back_that_method_and_nothing_else",
        "bot/services/deliver.py",
        "            if error.holds_back:\n",
        "            if error.holds_back and not at:\n",
    ),
    plant(
        "the key of what came in is not kept",
        f"{SCENARIO}/test_pressed.py::test_a_command_that_comes_again_is_answered_again",
        "bot/services/inbox.py",
        "        uow.inbox.record(actor.key, answer, at)",
        "        return",
    ),
    plant(
        "a wall time that exists twice is its second occurrence",
        "tests/unit/schedule/test_summary_time.py",
        "bot/domain/schedule/local.py",
        "hour.replace(tzinfo=None, fold=0)",
        "hour.replace(tzinfo=None, fold=1)",
    ),
    plant(
        "quiet hours are those of UTC",
        "tests/unit/schedule/test_quiet.py",
        "bot/domain/schedule/quiet.py",
        "    local = at.astimezone(member.zone)\n",
        "    local = at\n",
    ),
    plant(
        "a COMMIT whose answer was lost is taken for a failure",
        f"{DATABASE}/test_fate.py::test_what_happened_is_no_failure",
        "bot/db/engine.py",
        "                if not self._was_committed(workspace, keys, error):\n",
        "                if keys:\n",
    ),
    plant(
        "one workspace's trouble ends the turns of all",
        f"{FOLLOWING}/test_turns.py",
        "bot/services/send.py",
        '            log.exception("turn failed", workspace=line.workspace)\n',
        "            raise\n",
    ),
    plant(
        "a message that stands there twice stays",
        f"{FATE}::test_of_two_the_later_is_deleted",
        "bot/services/reconcile.py",
        "for posted in found[1:]:",
        "for posted in found[2:]:",
    ),
    plant(
        "a line that comes again is answered twice",
        f"{SCENARIO}/test_pressed.py::test_a_line_to_the_bot_that_comes_again_is_answered_once",
        "bot/services/inbox.py",
        "            if uow.inbox.answer(said) is not None:\n                return False\n"
        "            uow.inbox.record(said, {}, self.clock())\n",
        "",
    ),
    plant(
        "terms are accepted that nobody read",
        f"{SCENARIO}/test_pressed.py::test_a_button_on_terms_that_changed_does_nothing",
        "bot/domain/conversation/moving.py",
        "    if seen.version != now.version:\n        return True\n",
        "",
    ),
    plant(
        "taking back an offer that was accepted asks to be let go",
        f"{SCENARIO}/test_pressed.py::test_a_button_of_a_reply_that_is_old_does_nothing",
        "bot/services/answer.py",
        "    if seen is not None and seen.proposed:\n        return action\n",
        "",
    ),
    plant(
        "a channel reads what is private",
        "tests/unit/test_visibility.py",
        "bot/domain/visibility.py",
        "    shared = item.visibility is Visibility.CHANNEL and item.channel is not None\n",
        "    shared = item.channel is not None\n",
    ),
    plant(
        "what has to wait for the next list is dropped",
        f"{FOLLOWING}/test_sending.py::test_a_refusal_at_night_waits_for_the_askers_list",
        "bot/services/notify.py",
        "        if words is None:\n            uow.messages.hold(held)\n",
        "        if words is None:\n            pass\n",
    ),
    plant(
        "an expectation is not looked at again when its time comes",
        f"{SCENARIO}/test_made.py::test_a_commitment_that_is_never_mentioned_again_ends",
        "bot/services/record.py",
        "    after = replace(change.after, next_clock_at=next_look(uow, change.after, people))\n",
        "    after = change.after\n",
    ),
    plant(
        "one miss is enough to send again",
        f"{FOLLOWING}/test_reconciling.py::"
        "test_one_that_history_shows_late_is_found_at_the_second_look",
        "bot/services/reconcile.py",
        "_MISSES = 2\n",
        "_MISSES = 1\n",
    ),
    plant(
        "who answers too late is told that it was saved",
        f"{SCENARIO}/test_too_late.py::test_what_takes_too_long_is_undone_and_said",
        "bot/services/inbox.py",
        "    if actor.expired():\n        raise TooLateError\n",
        "",
    ),
    plant(
        "what waits for another's Retry-After goes behind it, and is starved",
        f"{FOLLOWING}/test_sending.py"
        "::test_one_that_slack_puts_off_again_and_again_holds_nobody_back_for_ever",
        "bot/services/deliver.py",
        "_put_off(message, message.not_before, message.error)",
        "_put_off(message, at + timedelta(hours=1), message.error)",
    ),
    plant(
        "a server that broke down is taken for a no, as if nothing could have been posted",
        "tests/unit/slack/test_verdict.py::test_nobody_knows_after_a_broken_server",
        "bot/slack/verdict.py",
        "    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:\n",
        "    if status >= 1000:\n",
    ),
    plant(
        "the deadline of a call is that of each read",
        "tests/integration/slack/test_deadline.py"
        "::test_a_trickle_holds_a_thread_no_longer_than_the_deadline",
        "bot/slack/connections.py",
        "        self._sock.settimeout(self._call.remaining())\n",
        "        self._sock.settimeout(2.0)\n",
    ),
    plant(
        "what never left is looked for as if it might have arrived",
        "tests/integration/slack/test_deadline.py"
        "::test_who_does_not_prove_to_be_slack_gets_nothing",
        "bot/slack/deadline.py",
        "AnswerLostError if call.left else NotSentError",
        "AnswerLostError if call else NotSentError",
    ),
    plant(
        "a process that starts and one that takes a number wait for each other",
        f"{DATABASE}/test_concurrency.py"
        "::test_a_process_that_starts_and_one_that_takes_a_number_do_not_wait_for_each_other",
        "bot/db/engine.py",
        ".with_for_update(key_share=True)",
        ".with_for_update()",
    ),
    plant(
        "a lease that runs out is written over what is recorded meanwhile",
        f"{DATABASE}/test_concurrency.py"
        "::test_a_lease_that_runs_out_while_its_end_is_recorded_has_ended",
        "bot/db/message_queries.py",
        'M.lease_until <= bindparam("at"))\n'
        "    .with_for_update(key_share=True, skip_locked=True)\n",
        'M.lease_until <= bindparam("at"))\n',
    ),
    plant(
        "whoever presses in their direct messages does not tell where these are",
        f"{FATE}::test_the_first_message_is_found_where_somebody_shows_up",
        "bot/slack/listeners/presses.py",
        "    if came.met_in is not None:\n",
        "    if came.met_in == came.user:\n",
    ),
)
