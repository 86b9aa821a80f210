"""The optional cells of a row: balance, identifiers, currency, foreign amounts, status."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from finapp.kernel.currencies import EXPONENTS
from finapp.transactions.readers.amounts import DecimalMark, is_filler, read_amount, tidied
from finapp.transactions.readers.marks import PENDING, UNDONE, side_of
from finapp.transactions.readers.plan import Cells, Plan, collapsed, party_column

Detail = tuple[
    Decimal | None, str | None, str | None, Decimal | None, str | None, Decimal | None, str | None, str | None,
    str | None, str | None, str | None, str | None, str | None, str, tuple[str, str] | None,
]  # fmt: skip
"""The fields of StatementRow from `balance_after` to `status`, and a refusal (code, message) or None."""

_CURRENCY = re.compile(r"[A-Z]{3}")
_SIGNS = {"₹": "INR", "€": "EUR", "£": "GBP", "EURO": "EUR", "RS": "INR", "US$": "USD", "€UR": "EUR"}


def detail_reader(plan: Plan) -> Callable[[Cells, Decimal], Detail] | None:
    """A function from cells and amount to the optional fields, or None when the table has none."""
    parts, money = plan.parts, plan.money
    party = plan.payee is not None or plan.payer is not None
    if not parts and money.balance is None and plan.kind is None and not party and plan.currency is None:
        return None
    balance_of = _balance_reader(plan)
    status, kind = parts.get("status"), plan.kind
    names = ("bank_id", "currency", "mcc", "category", "account", "tags", "original_currency", "rate")
    where = {name: parts[name] for name in names if name in parts}
    foreign = parts.get("original_amount")

    def details(cells: Cells, amount: Decimal) -> Detail:
        count = len(cells)
        text = {name: _cell(cells[at]) for name, at in where.items() if at < count}
        currency = currency_code(text.get("currency")) or plan.currency
        original = _foreign(cells[foreign], plan, amount) if foreign is not None and foreign < count else None
        original_currency = currency_code(text.get("original_currency"))
        if original_currency in (None, currency) and (original is None or abs(original) == abs(amount)):
            original = original_currency = None
        who = party_column(plan, amount < 0)
        return (
            balance_of(cells) if balance_of else None,
            text.get("bank_id"),
            currency,
            original,
            original_currency,
            _rate(text.get("rate")) if original is not None else None,
            _mcc(text.get("mcc")),
            text.get("category"),
            text.get("account"),
            None,
            _cell(cells[who]) if who is not None and who < count else None,
            _cell(cells[kind]) if kind is not None and kind < count else None,
            text.get("tags"),
            "posted",
            _refusal(cells[status]) if status is not None and status < count else None,
        )

    return details


def _cell(text: str) -> str | None:
    return None if is_filler(text) else collapsed(text)


def _balance_reader(plan: Plan) -> Callable[[Cells], Decimal | None] | None:
    column, turn, flag = plan.money.balance, plan.money.balance_sign, plan.parts.get("balance_flag")
    if column is None:
        return None
    other: DecimalMark = "," if plan.decimal == "." else "."

    def balance(cells: Cells) -> Decimal | None:
        if column >= len(cells) or is_filler(cells[column]):
            return None
        amount = read_amount(cells[column], plan.decimal) or read_amount(cells[column], other)
        if amount is None:
            return None
        if flag is not None and flag < len(cells) and side_of(cells[flag]) == "debit":
            return -abs(amount.value)
        return turn * amount.value

    return balance


def currency_code(text: str | None) -> str | None:
    """The ISO code a cell names, or None."""
    if not text:
        return None
    word = text.strip().upper().rstrip(".")
    if _CURRENCY.fullmatch(word):
        return word if word in EXPONENTS else None
    return _SIGNS.get(word)


def _foreign(text: str, plan: Plan, amount: Decimal) -> Decimal | None:
    if is_filler(text):
        return None
    found = read_amount(text, plan.decimal) or read_amount(text, "." if plan.decimal == "," else ",")
    if found is None or not found.value:
        return None
    return abs(found.value) if amount >= 0 else -abs(found.value)


def _rate(text: str | None) -> Decimal | None:
    try:
        rate = Decimal(tidied(text or "").replace(",", "."))
    except InvalidOperation:
        return None
    return rate if rate.is_finite() and rate > 0 else None


def _mcc(text: str | None) -> str | None:
    match = re.match(r"\d{3,4}$", text or "")
    return match[0].zfill(4) if match else None


def _refusal(text: str) -> tuple[str, str] | None:
    if UNDONE.fullmatch(text):
        return "reverted", f"the bank marks it {text.strip()[:40]!r}: no money moved"
    if PENDING.fullmatch(text):
        return "pending", f"the bank marks it {text.strip()[:40]!r}: it is not booked yet"
    return None
