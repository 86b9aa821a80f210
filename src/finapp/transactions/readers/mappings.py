"""How a table was read, in words that a person can look at, keep and share."""

from dataclasses import replace

from finapp.transactions.domain.statement import Mapping
from finapp.transactions.readers.columns import name_of
from finapp.transactions.readers.plan import Plan
from finapp.transactions.readers.tables import Table
from finapp.transactions.readers.words import currency_given


def mapping_of(table: Table, plan: Plan, known: Mapping) -> Mapping:
    """The plan as a mapping a person can read, keep and share."""

    def name(column: int | None) -> str | None:
        return None if column is None else name_of(table, column)

    money = plan.money
    return replace(
        known,
        header_line=table.header_line,
        date=name(plan.date),
        other_date=name(plan.other_date),
        descriptions=tuple(name_of(table, column) for column in plan.texts),
        payee=name(plan.payee),
        payer=name(plan.payer),
        amount=name(money.amount),
        debit=name(money.debit),
        credit=name(money.credit),
        flag=name(money.flag),
        blank_flag=money.blank_flag,
        sign=money.sign if money.amount is not None else None,
        balance=name(money.balance),
        balance_sign=None if money.balance is None else "inverted" if money.balance_sign < 0 else "as_printed",
        fee=name(money.fee),
        kind=name(plan.kind),
        bank_id=name(plan.parts.get("bank_id")),
        currency=name(plan.parts.get("currency")) or currency_given(table.headings, known.currency),
        status=name(plan.parts.get("status")),
        mcc=name(plan.parts.get("mcc")),
        category=name(plan.parts.get("category")),
        account=name(plan.parts.get("account")),
        tags=name(plan.parts.get("tags")),
        original_amount=name(plan.parts.get("original_amount")),
        original_currency=name(plan.parts.get("original_currency")),
        rate=name(plan.parts.get("rate")),
        balance_flag=name(plan.parts.get("balance_flag")),
    )
