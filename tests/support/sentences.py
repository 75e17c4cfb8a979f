"""The sentences that stand in the source for people to read: what is not there, nobody reads."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_READ = re.compile(r"[A-Z“*][^_/{}]*[a-z]|.*[a-z]{2,}[,.:;]? +[a-z“{*]", re.DOTALL)
"""A label begins with a capital; a piece of a sentence has two words."""
_CODE = re.compile(
    r"[A-Z]{2,}|(?:[A-Z][a-z]+){2,}|.*\[0-9\]|[\w.]+=|.*\\[A-Za-z(]|EEEE|[dMy ,]+|SELECT "
)
_NOT_SAID = frozenset(
    {"valueerror", "typeerror", "malformedvalueerror", "compile", "getlogger", "get_logger",
     "debug", "info", "warning", "error", "exception", "runtimeerror", "literal", "cast"}
)  # fmt: skip
"""Calls whose words go into the log, or nowhere."""


def sentences(path: Path) -> list[str]:
    """Return what a module says, in its order, each once; what varies stands in braces."""
    reading = _Reading()
    reading.visit(ast.parse(path.read_text(encoding="utf-8")))
    return list(dict.fromkeys(text for text in reading.found if _is_read(text)))


def _is_read(text: str) -> bool:
    stripped = text.strip()
    return bool(_READ.match(stripped)) and not _CODE.fullmatch(stripped)


class _Reading(ast.NodeVisitor):
    """Gathers texts; docstrings, annotations, keys and what is logged are none."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if _name(node.func) not in _NOT_SAID:
            self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for each in (*node.decorator_list, node.args, *node.body):
            self.visit(each)

    def visit_arg(self, node: ast.arg) -> None:
        """Pass over an annotation."""

    def visit_Dict(self, node: ast.Dict) -> None:
        for value in node.values:
            self.visit(value)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if isinstance(node.left, ast.Constant | ast.JoinedStr):
            self.found.append(_template(node))
        else:
            self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self.found.append(_template(node))

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.found.append(node.value)


def _template(node: ast.AST) -> str:
    """Return a text that is put together, with a name in braces for each part that varies."""
    match node:
        case ast.Constant(value=value):
            return str(value)
        case ast.JoinedStr(values=values):
            return "".join(_template(each) for each in values)
        case ast.BinOp(left=left, right=right):
            return _template(left) + _template(right)
        case ast.FormattedValue(value=value):
            return "{" + _name(value) + "}"
        case _:
            return "{" + _name(node) + "}"


def _name(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_").lower()
        case ast.Call(func=func):
            return _name(func)
        case ast.Subscript(value=value):
            return _name(value)
        case ast.IfExp(body=body, orelse=orelse):
            return f"{_template(body)} or {_template(orelse)}".replace("{", "").replace("}", "")
        case ast.Constant(value=value):
            return str(value)
        case _:
            return "…"
