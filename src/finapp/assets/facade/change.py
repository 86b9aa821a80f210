"""How net worth has changed and may change."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from finapp.assets.domain import net_worth as sums
from finapp.assets.domain.attribution import Change, attribute
from finapp.assets.domain.estate import Estate, Rates, by_ledger, by_schedule
from finapp.assets.domain.ledger_flows import LedgerFlow
from finapp.assets.domain.matching import unpaid
from finapp.assets.domain.projection import Outlook, check_projection, project
from finapp.assets.domain.saving import NO_SAVING, MonthFlow, Saving, complete_months, typical_saving
from finapp.assets.facade.desk import Desk
from finapp.assets.public import Attribution, NetWorthPoint, Projection, ProjectionQuestion, Snapshot, Snapshots
from finapp.assets.store import snapshots
from finapp.kernel.basis import Basis
from finapp.kernel.errors import Invalid
from finapp.kernel.money import rounded, to_minor
from finapp.kernel.months import last_day, month_of, shift
from finapp.transactions.public import DailyTotal, TransactionFilter

SNAPSHOT_JOB = "assets.keep_snapshot"
_PEOPLE = 200
_SIDES: tuple[Literal["in", "out"], ...] = ("out", "in")


class ChangeDesk(Desk):
    """Keeps `finapp.assets.public.Changes`."""

    def net_worth_attribution(self, *, owner: str, first: date, last: date) -> Attribution:
        if first >= last:
            raise Invalid("from", "must lie before the end of the period")
        estate = self._estate(owner, [first, last])
        flows = self._flows(owner, estate, first + timedelta(days=1), last)
        happenings = self._events(owner).happenings
        return attribute(
            Change(
                estate=estate,
                happenings=happenings,
                flows=flows,
                rates=self._rates(owner),
                unfunded=self._unfunded(owner, first, last),
            )
        )

    def _unfunded(self, owner: str, first: date, last: date) -> dict[str, int]:
        """Part payments of the period that no row of the ledger paid; the ledger is asked only where there are any."""
        parts = {
            debt.id: (debt, [part for part in debt.part_payments if first < part.date <= last])
            for debt in self._belongings(owner).debts
        }
        found = {}
        if any(made for _, made in parts.values()):
            moved = self._moved_out(owner, first, last)
            for debt_id, (debt, made) in parts.items():
                details = debt.details
                missing = unpaid(made, [item for currency, item in moved if currency == details.currency])
                amount = sum((part.amount for part in missing), Decimal(0)) * details.owner_share
                found[debt_id] = to_minor(rounded(amount, details.currency), details.currency)
        return found

    def net_worth_projection(self, *, owner: str, question: ProjectionQuestion, as_of: date) -> Projection:
        check_projection(question)
        worth = self._worth(owner, as_of)
        belongings, rates = self._belongings(owner), self._rates(owner)
        factors = {}
        shares = [(item.id, item.details.currency, item.details.owner_share) for item in belongings.holdings]
        shares += [(item.id, item.details.currency, item.details.owner_share) for item in belongings.debts]
        for item_id, currency, share in shares:
            rate = _rate(rates, currency, worth.currency, as_of)
            if rate is not None:
                factors[item_id] = rate * share
        asks = question.monthly_saving is None or question.monthly_investment is None
        outlook = Outlook(
            worth=worth,
            holdings=belongings.holdings,
            debts=belongings.debts,
            saving=self._saving(owner, worth.currency, as_of) if asks else NO_SAVING,
            factors=factors,
        )
        return project(question, outlook)

    def _saving(self, owner: str, home: str, as_of: date) -> Saving:
        """What the ledger says of a typical month; rows of an unknown rate are left out."""
        covered = self._transactions.coverage(owner=owner)
        months = complete_months(covered.first, covered.last, as_of)
        if not months:
            return NO_SAVING
        flows, rates = [], self._rates(owner)
        for total in self._transactions.monthly_totals(owner=owner, first=months[0], last=months[-1]):
            rate = _rate(rates, total.currency, home, last_day(total.month))
            if rate is not None:
                flows.append(MonthFlow(month=total.month, flow=total.flow, amount=rounded(total.amount * rate, home)))
        return typical_saving(months, flows)

    def net_worth_snapshots(self, *, owner: str, as_of: date, limit: int = 120) -> Snapshots:
        with self._database.read() as connection:
            rows = list(snapshots.newest(connection, owner, as_of, limit))
        known: dict[date, NetWorthPoint] = {}
        currency = None
        if rows:
            estate = self._estate(owner, sorted(row.date for row in rows))
            currency = estate.currency
            known = {point.date: point for point in sums.points(estate, self._rates(owner))}
        items = []
        for row in rows:
            assets, liabilities = snapshots.totals(row)
            point = known[row.date]
            same = row.currency == currency
            now, reason = (point.net_worth, point.net_worth_reason) if same else (None, "other_currency")
            items.append(
                Snapshot(
                    date=row.date,
                    currency=row.currency,
                    assets=assets,
                    liabilities=liabilities,
                    net_worth=assets - liabilities,
                    by_class={name: Decimal(amount) for name, amount in row.by_class.items()},
                    reconstructed=now,
                    difference=None if now is None else now - (assets - liabilities),
                    difference_reason=reason,
                )
            )
        kept = {"kept": "the last month's end, by itself within hours of it, or when its net worth is asked for sooner"}
        basis = Basis(formula="assets.snapshots", version=1, assumptions=kept)
        return Snapshots(as_of=as_of, items=tuple(items), basis=basis)

    def keep_snapshots_later(self) -> None:
        """Queues `keep_snapshot` for every household, each as a job of its own: one that fails stops no other."""
        for owner in self._households():
            self._keep_snapshot_later(owner)

    def _households(self) -> list[str]:
        """Every household once, in the order in which their first people came."""
        found: dict[str, None] = {}
        cursor = None
        while True:
            page = self._auth.people(limit=_PEOPLE, cursor=cursor)
            found.update(dict.fromkeys(person.household_id for person in page.items))
            cursor = page.next_cursor
            if cursor is None:
                return list(found)

    def keep_snapshot(self, *, owner: str) -> None:
        """Stores the net worth of the last complete month's end, unless it is stored or there is nothing to store."""
        day = last_day(shift(month_of(self._clock.today()), -1))
        with self._database.read() as connection:
            if snapshots.is_kept(connection, owner, day):
                return
        worth = sums.net_worth(self._estate(owner, [day]), self._rates(owner))
        if not worth.positions or worth.net_worth is None:
            return
        with self._database.write(owner) as unit:
            snapshots.keep(unit.connection, owner, worth)

    def _flows(self, owner: str, estate: Estate, first: date, last: date) -> list[LedgerFlow]:
        """The ledger's daily sums without accounts that enter net worth by schedule or holdings."""
        found: list[LedgerFlow] = []
        for account_id in (None, *_not_by_balance(estate)):
            totals = self._transactions.daily_totals(owner=owner, first=first, last=last, account_id=account_id)
            found.extend(_flow(item, account_id) for item in totals if item.flow != "investment")
            if any(item.flow == "investment" for item in totals):
                found.extend(self._investments(owner, first, last, account_id))
        return found

    def _investments(self, owner: str, first: date, last: date, account_id: str | None) -> Iterator[LedgerFlow]:
        """What went into investments and what came back, apart: kept sums net the one against the other."""
        for side in _SIDES:
            where = TransactionFilter(
                account_id=account_id, first=first, last=last, flows=("investment",), query=f"is:{side}"
            )
            for item in self._transactions.filtered_totals(owner=owner, where=where):
                yield replace(_flow(item, account_id), side=side)


def _rate(rates: Rates, currency: str, home: str, on: date) -> Decimal | None:
    return Decimal(1) if currency == home else rates.rate(currency=currency, to=home, on=on)


def _flow(item: DailyTotal, left_out: str | None) -> LedgerFlow:
    amount = item.amount if left_out is None else -item.amount
    return LedgerFlow(on=item.day, flow=item.flow, currency=item.currency, amount=amount, left_out=left_out)


def _not_by_balance(estate: Estate) -> list[str]:
    found = []
    for holding in estate.holdings:
        account = estate.accounts.get(holding.details.account_id or "")
        if account is not None and not by_ledger(holding, account):
            found.append(account.id)
    for debt in estate.debts:
        account = estate.accounts.get(debt.details.account_id or "")
        if account is not None and by_schedule(debt, account):
            found.append(account.id)
    return found
