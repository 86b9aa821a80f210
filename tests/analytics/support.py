"""A ledger of a few rows in memory that answers what analytics asks."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from finapp.analytics.facade import LocalAnalytics
from finapp.kernel.months import Month, month_of
from finapp.transactions.public import (
    Category,
    CategoryPage,
    Coverage,
    DailyTotal,
    DatedRate,
    MerchantTotal,
    MonthlyTotal,
    TransactionFilter,
    TransactionPage,
)
from tests.analytics.household_rows import TREE, D, Row, category, fits, shown


@dataclass
class Ledger:
    """Transactions as analytics asks it."""

    rows: list[Row] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    rates: dict[tuple[str, str], str] = field(default_factory=dict)
    """Exchange rates, by currency and day."""

    def version(self, *, owner: str) -> str:
        return str(len(self.rows))

    def changed_days(self, *, owner: str, since: str) -> tuple[date, ...] | None:
        return tuple(sorted({row.day for row in self.rows[int(since) :]}))

    def exchange_rates_of(self, *, owner: str, base: str, quote: str, days: tuple[date, ...]) -> tuple[DatedRate, ...]:
        return tuple(self._rate(base, quote, on) for on in days)

    def _rate(self, base: str, quote: str, on: date) -> DatedRate:
        said = self.rates.get((base, on.isoformat()))
        known = {"rate": None, "rate_reason": "no_rate", "rate_on": None, "source": None}
        if said is not None:
            known = {"rate": D(said), "rate_reason": None, "rate_on": on, "source": "ecb"}
        return DatedRate(base=base, quote=quote, on=on, **known)  # type: ignore[arg-type]

    def account(self, *, owner: str, account_id: str) -> str:
        return account_id

    def coverage(self, *, owner: str, account_id: str | None = None) -> Coverage:
        self.asked.append("coverage")
        days = sorted(row.day for row in self._of(account_id))
        months: dict[Month, list[date]] = {}
        for day in days:
            months.setdefault(month_of(day), []).append(day)
        edges = tuple(edge for found in months.values() for edge in (found[0], found[-1]))
        first, last = (days[0], days[-1]) if days else (None, None)
        return Coverage(first=first, last=last, rows=len(days), active_days=edges)

    def monthly_totals(
        self, *, owner: str, first: Month, last: Month, account_id: str | None = None
    ) -> tuple[MonthlyTotal, ...]:
        self.asked.append("monthly_totals")
        found = [row for row in self._of(account_id) if first <= month_of(row.day) <= last]
        return tuple(self._total(MonthlyTotal, {"month": key}, rows) for key, rows in self._grouped(found, month_of))

    def daily_totals(
        self, *, owner: str, first: date, last: date, account_id: str | None = None
    ) -> tuple[DailyTotal, ...]:
        self.asked.append("daily_totals")
        found = [row for row in self._of(account_id) if first <= row.day <= last]
        return tuple(self._total(DailyTotal, {"day": key}, rows) for key, rows in self._grouped(found, lambda day: day))

    def period_totals(
        self, *, owner: str, periods: tuple[tuple[date, date], ...], account_id: str | None = None
    ) -> tuple[DailyTotal, ...]:
        self.asked.append("period_totals")
        found: list[DailyTotal] = []
        for first, last in periods:
            rows = [row for row in self._of(account_id) if first <= row.day <= last]
            groups = self._grouped(rows, lambda day, first=first: first)
            found += (self._total(DailyTotal, {"day": key}, items) for key, items in groups)
        return tuple(found)

    def filtered_totals(self, *, owner: str, where: TransactionFilter) -> tuple[DailyTotal, ...]:
        self.asked.append("filtered_totals")
        found = [row for row in self.rows if fits(row, where)]
        return tuple(self._total(DailyTotal, {"day": key}, rows) for key, rows in self._grouped(found, lambda day: day))

    def spent_by_merchant(
        self,
        *,
        owner: str,
        first: date,
        last: date,
        account_id: str | None = None,
        of: tuple[str, ...] | None = None,
        limit: int,
    ) -> tuple[MerchantTotal, ...]:
        self.asked.append("spent_by_merchant")
        rows = [item for item in self._of(account_id) if first <= item.day <= last]
        return self._spent([item for item in rows if of is None or item.merchant.lower() in of], limit)

    def filtered_merchants(
        self, *, owner: str, where: TransactionFilter, of: tuple[str, ...] | None = None, limit: int
    ) -> tuple[MerchantTotal, ...]:
        self.asked.append("filtered_merchants")
        rows = [item for item in self.rows if fits(item, where)]
        return self._spent([item for item in rows if of is None or item.merchant.lower() in of], limit)

    def _spent(self, rows: list[Row], limit: int) -> tuple[MerchantTotal, ...]:
        groups: dict[tuple[str, str], list[Row]] = {}
        for item in rows:
            if item.flow in ("expense", "refund") and item.merchant:
                groups.setdefault((item.merchant, item.currency), []).append(item)
        found = [
            MerchantTotal(
                merchant_id=merchant.lower(),
                merchant=merchant,
                currency=currency,
                amount=sum((item.amount for item in items), D(0)),
                count=len(items),
                last_on=max(item.day for item in items),
            )
            for (merchant, currency), items in groups.items()
        ]
        return tuple(sorted(found, key=lambda each: each.amount)[:limit])

    def transactions(self, *, owner: str, where: TransactionFilter, limit: int, cursor: str | None) -> TransactionPage:
        self.asked.append("transactions")
        found = [item for item in sorted(self.rows, key=lambda item: item.day) if fits(item, where)]
        start = int(cursor or 0)
        more = str(start + limit) if start + limit < len(found) else None
        return TransactionPage(items=tuple(shown(item) for item in found[start : start + limit]), next_cursor=more)

    def categories(self, *, owner: str) -> CategoryPage:
        self.asked.append("categories")
        items: list[Category] = []
        for group, (kind, leaves) in TREE.items():
            items.append(category(group, None, kind))
            items.extend(category(leaf, group, kind) for leaf in leaves)
        return CategoryPage(items=tuple(items), next_cursor=None)

    def listed(self, query: str) -> list[Row]:
        """The rows that a `transactions_query` lists."""
        parts = urlsplit(query)
        assert parts.path == "/api/v1/transactions"
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        where = TransactionFilter(
            account_id=asked.pop("account_id", None),
            category_id=asked.pop("category_id", None),
            merchant_id=asked.pop("merchant_id", None),
            tag=asked.pop("tag", None),
            first=date.fromisoformat(asked.pop("from")),
            last=date.fromisoformat(asked.pop("to")),
            flows=_listed(asked.pop("kind", "")),
            needs=_listed(asked.pop("need", "")),
        )
        currency = asked.pop("q", "").removeprefix("currency:")
        assert not asked
        return [item for item in self.rows if fits(item, where) and currency in ("", item.currency)]

    def _of(self, account_id: str | None) -> list[Row]:
        return [item for item in self.rows if account_id in (None, item.account)]

    @staticmethod
    def _grouped(rows: Iterable[Row], key: Any) -> Iterable[tuple[Any, list[Row]]]:
        groups: dict[Any, list[Row]] = {}
        for item in rows:
            groups.setdefault((key(item.day), item.category, item.flow, item.need, item.currency), []).append(item)
        return [(names[0], items) for names, items in sorted(groups.items(), key=lambda each: str(each[0]))]

    @staticmethod
    def _total(kind: Any, period: dict[str, Any], rows: list[Row]) -> Any:
        first = rows[0]
        return kind(
            **period,
            category=first.category,
            category_id=first.category,
            flow=first.flow,
            need=first.need,
            currency=first.currency,
            amount=sum((item.amount for item in rows), D("0.00")),
            count=len(rows),
        )


def _listed(text: str) -> Any:
    return tuple(text.split(",")) if text else ()


class NoWrites:
    """The database of a context in which nothing has been stored."""

    def version(self, owner: str) -> int:
        return 0

    @contextmanager
    def read(self) -> Iterator[Any]:
        yield SimpleNamespace(execute=lambda _: SimpleNamespace(first=lambda: None))

    def settled(self, read: Callable[..., Any], owner: str, *rest: Any) -> Any:
        with self.read() as connection:
            return read(connection, owner, *rest)


class People:
    """Auth as analytics asks it."""

    def version(self, *, owner: str) -> str:
        return "0"

    def household(self, *, owner: str) -> Any:
        return SimpleNamespace(id=owner, currency="INR", locale="en-IN", members=())


def analytics(ledger: Ledger, rates: dict[tuple[str, str], str] | None = None) -> LocalAnalytics:
    """The facade over a ledger."""
    ledger.rates = rates or {}
    return LocalAnalytics(
        database=NoWrites(),  # type: ignore[arg-type]
        auth=People(),  # type: ignore[arg-type]
        transactions=ledger,  # type: ignore[arg-type]
    )
