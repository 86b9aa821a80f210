"""Assets and liabilities in the database of Runway: tables of their own, whatever their columns are called."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from finapp.kernel.money import rounded
from finapp.platform.foreign_sqlite import ForeignDatabase
from finapp.transactions.domain.statement import Holding
from finapp.transactions.readers.details import currency_code

Row = Mapping[str, Any]
_TABLES: Mapping[str, Literal["asset", "liability"]] = {
    "assets": "asset",
    "investments": "asset",
    "liabilities": "liability",
    "loans": "liability",
    "debts": "liability",
}
_NAME = "name asset_name liability_name loan_name title label lender institution"
_WORD = "type asset_type liability_type loan_type category asset_class class kind"
_WORTH: Mapping[Literal["asset", "liability"], str] = {
    "asset": "current_value value market_value amount balance purchase_value",
    "liability": "outstanding outstanding_amount outstanding_balance current_balance balance amount value principal "
    "principal_amount",
}
_ON = "as_of as_of_date valued_on valuation_date value_date last_updated updated_at date"
_RATE = "interest_rate annual_rate rate roi apr"
_CURRENCY = "currency currency_code"
_HIGHEST_RATE = 100
MOST_HOLDINGS = 1_000


def holdings(
    database: ForeignDatabase,
    currency: str,
    number: Callable[[Any], Decimal | None],
    day: Callable[[Any], date | None],
) -> Iterator[Holding | str]:
    """Every asset and liability; in words, those whose value cannot be read.

    `number` and `day` read cells as rows of transactions are read.
    """
    for table in database.tables:
        kind = _TABLES.get(table.lower())
        rows = list(database.rows(table))[:MOST_HOLDINGS] if kind is not None else ()
        for row in rows:
            name = str(_cell(row, _NAME) or f"{table} {row.get('id', '')}").strip()[:200]
            value = None if kind is None else number(_cell(row, _WORTH[kind]))
            if kind is None or value is None or (kind == "asset" and value < 0):
                yield f"{table}: {name} has no value that can be read, and was left out"
                continue
            code = currency_code(str(_cell(row, _CURRENCY) or "")) or currency
            whole = abs(rounded(value, code))
            yield Holding(
                kind=kind,
                name=name,
                word=str(_cell(row, _WORD) or "").strip()[:60],
                value=whole,
                currency=code,
                on=day(_cell(row, _ON)),
                annual_rate=_rate(number(_cell(row, _RATE))),
                remark=None if whole == abs(value) else f"{table} {row.get('id', '')}: {value} was rounded to {whole}",
            )


def _cell(row: Row, names: str) -> Any:
    return next((row[name] for name in names.split() if row.get(name) not in (None, "")), None)


def _rate(shown: Decimal | None) -> Decimal | None:
    """A fraction a year: programs for people keep 8.5, for 8.5 %, and some 0.085."""
    if shown is None or not 0 <= shown <= _HIGHEST_RATE:
        return None
    return shown / 100 if shown >= 1 else shown
