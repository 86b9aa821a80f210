"""From the first records of a file to a plan for reading all of it, or to the one question that must be answered."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from finapp.kernel.currencies import EXPONENTS
from finapp.transactions.domain.statement import Mapping, NeedsMapping
from finapp.transactions.readers.amounts import DecimalMark, decimal_mark, has_fraction, is_filler
from finapp.transactions.readers.columns import Columns, assign, name_of
from finapp.transactions.readers.dates import Dates, Order, decide_order, is_serial, looks_like_date
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.evidence import Evidence, Money, Question
from finapp.transactions.readers.grid import Record, is_data
from finapp.transactions.readers.hints import (
    country_hint,
    country_of_wording,
    likely_currency,
    named_days,
    order_of_country,
    writes_comma,
)
from finapp.transactions.readers.layouts import Layout, layout_of, layout_without_headings
from finapp.transactions.readers.mappings import mapping_of
from finapp.transactions.readers.money import decide_money
from finapp.transactions.readers.own_export import laid_over
from finapp.transactions.readers.plan import Plan
from finapp.transactions.readers.tables import Table, aligned, find_table
from finapp.transactions.readers.words import currency_given, currency_of

SAMPLE_ROWS = 2000

_WORDED = re.compile("[A-Za-z]{3}")
_TOTAL = re.compile(r"(?i)\W*(total|sub|grand|closing|opening|balance)")


@dataclass(frozen=True, kw_only=True)
class Context:
    """What is known besides the file's content."""

    filename: str = ""
    country: str | None = None
    currency: str | None = None
    account_kind: str | None = None
    """`credit_card`, `checking`, `savings` ...: the kind of the account the file is imported into."""
    given: Mapping = field(default_factory=Mapping)


@dataclass(frozen=True, kw_only=True)
class Detected:
    """A table and the plan to read it."""

    table: Table
    plan: Plan
    layout: Layout | None
    mapping: Mapping
    confidence: dict[str, float]
    warnings: tuple[str, ...] = ()
    likely_currency: str | None = None


def detect(found: list[Record], context: Context) -> Detected | NeedsMapping:
    """How to read a table, from its first records. Raises UnreadableStatement when there is no table."""
    table = find_table(found, context.given.header_line)
    if table is None:
        raise UnreadableStatement("no_table", _nothing(found))
    context = replace(context, given=laid_over(table.headings, context.given))
    dated = any(looks_like_date(cell) or is_serial(cell) for record in table.body for cell in record.cells)
    if table.header_line and not dated:
        raise UnreadableStatement("no_rows", "the file has headings but no transactions")
    columns = assign(table, context.given)
    if columns is None:
        raise UnreadableStatement("no_table", "no column of dates was found in the file")
    rows = _data_rows(table, columns)
    if not rows:
        raise UnreadableStatement("no_rows", "the file has headings but no transactions")
    layout = layout_of(table.headings) if table.header_line else layout_without_headings(rows)
    country = (
        country_hint(None, _stated_currency(table, columns), layout)
        or country_of_wording(_all_text(table, rows, columns), 2 if context.country or context.currency else 1)
        or country_hint(context.country, context.currency, None)
    )
    thousandths = EXPONENTS.get(_stated_currency(table, columns) or context.currency or "") == 3
    decimal, sure = _decimal(rows, columns, context.given, country, thousandths)
    order = _order(table, columns, rows, context, country)
    evidence = _evidence(table, columns, rows, decimal, layout, context)
    money = decide_money(evidence)
    if isinstance(money, Question):
        return _asked(table, columns, context, money.about, money.message, money.candidates, decimal)
    if order.order is None:
        message = "every date can be read as day/month or as month/day, and nothing in the file decides"
        return _asked(table, columns, context, "date_order", message, ("dmy", "mdy"), decimal)
    return _detected(table, columns, money, order, decimal, sure, layout, context)


def _evidence(
    table: Table, columns: Columns, rows: list[list[str]], decimal: DecimalMark, layout: Layout | None,
    context: Context,
) -> Evidence:  # fmt: skip
    return Evidence(
        rows=rows,
        columns=columns,
        decimal=decimal,
        given=context.given,
        card=_is_card(table, layout, context),
        account_kind=context.account_kind,
        inverted=layout is not None and layout.inverted,
        as_printed=layout is not None and layout.signed,
        fees=layout.fees if layout is not None else None,
        headings=table.headings,
    )


def _detected(
    table: Table, columns: Columns, money: Money, order: Order, decimal: DecimalMark, sure: float,
    layout: Layout | None, context: Context,
) -> Detected:  # fmt: skip
    columns, money = _settled(columns, money)
    heading = table.headings[money.amount] if money.amount is not None else table.headings[money.debit or 0]
    columns = _in_own_currency(columns, currency_of(heading), table, context.given)
    plan = Plan(
        headings=table.headings,
        width=table.named_width,
        header_line=table.header_line,
        dates=Dates(order.order or "dmy"),
        date=columns.date,
        other_date=columns.other_date,
        texts=columns.texts,
        payee=columns.payee,
        payer=columns.payer,
        kind=columns.kind,
        money=money,
        decimal=decimal,
        parts=columns.parts,
        fill_dates=_prints_each_day_once(table, columns, money),
        currency=currency_of(heading) or currency_given(table.headings, context.given.currency),
        rare=_hardly_filled(table),
        worded=_all_worded(table, columns),
    )
    confidence = {"date_order": round(order.confidence, 2), "decimal": round(sure, 2), **money.confidence}
    confidence["header_line"] = 0.95 if layout else 0.9 if table.header_line else 0.7
    mapping = mapping_of(table, plan, replace(context.given, date_order=order.order, decimal=decimal))
    return Detected(
        table=table,
        plan=plan,
        layout=layout,
        mapping=mapping,
        confidence=confidence,
        warnings=(*filter(None, (_assumed(order, layout),)), *money.warnings),
        likely_currency=likely_currency(layout, _all_text(table, [each.cells for each in table.body], columns)),
    )


def _assumed(order: Order, layout: Layout | None) -> str | None:
    """What was assumed of the dates; the export of a known bank is written as its country writes."""
    return None if layout is not None and layout.country else order.assumption()


def _settled(columns: Columns, money: Money) -> tuple[Columns, Money]:
    """The columns without those that became money: a kind that serves as mark, candidates that are balances."""
    used = {money.amount, money.debit, money.credit, money.balance}
    texts = tuple(column for column in columns.texts if column not in used)
    parts = {part: column for part, column in columns.parts.items() if part != "fee" and column not in used}
    return replace(columns, texts=texts, parts=parts), money


def _in_own_currency(columns: Columns, stated: str | None, table: Table, given: Mapping) -> Columns:
    """The columns where the heading of the amount names its currency: a column of others is of what was paid abroad."""
    at = columns.parts.get("currency")
    if stated is None or at is None or given.currency is not None:
        return columns
    named = {record.cells[at].strip().upper() for record in table.body if at < len(record.cells)}
    if named <= {stated, ""}:
        return columns
    parts = {part: column for part, column in columns.parts.items() if part != "currency"}
    return replace(columns, parts={"original_currency": at, **parts})


def _data_rows(table: Table, columns: Columns) -> list[list[str]]:
    serial = table.profiles[columns.date].serials > 0.5
    rows = []
    for record in table.body:
        cells = record.cells
        shown = cells[columns.date] if columns.date < len(cells) else ""
        if looks_like_date(shown) or (serial and is_serial(shown)):
            rows.append(aligned(cells, table.named_width, columns.texts[0] if columns.texts else None))
            if len(rows) == SAMPLE_ROWS:
                break
    return rows


def _decimal(
    rows: list[list[str]], columns: Columns, given: Mapping, country: str | None, thousandths: bool
) -> tuple[DecimalMark, float]:
    if given.decimal:
        return given.decimal, 1.0
    moved = (*columns.amounts, *columns.debits, *columns.credits)
    for money in (moved, columns.balances, (*moved, *columns.balances)):
        cells = [row[column] for row in rows for column in money if column < len(row)]
        if any(has_fraction(cell) for cell in cells):
            break
    return decimal_mark(cells, writes_comma(country), thousandths)


def _order(table: Table, columns: Columns, rows: list[list[str]], context: Context, country: str | None) -> Order:
    if context.given.date_order:
        return Order(context.given.date_order, 1.0, "given")
    dated = [columns.date, columns.other_date]
    cells = [[row[c] for row in rows if c < len(row) and not is_filler(row[c])] for c in dated if c is not None]
    around = [record.cells for record in table.before]
    return decide_order(cells, order_of_country(country), named_days([*around, [context.filename]]))


def _all_text(table: Table, rows: list[list[str]], columns: Columns) -> str:
    texts = [c for c in (*columns.texts, columns.payee) if c is not None]
    lines = [" ".join(row[c] for c in texts if c < len(row)) for row in rows[:500]]
    around = [" ".join(record.cells) for record in table.before]
    return "\n".join([" ".join(table.headings), *around, *lines])


def _stated_currency(table: Table, columns: Columns) -> str | None:
    """The currency that headings or the currency column show."""
    for column in (*columns.amounts, *columns.debits, *columns.balances):
        if code := currency_of(table.headings[column]):
            return code
    at = columns.parts.get("currency")
    cells = [record.cells[at].strip() for record in table.body[:50] if at is not None and at < len(record.cells)]
    codes = {cell for cell in cells if re.fullmatch(r"[A-Z]{3}", cell)}
    return codes.pop() if len(codes) == 1 else None


def _is_card(table: Table, layout: Layout | None, context: Context) -> bool:
    if layout:
        return layout.card
    if context.account_kind is not None:
        return context.account_kind == "credit_card"
    around = " ".join(cell for record in table.before for cell in record.cells)
    words = f"{' '.join(table.headings)} {around} {context.filename}"
    named = re.search(
        r"(?i)credit ?card|card ?member|\bcard no|card number|kreditkarte|amex|american express|visa|master ?card"
        r"|barclaycard|discover",
        words,
    )
    posted = {"transaction_date", "date"} <= set(table.roles)
    return named is not None or (posted and not any(role in ("balance", "value_date") for role in table.roles))


def _hardly_filled(table: Table) -> tuple[int, ...]:
    if table.header_line:
        return ()
    few = [max(1, profile.rows // 50) for profile in table.profiles]
    return tuple(at for at, profile in enumerate(table.profiles) if 0 < profile.filled <= few[at] < profile.rows - 1)


def _all_worded(table: Table, columns: Columns) -> bool:
    """Whether all rows of a table without headings have a text, but for one that may be a balance."""
    if table.header_line or not columns.texts:
        return False
    rows = [record.cells for record in table.body if is_data(record.cells)]
    blank = sum(not any(at < len(cells) and cells[at].strip() for at in columns.texts) for cells in rows)
    return blank <= 1 < len(rows) - 1


def _prints_each_day_once(table: Table, columns: Columns, money: Money) -> bool:
    """Whether at least a tenth of the rows have an amount and a text, but no date of their own."""
    amounts = [c for c in (money.amount, money.debit, money.credit) if c is not None]
    texts = [c for c in (*columns.texts, columns.payee) if c is not None]
    blank = dated = 0
    for record in table.body[:SAMPLE_ROWS]:
        cells = record.cells
        if len(cells) <= max(columns.date, *amounts) or not texts:
            continue
        if looks_like_date(cells[columns.date]):
            dated += 1
        elif is_filler(cells[columns.date]) and any(not is_filler(cells[c]) for c in amounts):
            worded = any(c < len(cells) and _WORDED.search(cells[c]) for c in texts)
            blank += worded and not any(map(_TOTAL.match, cells))
    return dated > 0 and blank >= 3 and blank >= 0.1 * dated


def _asked(
    table: Table, columns: Columns, context: Context, about: str, message: str, candidates: tuple[str, ...],
    decimal: DecimalMark,
) -> NeedsMapping:  # fmt: skip
    names = tuple(name_of(table, i) for i in range(table.width))
    known = replace(context.given, header_line=table.header_line, date=name_of(table, columns.date), decimal=decimal)
    return NeedsMapping(
        question=about,
        message=message,
        candidates=names if about == "amount" else candidates,
        headings=names,
        sample=tuple(tuple(record.cells) for record in table.body[:5]),
        mapping=replace(known, descriptions=tuple(name_of(table, column) for column in columns.texts)),
    )


def _nothing(found: Iterable[Record]) -> str:
    if not any(looks_like_date(cell) for record in found for cell in record.cells):
        return "no dates were found in the file, so it does not look like a statement"
    return "no line with both a date and an amount was found in the file"
