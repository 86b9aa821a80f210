"""Stored things as they stand on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from math import ceil

from finapp.assets.domain.debts import Debt, later_changes, owed, rate_on
from finapp.assets.domain.estate import LedgerAccount, asset_worths, by_ledger, by_schedule
from finapp.assets.domain.lots import Happening, Purchase, replay
from finapp.assets.domain.schedule import amortize
from finapp.assets.domain.terms import PER_YEAR
from finapp.assets.domain.valuing import Holding
from finapp.assets.public import Asset, AssetDetails, Liability, LiabilityDetails, Loan, Lot
from finapp.kernel.money import from_minor, rounded

Accounts = Mapping[str, LedgerAccount]


def asset_on(holding: Holding, version: int, accounts: Accounts, day: date) -> Asset:
    """An asset with its value at the end of a day; `accounts` hold that one day."""
    details = holding.details
    account = accounts.get(details.account_id or "")
    [worth] = asset_worths(holding, account, [day])
    held = next((step for step in reversed(holding.steps) if step.since <= day), None)
    value = None if worth.minor is None else from_minor(worth.minor, details.currency)
    difference = None
    if account is not None and not by_ledger(holding, account) and value is not None:
        balance = account.balances[-1]
        difference = None if balance is None else balance - value
    stated = {field.name: getattr(details, field.name) for field in fields(AssetDetails)}
    return Asset(
        **stated,
        id=holding.id,
        version=version,
        as_of=day,
        value=value,
        value_reason="no_valuation" if value is None else None,
        valued_on=worth.on,
        value_source=worth.source,
        quantity=held.quantity if held else None,
        cost=held.cost if held else None,
        ledger_difference=difference,
    )


def liability_on(debt: Debt, version: int, accounts: Accounts, day: date) -> Liability:
    """A liability with what is owed at the end of a day, by the ledger where it is its account."""
    details, terms = debt.details, debt.terms
    [owing] = owed(debt, [day])
    outstanding, source = from_minor(owing.minor, details.currency), owing.source
    account = accounts.get(details.account_id or "")
    balance = account.balances[-1] if account is not None else None
    difference = None
    if account is not None and balance is not None and source != "closed":
        if by_schedule(debt, account):
            difference = -balance - outstanding
        else:
            outstanding, source = -balance, "account"
    stated = {field.name: getattr(details, field.name) for field in fields(LiabilityDetails)}
    if terms is not None:
        plan = amortize(terms)
        stated |= {"instalment": rounded(plan.instalment, details.currency), "months": details.months or plan.months}
        stated |= {"annual_rate": plan.annual_rate, "instalments": plan.instalments}
    return Liability(
        **stated,
        id=debt.id,
        version=version,
        as_of=day,
        outstanding=outstanding,
        outstanding_source=source,
        ledger_difference=difference,
    )


def loan_on(debt: Debt, accounts: Accounts, day: date) -> Loan:
    """A liability as the neighbours see it: what is owed and what is still to come."""
    shown = liability_on(debt, 0, accounts, day)
    terms = debt.terms
    rows = () if terms is None else tuple(row for row in amortize(terms).rows if row.date > day)
    instalments = [row for row in rows if row.number is not None]
    a_month = Decimal(PER_YEAR[shown.frequency]) / 12
    running = shown.outstanding_source in ("schedule", "account")
    return Loan(
        id=debt.id,
        name=shown.name,
        kind=shown.kind,
        currency=shown.currency,
        account_id=shown.account_id,
        outstanding=shown.outstanding,
        outstanding_source=shown.outstanding_source,
        annual_rate=rate_on(debt, day),
        rate_kind=shown.rate_kind,
        instalment=rounded(instalments[0].payment * a_month, shown.currency) if instalments and running else None,
        next_due_on=rows[0].date if rows and running else None,
        months_remaining=ceil(len(instalments) / a_month) if rows and running else None,
        interest_remaining=rounded(sum((row.interest for row in rows), Decimal(0)), shown.currency)
        if rows and running
        else None,
        ends_on=rows[-1].date if rows and running else None,
        rate_changes=later_changes(debt, day),
    )


def lots_on(happenings: Sequence[Happening], currency: str, day: date) -> tuple[Lot, ...]:
    """Every purchase by date with what is left of it at the end of a day; bonus units stand as lots of their own."""
    book = replay(happenings, currency, until=day)
    left = {lot.id: lot for lot in book.open}
    bought = {item.id: item for item in happenings if isinstance(item, Purchase)}
    shown = []
    for item in sorted(bought.values(), key=lambda lot: (lot.date, lot.id)):
        rest = left.get(item.id)
        shown.append(
            Lot(
                id=item.id,
                date=item.date,
                quantity=item.quantity,
                cost=item.cost,
                fees=item.fees,
                as_of=day,
                quantity_left=rest.quantity if rest else Decimal(0),
                cost_left=rest.cost if rest else from_minor(0, currency),
            )
        )
    bonuses = [lot for lot in book.open if lot.id not in bought]
    for lot in bonuses:
        shown.append(
            Lot(
                id=lot.id,
                date=lot.acquired_on,
                quantity=lot.quantity,
                cost=from_minor(0, currency),
                fees=from_minor(0, currency),
                as_of=day,
                quantity_left=lot.quantity,
                cost_left=lot.cost,
            )
        )
    return tuple(shown)
