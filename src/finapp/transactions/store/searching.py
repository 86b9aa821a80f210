"""The search language in SQL: every value of a query is bound, none is put into the text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Numeric,
    Text,
    and_,
    cast,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
    type_coerce,
)

from finapp.kernel import ids
from finapp.platform.columns import Day
from finapp.transactions.domain import search, taxonomy
from finapp.transactions.domain.search.patterns import for_postgres
from finapp.transactions.public import Category, InvalidQuery
from finapp.transactions.store import accounts, categories
from finapp.transactions.store.fewness import named_few, seldom
from finapp.transactions.store.sizes import ranges
from finapp.transactions.store.texts import FEW, TEXTS, containing
from finapp.transactions.store.wording import begin_of, comparing, know_texts, tagged, with_tag
from finapp.transactions.tables import attachments, change_rows, changes, monthly_sums, transactions

Condition = ColumnElement[bool]
ASKING = seldom("asking")
_SALARY = "income_salary"
_NEVER = date(9999, 12, 31)
_NAMED_SHARE = 10
"""A row that is named by its id costs as much as about so many that are read in order."""


@dataclass(frozen=True)
class Compiler:
    """Conditions for one household."""

    connection: Connection
    owner: str
    most: int = FEW
    """So many rows are best found by their texts and amounts; more are met by reading in order."""
    few: dict[search.Node, bool] = field(default_factory=dict)
    """Of the nodes compiled: whether they find so few rows that reading these is the best way to them."""

    def condition(self, node: search.Node) -> Condition:
        """The condition of a query. Raises InvalidQuery for an account, category or merchant that is not there."""
        return _COMPILED[type(node)](self, node)

    def contains(self, node: search.Contains) -> Condition:
        found = containing(self.connection, node.text, node.field, self.most)
        self.few[node] = found.few
        return found.condition

    def finds_few(self, node: search.Node) -> bool:
        """Whether a compiled query is best answered by reading the rows that its texts name."""
        if isinstance(node, search.All):
            return any(self.finds_few(part) for part in node.parts)
        if isinstance(node, search.Either):
            return all(self.finds_few(part) for part in node.parts)
        return self.few.get(node, False)

    def matches(self, node: search.Matches) -> Condition:
        alike = self._in_texts(node.field, comparing(self.connection, node.how, node.text))
        found = containing(self.connection, node.text, node.field, self.most)
        self.few[node] = found.few
        return and_(found.condition, alike) if found.few else alike

    def regex(self, node: search.Regex) -> Condition:
        if self.connection.dialect.name == "postgresql":
            pattern = for_postgres(node.pattern)
            return self._in_texts(node.field, lambda column: begin_of(column).regexp_match(pattern, flags="i"))
        know_texts(self.connection)
        held = literal(node.pattern)
        return self._in_texts(node.field, lambda column: func.finapp_holds(held, begin_of(column)) == 1)

    def _in_texts(self, field: str, condition: Callable[[Any], Condition]) -> Condition:
        columns = TEXTS.values() if field == "any" else (TEXTS[field],)
        return or_(*(condition(func.coalesce(column, "")) for column in columns))

    def one_of(self, node: search.OneOf) -> Condition:
        c = transactions.c
        if node.field == "currency" and not {*map(str.upper, node.values)} & {*self._currencies()}:
            # Rows are in the currency of their account.
            return false()
        columns: dict[str, Any] = {"import": c.import_id, "id": c.id, "original": c.original_currency}
        codes = node.field in ("currency", "original")
        values = tuple(value.upper() if codes else value for value in node.values)
        column = columns[node.field] if node.field in columns else c[node.field]
        # NULL is no import and no row of a list: denying the condition must find it.
        return and_(column.is_not(None), column.in_(values))

    def named(self, node: search.Named) -> Condition:
        c = transactions.c
        if node.field == "merchant":
            return self._merchant(node)
        if node.field == "account":
            return c.account_id.in_(self._accounts(node))
        if node.field == "other_account":
            other = transactions.alias().c
            pair = (other.owner == self.owner, other.transfer_id == c.transfer_id, other.id != c.id)
            mine = select(other.id).where(*pair, other.account_id.in_(self._accounts(node)))
            return and_(c.transfer_id.is_not(None), mine.exists())
        return c.category_id.in_(self._categories(node))

    def _merchant(self, node: search.Named) -> Condition:
        found = containing(self.connection, node.name, "merchant", self.most)
        theirs = transactions.c.merchant_id == node.name
        few = named_few(self.connection, self.owner, self.most, theirs)
        self.few[node] = found.few and few is not None
        return or_(found.condition, theirs if few is None else few)

    def _currencies(self) -> list[str]:
        return accounts.currencies(self.connection, self.owner)

    def _accounts(self, node: search.Named) -> list[str]:
        wanted = node.name.casefold()
        known = accounts.of_household(self.connection, self.owner)
        found = [
            one.id
            for one in known
            if wanted in (one.id, (one.number_last4 or "").casefold()) or _fits(node.how, wanted, one.name.casefold())
        ]
        if not found:
            raise InvalidQuery(f"there is no account {node.name!r}", node.position)
        return found

    def _categories(self, node: search.Named) -> list[str]:
        wanted = node.name.casefold()
        tree = categories.tree(self.connection, self.owner)
        whole = node.how in ("is", "contains")
        below = {one.id for one in tree if whole and wanted in (one.id, one.name.casefold())}
        below = below or {one.id for one in tree if any(_fits(node.how, wanted, each) for each in _called(one))}
        if not below:
            raise InvalidQuery(f"there is no category {node.name!r}", node.position)
        return sorted(below if node.how == "is" else categories.with_children(tree, below))

    def between(self, node: search.Between) -> Condition:
        c = transactions.c
        return and_(
            true() if node.first is None else c.date >= node.first,
            true() if node.last is None else c.date <= node.last,
        )

    def since_payday(self, node: search.SincePayday) -> Condition:
        c = transactions.alias().c
        came = (c.owner == self.owner, c.category == _SALARY, c.amount > 0, c.date <= node.today)
        newest = select(func.max(c.date)).where(*came)
        return transactions.c.date >= func.coalesce(newest.scalar_subquery(), literal(_NEVER, Day()))

    def sized(self, node: search.Sized) -> Condition:
        c, currencies = transactions.c, self._currencies()
        in_each: list[Condition] = []
        for currency in currencies:
            # Minor units differ by currency: 100 is 100 yen and 1.00 dollar.
            this = [] if len(currencies) == 1 else [c.currency == currency]
            in_each += [and_(c.amount.between(*both), *this) for both in ranges(node, currency)]
        few = self._named_few(in_each)
        self.few[node] = few is not None
        return or_(false(), *in_each) if few is None else few

    def _named_few(self, either: Sequence[Condition]) -> Condition | None:
        """Rows of sizes by their ids, where they are few; to count a large share of a ledger, all of it is read."""
        few = named_few(self.connection, self.owner, min(self.most, FEW), *either)
        if few is not None or self.most <= FEW:
            return few
        kept = select(func.sum(monthly_sums.c.count)).where(monthly_sums.c.owner == self.owner)
        share = int(self.connection.execute(kept).scalar_one() or 0) // _NAMED_SHARE
        return named_few(self.connection, self.owner, min(self.most, share), *either) if share > FEW else None

    def originally(self, node: search.Originally) -> Condition:
        exact = cast(type_coerce(transactions.c.original_amount, Text), Numeric)
        bounds: list[Condition] = [transactions.c.original_currency.is_not(None)]
        if node.low is not None:
            low = cast(literal(str(node.low), Text), Numeric)
            bounds.append(func.abs(exact) > low if node.without_low else func.abs(exact) >= low)
        if node.high is not None:
            high = cast(literal(str(node.high), Text), Numeric)
            bounds.append(func.abs(exact) < high if node.without_high else func.abs(exact) <= high)
        return and_(*bounds)

    def touched(self, node: search.Touched) -> Condition:
        first = None if node.first is None else datetime.combine(node.first, time(), UTC)
        after = None if node.last is None else datetime.combine(node.last + timedelta(days=1), time(), UTC)
        c = transactions.c
        if node.how == "created":
            # An id begins with the millisecond in which the row came into the ledger.
            return and_(
                true() if first is None else c.id >= ids.first_of(first),
                true() if after is None else c.id < ids.first_of(after),
            )
        made = [change_rows.c.transaction_id == c.id, change_rows.c.change_id == changes.c.id]
        made += [] if first is None else [changes.c.at >= first]
        made += [] if after is None else [changes.c.at < after]
        return select(changes.c.id).where(change_rows.c.owner == self.owner, *made).exists()

    def recurring(self, node: search.Recurring) -> Condition:
        start = 9 if node.part == "day" else 6
        return func.substr(type_coerce(transactions.c.date, Text), start, 2) == f"{node.number:02d}"

    def carries(self, node: search.Carries) -> Condition:
        alike = comparing(self.connection, node.how, node.text)
        if node.field == "attachment":
            return self._has_file(alike(attachments.c.filename))
        if node.field == "tag":
            return tagged(node.text) if node.how == "is" else with_tag(alike)
        column = transactions.c.bank_id
        held = column == node.text if node.how == "is" else alike(column)
        # NULL is no text: denying the condition must find it.
        return and_(column.is_not(None), held)

    def on_kind(self, node: search.OnKind) -> Condition:
        known = accounts.of_household(self.connection, self.owner)
        return transactions.c.account_id.in_([one.id for one in known if one.kind == node.kind])

    def _has_file(self, *conditions: Condition) -> Condition:
        mine = (attachments.c.owner == self.owner, attachments.c.transaction_id == transactions.c.id)
        return select(attachments.c.id).where(*mine, attachments.c.deleted_at.is_(None), *conditions).exists()

    def property(self, node: search.Is) -> Condition:
        c = transactions.c
        conditions: dict[str, Condition] = {
            "asked": ASKING,
            "in": c.amount > 0,
            "out": c.amount < 0,
            "split": seldom("part"),
            "paired": c.transfer_id.is_not(None),
            "decided": seldom("decided"),
            "uncategorized": c.category == taxonomy.UNCATEGORIZED,
            "categorized": c.category != taxonomy.UNCATEGORIZED,
            "foreign": seldom("foreign"),
            "imported": c.import_id.is_not(None),
            "referenced": c.bank_id.is_not(None),
            "noted": and_(seldom("noted"), c.note != ""),
            "tagged": seldom("tagged"),
            "with_merchant": c.merchant != "",
            "marked": seldom("marked"),
            "hidden": seldom("hidden"),
            "attached": self._has_file(),
            "posted": c.status == "posted",
            **{status: and_(seldom("unposted"), c.status == status) for status in ("pending", "reconciled")},
        }
        return conditions[node.word]

    def denied(self, node: search.Not) -> Condition:
        return not_(self.condition(node.part))

    def all_of(self, node: search.All) -> Condition:
        return and_(*(self.condition(part) for part in node.parts))

    def any_of(self, node: search.Either) -> Condition:
        return or_(*(self.condition(part) for part in node.parts))


_COMPILED: dict[type, Callable[[Compiler, Any], Condition]] = {
    search.Contains: Compiler.contains,
    search.Matches: Compiler.matches,
    search.Originally: Compiler.originally,
    search.Touched: Compiler.touched,
    search.Recurring: Compiler.recurring,
    search.Carries: Compiler.carries,
    search.OnKind: Compiler.on_kind,
    search.Regex: Compiler.regex,
    search.OneOf: Compiler.one_of,
    search.Named: Compiler.named,
    search.Between: Compiler.between,
    search.SincePayday: Compiler.since_payday,
    search.Sized: Compiler.sized,
    search.Is: Compiler.property,
    search.Not: Compiler.denied,
    search.All: Compiler.all_of,
    search.Either: Compiler.any_of,
}


def _fits(how: search.How, wanted: str, name: str) -> bool:
    if how == "is":
        return wanted == name
    return {"contains": wanted in name, "begins": name.startswith(wanted), "ends": name.endswith(wanted)}[how]


def _called(category: Category) -> tuple[str, ...]:
    """The name of a category, and the code of a built-in one."""
    name = category.name.casefold()
    return (name, category.id) if category.id == category.code else (name,)
