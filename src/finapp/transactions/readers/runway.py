"""The SQLite database of Runway and its like: tables of accounts and of bank and card transactions.

Columns are found by what they are called, because versions differ. Amounts are floats there: each is rounded half-even
to the minor unit of its currency, and a row whose printed value changes by it says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from finapp.kernel.money import rounded
from finapp.platform.foreign_sqlite import ForeignDatabase, Unreadable
from finapp.transactions.domain.statement import AccountHint, NeedsMapping, RejectedRow, Statement, StatementRow
from finapp.transactions.domain.statement import Mapping as Reading
from finapp.transactions.readers.actual import is_actual_database, read_actual
from finapp.transactions.readers.dates import read_date
from finapp.transactions.readers.details import currency_code
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.hints import last4
from finapp.transactions.readers.marks import side_of
from finapp.transactions.readers.runway_holdings import holdings
from finapp.transactions.readers.whole import joined, statement_of

Row = Mapping[str, Any]
_DATE = (
    "date transaction_date txn_date booking_date posted_date posting_date booked_on posted_at value_date timestamp "
    "created_at"
)
_AMOUNT = "amount amt value transaction_amount inr_amount"
_OUT = "debit withdrawal withdrawal_amount debit_amount paid_out money_out"
_IN = "credit deposit deposit_amount credit_amount paid_in money_in"
_FLAG = "type transaction_type txn_type direction dr_cr drcr debit_credit kind"
_TEXT = "description narration particulars details merchant merchant_name payee memo remarks"
_NOTE = "note notes"
_BALANCE = "balance_after running_balance balance closing_balance"
_ID = "reference reference_number ref_no utr txn_id transaction_id fitid external_id"
_CATEGORY = "category category_name"
_CURRENCY = "currency currency_code"
_ACCOUNT = "account_id bank_account_id card_id credit_card_id account bank_account card"
_NAME = "name account_name nickname card_name title label"
_BANK = "bank bank_name institution issuer provider"
_NUMBER = "account_number number last4 last_four last_four_digits card_number masked_number"
_KIND = "type account_type kind subtype"
_KINDS = {"card": "credit_card", "credit": "credit_card", "saving": "savings", "loan": "loan", "current": "checking"}


@dataclass(frozen=True, kw_only=True)
class _Table:
    """One table of transactions."""

    name: str
    columns: tuple[str, ...]
    card: bool
    rows: tuple[Row, ...]

    def cell(self, row: Row, names: str) -> Any:
        """The first of several columns that a row fills."""
        return next((row[name] for name in names.split() if name in row and row[name] not in (None, "")), None)

    def has(self, names: str) -> bool:
        """Whether one of several columns is there."""
        return any(name in self.columns for name in names.split())


def read_runway(content: bytes, currency: str | None, given: Reading) -> Statement | NeedsMapping:
    """The transactions of every account in the database. Raises UnreadableStatement."""
    try:
        with ForeignDatabase(content) as database:
            if is_actual_database(database):
                return read_actual(database)
            tables = [_table(database, name) for name in database.tables if "transaction" in name.lower()]
            tables = [table for table in tables if table.has(_DATE) and table.has(f"{_AMOUNT} {_OUT} {_IN}")]
            accounts = _accounts(database)
            others = list(holdings(database, currency or "INR", _number, _day))
    except Unreadable as fault:
        raise UnreadableStatement("damaged", "the database is damaged, cut off or encrypted") from fault
    if not tables:
        raise UnreadableStatement("unknown_format", "the file is a database without a table of transactions")
    unsigned = next((table for table in tables if given.sign is None and _is_unsigned(table)), None)
    if unsigned is not None:
        return _sign_question(unsigned, given)
    rows: list[StatementRow] = []
    rejected: list[RejectedRow] = []
    line = 0
    for table in tables:
        turn = _turn(table, given)
        for row in table.rows:
            line += 1
            read = _row(table, row, line, turn, accounts, currency)
            (rejected if isinstance(read, RejectedRow) else rows).append(read)  # type: ignore[arg-type]
    unread = tuple(each for each in others if isinstance(each, str))
    found = statement_of("runway", rows, rejected, layout="Runway", account=AccountHint(currency=None), warnings=unread)
    return replace(found, accounts=accounts, holdings=tuple(each for each in others if not isinstance(each, str)))


def _table(database: ForeignDatabase, name: str) -> _Table:
    rows = tuple(database.rows(name))
    return _Table(name=name, columns=database.tables[name], card="card" in name.lower(), rows=rows)


def _accounts(database: ForeignDatabase) -> dict[str, AccountHint]:
    """The accounts and cards of the database by the key that transactions name them with."""
    found: dict[str, AccountHint] = {}
    for table in database.tables:
        plain = table.lower()
        if "transaction" in plain or not ("account" in plain or "card" in plain):
            continue
        card = "card" in plain
        for row in database.rows(table):
            hint = _hint(row, card)
            if hint.name and row.get("id") is not None:
                found[_key(row["id"], card)] = hint
    return found


def _hint(row: Row, card: bool) -> AccountHint:
    def text(names: str) -> str | None:
        value = next((row[name] for name in names.split() if row.get(name) not in (None, "")), None)
        return None if value is None else str(value).strip()

    kind = (text(_KIND) or "").lower()
    number = text(_NUMBER)
    return AccountHint(
        name=text(_NAME) or text(_BANK) or number,
        number_last4=last4(number),
        institution=text(_BANK),
        currency=currency_code(text(_CURRENCY)),
        kind="credit_card" if card else next((code for word, code in _KINDS.items() if word in kind), None),
    )


def _key(account: Any, card: bool) -> str:
    return f"{'card' if card else 'account'} {account}"


def _row(
    table: _Table, row: Row, line: int, turn: int, accounts: Mapping[str, AccountHint], currency: str | None
) -> StatementRow | RejectedRow:
    shown = " | ".join(f"{name}={value}" for name, value in row.items() if value not in (None, ""))[:200]
    day = _day(table.cell(row, _DATE))
    keys = [_key(table.cell(row, _ACCOUNT), card) for card in (table.card, not table.card)]
    key = next((each for each in keys if each in accounts), table.name)
    hint = accounts.get(key)
    code = (
        currency_code(str(table.cell(row, _CURRENCY) or "")) or (hint.currency if hint else None) or currency or "INR"
    )
    amount = _signed(table, row, turn)
    if day is None or amount is None:
        name = "bad_date" if day is None else "bad_amount"
        return RejectedRow(line=line, code=name, message=f"{table.name}: {name[4:]} cannot be read", text=shown)
    whole = rounded(amount, code)
    remark = None
    if whole != amount:
        remark = f"{table.name} {row.get('id', line)}: {amount} was rounded to {whole}"
    balance = _number(table.cell(row, _BALANCE))
    reference = table.cell(row, _ID)
    return StatementRow(
        line=line,
        date=day,
        amount=whole,
        description=joined(str(table.cell(row, _TEXT) or ""), str(table.cell(row, _NOTE) or "")) or table.name,
        balance_after=None if balance is None or table.card else rounded(balance, code),
        bank_id=str(reference) if reference is not None else None,
        currency=code,
        category_hint=str(table.cell(row, _CATEGORY)) if table.cell(row, _CATEGORY) else None,
        account_hint=key,
        remark=remark,
    )


def _signed(table: _Table, row: Row, turn: int) -> Decimal | None:
    """The amount of a row from the household's side."""
    if not table.has(_AMOUNT):
        paid, received = _number(table.cell(row, _OUT)), _number(table.cell(row, _IN))
        return None if paid is None and received is None else abs(received or Decimal(0)) - abs(paid or Decimal(0))
    amount = _number(table.cell(row, _AMOUNT))
    side = side_of(str(table.cell(row, _FLAG) or "")) or _WORDS.get(str(table.cell(row, _FLAG) or "").lower())
    if amount is None or side is None:
        return None if amount is None else turn * amount
    return -abs(amount) if side == "debit" else abs(amount)


_WORDS = {"expense": "debit", "spend": "debit", "purchase": "debit", "out": "debit", "withdrawal": "debit",
          "income": "credit", "refund": "credit", "payment": "credit", "in": "credit", "deposit": "credit"}  # fmt: skip


def _turn(table: _Table, given: Reading) -> int:
    """1 where minus is money out, -1 where plus is. On a card most rows are spending."""
    if given.sign is not None:
        return -1 if given.sign in ("inverted", "debit") else 1
    amounts = [_number(table.cell(row, _AMOUNT)) for row in table.rows]
    positive = sum(amount > 0 for amount in amounts if amount is not None)
    return -1 if table.card and 2 * positive > len(amounts) else 1


def _is_unsigned(table: _Table) -> bool:
    """Whether nothing tells money out from money in: no card, no flag, no minus."""
    if table.card or not table.has(_AMOUNT) or not table.rows:
        return False
    amounts = [_number(table.cell(row, _AMOUNT)) for row in table.rows]
    flagged = any(table.cell(row, _FLAG) not in (None, "") for row in table.rows)
    return not flagged and all(amount is None or amount >= 0 for amount in amounts)


def _sign_question(table: _Table, given: Reading) -> NeedsMapping:
    sample = tuple(tuple(str(value) for value in row.values()) for row in table.rows[:5])
    return NeedsMapping(
        question="sign",
        message=f"no amount in {table.name} has a minus or a mark: are they money out (debit) or in (credit)?",
        candidates=("debit", "credit"),
        headings=table.columns,
        sample=sample,
        mapping=given,
    )


def _number(value: Any) -> Decimal | None:
    """A float by its shortest text, as its program showed it."""
    if value is None or isinstance(value, bytes | bool):
        return None
    try:
        number = Decimal(str(value).replace(",", "").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < Decimal(10) ** 13 else None


def _day(value: Any) -> date | None:
    """A day as text, or as seconds or milliseconds since 1970."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if abs(value) > 10**11 else value
        try:
            return datetime.fromtimestamp(seconds, UTC).date() if abs(seconds) > 10**8 else None
        except (OverflowError, ValueError, OSError):
            return None
    text = str(value or "").strip()
    return read_date(text[:10], "ymd") or read_date(text, "dmy")
