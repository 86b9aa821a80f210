"""The amounts of plain-text accounting: `-54.32 USD`, `$-3`, `10 AAPL {150 USD}`, `90 EUR @@ 99 USD`, `10.00/2 EUR`."""

import ast
import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from finapp.kernel.currencies import KNOWN
from finapp.transactions.readers.amounts import DecimalMark, read_amount
from finapp.transactions.readers.details import currency_code

_ANNOTATION = re.compile(r"\{\{?[^}]*\}?\}|\[[^\]]*\]|\([^)]*\)(?=\s*$)")
_COST = re.compile(r"(\{\{|\{)\s*=?\s*([^}]*?)\s*\}\}?")
_BEHIND = re.compile(
    r"(?P<number>[-+]?\s*[\d.,' ]*\d[\d.,']*)\s*(?P<commodity>\"[^\"]+\"|[^\W\d_][\w.'-]*|[^\w\s\"-]+)?"
)
_BEFORE = re.compile(
    r"(?P<sign>[-+])?\s*(?P<commodity>\"[^\"]+\"|[^\s\d\"+-]+)\s*(?P<number>[-+]?\s*[\d.,' ]*\d[\d.,']*)"
)
_ARITHMETIC = re.compile(r"(?P<sum>[\d.,+\-*/() ]*[+\-*/(][\d.,+\-*/() ]*)\s*(?P<commodity>[A-Z][\w.'-]*)")
_TICKER = re.compile(r"[A-Z][A-Z0-9._'-]*")


class Quantity(NamedTuple):
    """How much of what; the commodity is as written, None where none is."""

    value: Decimal
    commodity: str | None

    @property
    def currency(self) -> str | None:
        """The ISO 4217 code of the commodity; None for none, for a sign of several currencies, and for a security."""
        return {"$": "USD"}.get(self.commodity or "") or currency_code(self.commodity)

    @property
    def is_security(self) -> bool:
        """Whether it is of something that is no money: a share, a fund, a coin, points."""
        word = self.commodity or ""
        quoted = word.startswith('"')
        return self.currency is None and (quoted or (_TICKER.fullmatch(word) is not None and word not in KNOWN))


def read_quantity(text: str, decimal: DecimalMark) -> tuple[Quantity | None, Quantity | None]:
    """What a posting moves, and what it weighs in its entry: its cost, else its price, else itself.

    Nothing for a posting that leaves its amount out. Raises ValueError for what is no amount.
    """
    units, _, price = text.partition("@")
    cost = _COST.search(units)
    units = _ANNOTATION.sub("", units).partition("=")[0].strip()
    if not units:
        return None, None
    moved = _quantity(units, decimal)
    if cost is not None and cost[2]:
        return moved, _weighed(moved, cost[2].split(",")[0] if "," in cost[2] and decimal == "." else cost[2],
                               cost[1] == "{{", decimal)  # fmt: skip
    if cost is not None:
        return moved, None
    price = price.partition("=")[0].strip()
    if price.strip("@ "):
        return moved, _weighed(moved, price.lstrip("@"), price.startswith("@"), decimal)
    return moved, moved


def _weighed(moved: Quantity, text: str, total: bool, decimal: DecimalMark) -> Quantity:
    one = _quantity(text.strip(), decimal)
    return Quantity(one.value.copy_sign(moved.value) if total else one.value * moved.value, one.commodity)


def _quantity(text: str, decimal: DecimalMark) -> Quantity:
    if match := _BEHIND.fullmatch(text):
        return Quantity(_number(match["number"], decimal), match["commodity"])
    if match := _BEFORE.fullmatch(text):
        value = _number(match["number"], decimal)
        return Quantity(-value if match["sign"] == "-" else value, match["commodity"])
    if match := _ARITHMETIC.fullmatch(text):
        return Quantity(_worked_out(match["sum"]), match["commodity"])
    raise ValueError("no amount")


def _number(text: str, decimal: DecimalMark) -> Decimal:
    found = read_amount(re.sub(r"\s+", "", text), decimal)
    if found is None:
        raise ValueError("no number")
    return found.value


def _worked_out(text: str) -> Decimal:
    """A sum of beancount, such as `-10.00/2`, worked out. Raises ValueError."""
    plain = text.replace(",", "").strip()
    if len(plain) > 100:
        raise ValueError("no number")
    try:
        return _value(ast.parse(plain, mode="eval").body, plain)
    except (SyntaxError, InvalidOperation, ArithmeticError, RecursionError) as error:
        raise ValueError("no number") from error


def _value(node: ast.expr, text: str) -> Decimal:
    if isinstance(node, ast.Constant):
        return Decimal(ast.get_source_segment(text, node) or "")
    if isinstance(node, ast.UnaryOp):
        value = _value(node.operand, text)
        return -value if isinstance(node.op, ast.USub) else value
    if not isinstance(node, ast.BinOp):
        raise ValueError("no number")
    left, right = _value(node.left, text), _value(node.right, text)
    if isinstance(node.op, ast.Add):
        return left + right
    if isinstance(node.op, ast.Sub):
        return left - right
    if isinstance(node.op, ast.Mult):
        return left * right
    if isinstance(node.op, ast.Div):
        return left / right
    raise ValueError("no number")
