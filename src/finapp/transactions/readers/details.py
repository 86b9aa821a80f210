"""The optional cells of a row: balance, identifiers, currency, foreign amounts, status."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from finapp.kernel.currencies import KNOWN
from finapp.transactions.readers.amounts import DecimalMark, is_filler, read_amount, tidied
from finapp.transactions.readers.marks import PENDING, UNDONE, side_of
from finapp.transactions.readers.plan import BadAmount, Cells, Plan, collapsed, other_column, party_column, value_reader

Detail = tuple[
    Decimal | None, str | None, str | None, Decimal | None, str | None, Decimal | None, str | None, str | None,
    str | None, str | None, str | None, str | None, str | None, str, tuple[str, str] | None,
]  # fmt: skip
"""The fields of StatementRow from `balance_after` to `status`, and a refusal (code, message) or None."""

_BLANK = (None, None, None, None, None, None, None, None, None, None, "posted", None)
"""What a row without further columns has from `original_amount` on."""
_CURRENCY = re.compile(r"[A-Z]{3}")
_SIGNS = {"₹": "INR", "€": "EUR", "£": "GBP", "EURO": "EUR", "RS": "INR", "US$": "USD", "€UR": "EUR"}


def detail_reader(plan: Plan) -> Callable[[Cells, Decimal], Detail] | None:
    """A function from cells and amount to the optional fields, or None when the table has none."""
    parts, money = plan.parts, plan.money
    party = plan.payee is not None or plan.payer is not None
    if not parts and money.balance is None and plan.kind is None and not party and plan.currency is None:
        return None
    balance_of = _balance_reader(plan) or _nothing
    if not parts and plan.kind is None and not party and not money.others:
        rest = (None, plan.currency, *_BLANK)
        return lambda cells, amount: (balance_of(cells), *rest)
    return _full_reader(plan, balance_of)


def _nothing(cells: Cells) -> None:
    return None


def _full_reader(plan: Plan, balance_of: Callable[[Cells], Decimal | None]) -> Callable[[Cells, Decimal], Detail]:
    where = plan.parts.get
    status, kind, foreign, code = where("status"), plan.kind, where("original_amount"), where("currency")
    bank_id, mcc, category, account, tags = map(where, ("bank_id", "mcc", "category", "account", "tags"))
    foreign_code, rate, constant = where("original_currency"), where("rate"), plan.currency
    others: dict[int | None, str] = dict(plan.money.others)

    def details(cells: Cells, amount: Decimal) -> Detail:
        refusal, booked = status_of(cells[status]) if status is not None and status < len(cells) else _POSTED
        currency = constant if code is None else currency_code(_at(cells, code)) or constant
        if others:
            currency = others.get(other_column(plan.money, cells)) or currency
        original, original_currency, used_rate = None, None, None
        if foreign is not None or foreign_code is not None:
            original, beside = _foreign(_at(cells, foreign), plan, amount)
            original_currency = currency_code(_at(cells, foreign_code)) or beside
            if original_currency in (None, currency) and (original is None or abs(original) == abs(amount)):
                original = original_currency = None
            used_rate = _rate(_at(cells, rate)) if original is not None else None
        return (
            balance_of(cells),
            _at(cells, bank_id),
            currency,
            original,
            original_currency,
            used_rate,
            _mcc(_at(cells, mcc)),
            _at(cells, category),
            _at(cells, account),
            None,
            _at(cells, party_column(plan, amount < 0)),
            _at(cells, kind),
            _at(cells, tags),
            booked,
            refusal,
        )

    return details


def _at(cells: Cells, column: int | None) -> str | None:
    if column is None or column >= len(cells) or not cells[column]:
        return None
    return _cell(cells[column])


def _cell(text: str) -> str | None:
    return None if is_filler(text) else collapsed(text)


def _balance_reader(plan: Plan) -> Callable[[Cells], Decimal | None] | None:
    value = value_reader(plan.decimal)
    column, turn, flag = plan.money.balance, plan.money.balance_sign, plan.parts.get("balance_flag")
    if column is None:
        return None
    other: DecimalMark = "," if plan.decimal == "." else "."

    def balance(cells: Cells) -> Decimal | None:
        if column >= len(cells) or not cells[column]:
            return None
        try:
            amount = value(cells[column])
        except BadAmount:
            shown = read_amount(cells[column], other)
            amount = shown.value if shown else None
        if amount is None:
            return None
        if flag is not None and flag < len(cells) and side_of(cells[flag]) == "debit":
            return -abs(amount)
        return amount if turn > 0 else -amount

    return balance


@lru_cache(maxsize=512)
def currency_code(text: str | None) -> str | None:
    """The ISO code a cell names, or None."""
    if not text:
        return None
    word = text.strip().upper().rstrip(".")
    if _CURRENCY.fullmatch(word):
        return word if word in KNOWN else None
    return _SIGNS.get(word)


def _foreign(text: str | None, plan: Plan, amount: Decimal) -> tuple[Decimal | None, str | None]:
    """The amount of a purchase abroad with the sign of `amount`, and the currency beside it."""
    other: DecimalMark = "." if plan.decimal == "," else ","
    found = read_amount(text or "", plan.decimal) or read_amount(text or "", other)
    if found is None or not found.value:
        return None, None
    return found.value.copy_abs().copy_sign(amount), found.currency


def _rate(text: str | None) -> Decimal | None:
    try:
        rate = Decimal(tidied(text or "").replace(",", "."))
    except InvalidOperation:
        return None
    return rate if rate.is_finite() and rate > 0 else None


def _mcc(text: str | None) -> str | None:
    match = re.match(r"\d{3,4}$", text or "")
    return match[0].zfill(4) if match else None


_POSTED: tuple[tuple[str, str] | None, str] = (None, "posted")


@lru_cache(maxsize=512)
def status_of(text: str) -> tuple[tuple[str, str] | None, str]:
    """What a bank's word for the state of a row says: a refusal where no money moved, and pending or posted."""
    if UNDONE.fullmatch(text):
        return ("reverted", f"the bank marks it {text.strip()[:40]!r}: no money moved"), "posted"
    return None, "pending" if PENDING.fullmatch(text) else "posted"
