"""Where words of terms are copied to, so that they are forgotten there as well."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select, update

from bot.db.repository import Repository
from bot.db.tables import ExpectationRow, TermsRow, ThanksRow
from bot.domain.conversation.owed import said_of_need
from bot.domain.forgetting import FORGOTTEN

_E = ExpectationRow.__table__.c
_T = TermsRow.__table__.c
_X = ThanksRow.__table__.c

_OF_WORKSPACE = bindparam("of_workspace", type_=_E.workspace.type)
_NUMBER = bindparam("of_number", type_=_E.number.type)
_TEXT = bindparam("of_text", type_=_T.result.type)
_OWED = select(_E.number).where(_E.workspace == _OF_WORKSPACE, _E.owed_for == _NUMBER)
_IN_OWED = update(TermsRow).where(_T.workspace == _OF_WORKSPACE, _T.number.in_(_OWED))
_RESULT = _IN_OWED.where(_T.result == _TEXT).values(result=FORGOTTEN)
_REST = _IN_OWED.where(_T.done_means == _TEXT).values(done_means="")
_IN_THANKS = update(ThanksRow).where(_X.workspace == _OF_WORKSPACE, _X.text == _TEXT)
_THANKED = _IN_THANKS.where(_X.expectation == _NUMBER).values(text="")
_THANKED_FOR_OWED = _IN_THANKS.where(_X.expectation.in_(_OWED)).values(text="")


def forget_copies(rows: Repository, number: int, said: Mapping[str, Any], gone: set[str]) -> None:
    """Forget the copies of what a version of E-`number` `said` in the columns that are `gone`.

    A result is thanked for; a need is what somebody owes back.
    """
    if "result" in gone:
        rows.change(_THANKED, of_number=number, of_text=said["result"])
    if "needs" not in gone:
        return
    need = said_of_need(said["needs"])
    rows.change(_RESULT, of_number=number, of_text=need.result)
    rows.change(_THANKED_FOR_OWED, of_number=number, of_text=need.result)
    if need.done_means:
        rows.change(_REST, of_number=number, of_text=need.done_means)
