"""Rows of a ledger in memory, as the ledger shows and finds them, and the household of six equal months."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from finapp.kernel.ids import new_id
from finapp.kernel.months import add_months
from finapp.transactions.public import Category, Transaction, TransactionFilter

OWNER = new_id()
D = Decimal
NEEDS = {"housing": "essential", "groceries": "essential", "utilities": "essential", "insurance": "essential"}
TREE = {
    "g_income": ("income", ("income_salary",)),
    "g_home": ("expense", ("housing", "utilities")),
    "g_food": ("expense", ("groceries", "dining")),
    "g_insurance": ("expense", ("insurance",)),
    "g_shopping": ("expense", ("card_spending_unseen",)),
    "g_debt": ("debt", ("loan",)),
    "g_saving": ("investment", ("investment",)),
    "g_transfers": ("transfer", ("transfer",)),
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of the ledger."""

    day: date
    amount: Decimal
    category: str
    flow: str
    currency: str = "INR"
    account: str = "main"
    merchant: str | None = None
    tags: tuple[str, ...] = ()
    transfer_id: str | None = None

    @property
    def need(self) -> str | None:
        if self.flow not in ("expense", "refund"):
            return None
        return NEEDS.get(self.category, "discretionary")


def row(day: str, amount: str, category: str, flow: str = "expense", **more: Any) -> Row:
    """A row, shortly."""
    return Row(day=date.fromisoformat(day), amount=D(amount), category=category, flow=flow, **more)


MONTH = (
    (1, "120000.00", "income_salary", "income", "Employer"),
    (2, "-25000.00", "housing", "expense", "Landlord"),
    (5, "-30000.00", "loan", "debt", "Bank"),
    (6, "-10000.00", "investment", "investment", "Fund"),
    (8, "-1200.00", "dining", "expense", "Cafe"),
    (12, "-6000.00", "groceries", "expense", "Grocer"),
    (15, "-1800.00", "utilities", "expense", "Power"),
    (18, "-4000.00", "insurance", "expense", "Insurer"),
    (20, "-12000.00", "card_spending_unseen", "expense", "Card"),
    (25, "-15000.00", "transfer", "transfer", "Self"),
)


def six_equal_months(first: str = "2026-01") -> list[Row]:
    """Salary 120,000; living cost 50,000; instalment 30,000; 10,000 invested; 15,000 to own savings; each month."""
    start = date.fromisoformat(first + "-01")
    return [
        Row(
            day=add_months(start, number).replace(day=day),
            amount=D(amount),
            category=category,
            flow=flow,
            merchant=merchant,
        )
        for number in range(6)
        for day, amount, category, flow, merchant in MONTH
    ]


def fits(item: Row, where: TransactionFilter) -> bool:
    """Whether a filter finds a row; a category finds everything below it."""
    branch = {where.category_id, *TREE.get(where.category_id or "", ("", ()))[1]}
    return (
        where.account_id in (None, item.account)
        and (where.category_id is None or item.category in branch)
        and (where.merchant_id is None or (item.merchant or "").lower() == where.merchant_id)
        and (where.tag is None or where.tag in item.tags)
        and (where.first is None or item.day >= where.first)
        and (where.last is None or item.day <= where.last)
        and (not where.flows or item.flow in where.flows)
        and (not where.needs or item.need in where.needs)
    )


def shown(item: Row) -> Transaction:
    """The row as transactions shows it."""
    return Transaction(
        id=new_id(),
        account_id=item.account,
        date=item.day,
        amount=item.amount,
        currency=item.currency,
        description=item.merchant or item.category,
        category_id=item.category,
        category=item.category,
        merchant_id=item.merchant.lower() if item.merchant else None,
        merchant=item.merchant,
        tags=item.tags,
        note=None,
        status="posted",
        flow=item.flow,  # type: ignore[arg-type]
        need=item.need,  # type: ignore[arg-type]
        transfer_id=item.transfer_id,
        splits=(),
        split_of=None,
        original_amount=None,
        original_currency=None,
        rate=None,
        confidence=None,
        why="",
        asks=False,
        import_id=None,
        version=1,
        **{name: False for name in ("marked", "hidden") if name in Transaction.__dataclass_fields__},  # type: ignore[arg-type]
    )


def category(code: str, parent: str | None, kind: str) -> Category:
    """A built-in category."""
    return Category(id=code, code=code, name=code, parent_id=parent, kind=kind, need=None, version=1)  # type: ignore[arg-type]
