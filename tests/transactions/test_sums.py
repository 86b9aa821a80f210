"""Kept sums equal a recount after any sequence of writes."""

from collections import Counter, defaultdict
from datetime import date

from hypothesis import settings
from hypothesis.stateful import invariant
from pydantic import TypeAdapter

from finapp.kernel.months import Month
from finapp.transactions.public import DailyTotal, Movement, TransactionFilter, TransactionPage
from tests.transactions.ledger import OWNER, Ledger
from tests.transactions.ledger_writes import LedgerWrites

PAGE = TypeAdapter(TransactionPage)


class LedgerMachine(LedgerWrites):
    """What holds after every write."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = self.ledger.facade.version(owner=OWNER), self._seen()

    def _seen(self) -> dict[date, list[DailyTotal | Movement]]:
        """What each day has: its sums and its rows."""
        found: dict[date, list[DailyTotal | Movement]] = defaultdict(list)
        for total in self.ledger.facade.daily_totals(owner=OWNER, first=date(2025, 1, 1), last=date(2027, 12, 31)):
            found[total.day].append(total)
        for row in self.ledger.facade.movements(owner=OWNER, first=None, last=None).rows:
            found[row.date].append(row)
        return found

    @invariant()
    def sums_equal_a_recount(self) -> None:
        wrong = {name: count for name, count in self.ledger.recounted().items() if count}
        assert wrong == {}

    @invariant()
    def months_and_merchants_add_up(self) -> None:
        facade = self.ledger.facade
        rows = facade.transactions(owner=OWNER, where=TransactionFilter(), limit=500, cursor=None).items
        outline = facade.outline(owner=OWNER, where=TransactionFilter())
        assert {each.month: each.count for each in outline.months} == Counter(str(row.date)[:7] for row in rows)
        assert facade.coverage(owner=OWNER).rows == len(rows)
        opened = {each.id: each.opening_balance for each in facade.accounts(owner=OWNER).items}
        for held in facade.account_balances_by_month(owner=OWNER, first=Month("2025-12"), last=Month("2026-07")):
            moved = [row.amount for row in rows if row.account_id == held.account_id and row.date <= held.on]
            assert held.balance == opened[held.account_id] + sum(moved)
        for first, last in ((date(2025, 12, 11), date(2026, 4, 20)), (date(2025, 11, 20), date(2027, 2, 3))):
            spent = facade.spent_by_merchant(owner=OWNER, first=first, last=last, limit=500)
            bought = Counter[str]()
            for row in rows:
                if row.flow in ("expense", "refund") and first <= row.date <= last:
                    bought[row.merchant_id or ""] += 1
            assert {each.merchant_id: each.count for each in spent} == bought
            some = tuple(sorted(bought))[::2]
            of_some = facade.spent_by_merchant(owner=OWNER, first=first, last=last, of=some, limit=500)
            assert of_some == tuple(each for each in spent if each.merchant_id in some)

    @invariant()
    def what_is_kept_of_unchanged_days_is_so(self) -> None:
        version, kept = self.kept
        now, seen = self.ledger.facade.version(owner=OWNER), self._seen()
        changed = self.ledger.facade.changed_days(owner=OWNER, since=version)
        assert changed is not None
        for day in kept.keys() | seen.keys():
            assert day in changed or kept.get(day) == seen.get(day)
        self.kept = now, seen

    @invariant()
    def debits_made_twice_are_those_of_the_rows(self) -> None:
        first, last = date(2026, 1, 5), date(2026, 3, 5)
        where = TransactionFilter(first=first, last=last)
        made = Counter[tuple[object, ...]]()
        for row in self.ledger.facade.transactions(owner=OWNER, where=where, limit=500, cursor=None).items:
            if row.amount < 0 and row.flow in ("expense", "debt") and row.merchant_id and row.split_of is None:
                made[row.account_id, row.merchant_id, row.currency, row.amount] += 1
        found = self.ledger.facade.repeated_debits(owner=OWNER, first=first, last=last)
        assert sorted((each.account_id, each.currency, each.amount) for each in found) == sorted(
            (account_id, currency, amount) for (account_id, _, currency, amount), count in made.items() if count == 2
        )

    @invariant()
    def rows_are_written_as_they_are(self) -> None:
        facade, where = self.ledger.facade, TransactionFilter()
        page = facade.transactions(owner=OWNER, where=where, limit=500, cursor=None)
        written = facade.transactions_as_json(owner=OWNER, where=where, limit=500, cursor=None)
        assert written == PAGE.dump_json(page).decode()


LedgerMachine.TestCase.settings = settings(max_examples=15, stateful_step_count=15, deadline=None)
TestLedger = LedgerMachine.TestCase


def test_the_days_of_a_household_that_is_discarded_have_changed(ledger: Ledger) -> None:
    kept = ledger.row(ledger.account(), date(2026, 1, 5), "-10.00", "GREEN GROCER")
    version = ledger.facade.version(owner=OWNER)
    ledger.facade.discard_rows(owner=OWNER)
    assert ledger.facade.changed_days(owner=OWNER, since=version) == (kept.date,)
    assert ledger.facade.coverage(owner=OWNER).rows == 0
