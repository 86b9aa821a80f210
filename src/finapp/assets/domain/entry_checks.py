"""Whether what a person enters can be true, with the field that cannot."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from finapp.assets.domain import checks
from finapp.assets.domain.debts import Debt
from finapp.assets.domain.schedule import amortize
from finapp.assets.public import AssetDetails, NewCorporateAction, NewIncome, NewLot, NewValuation
from finapp.kernel.errors import Invalid
from finapp.kernel.money import exponent


def check_asset(details: AssetDetails) -> None:
    """Raises Invalid for details that cannot be an asset."""
    exponent(details.currency)
    checks.check_share("owner_share", details.owner_share)
    for field in ("locked_until", "acquired_on", "closed_on"):
        day = getattr(details, field)
        if day is not None:
            checks.check_date(field, day)
    if details.acquired_on and details.closed_on and details.closed_on < details.acquired_on:
        raise Invalid("closed_on", "lies before acquired_on")
    if details.accrual_rate is not None:
        # Nothing accrues 100 % a year: a 5 here means 5 %.
        checks.check_rate("accrual_rate", details.accrual_rate, highest=Decimal(1))


def check_debt(debt: Debt) -> None:
    """Raises Invalid for details, rate changes or part payments that cannot be a liability's.

    A liability of which enough is known for a schedule is run to its end, so that what is stored can be answered.
    """
    details = debt.details
    exponent(details.currency)
    checks.check_date("start", details.start)
    checks.check_amount("principal", details.principal, zero=True)
    checks.check_share("owner_share", details.owner_share)
    if details.annual_rate is not None:
        checks.check_rate("annual_rate", details.annual_rate)
    if details.closed_on is not None:
        checks.check_date("closed_on", details.closed_on)
        if details.closed_on < details.start:
            raise Invalid("closed_on", "lies before the start")
    terms = debt.terms
    if terms is not None:
        amortize(terms)
    elif any(item is not None for item in (details.months, details.instalments, details.instalment)):
        missing = "principal" if details.principal == 0 else "annual_rate"
        raise Invalid(missing, "is needed for a schedule beside months or instalment")
    elif debt.rate_changes or debt.part_payments:
        raise Invalid("months", "rate changes and part payments need a schedule: state months or instalment")


def check_valuations(new: Iterable[NewValuation], taken: set[date], details: AssetDetails) -> None:
    """Raises Invalid for a valuation that cannot be, or a second one on a day."""
    seen = set(taken)
    for item in new:
        checks.check_date("date", item.date)
        if (item.value is None) == (item.unit_price is None):
            raise Invalid("value", "give either value or unit_price")
        if item.value is not None:
            checks.check_amount("value", item.value, zero=True)
        if item.unit_price is not None:
            checks.check_amount("unit_price", item.unit_price, zero=True)
        if item.date in seen:
            raise Invalid("date", f"there is a valuation on {item.date} already")
        if details.acquired_on is not None and item.date < details.acquired_on:
            raise Invalid("date", f"lies before the asset was acquired on {details.acquired_on}")
        seen.add(item.date)


def check_lot(new: NewLot, details: AssetDetails) -> None:
    """Raises Invalid for a purchase that cannot be."""
    checks.check_date("date", new.date)
    checks.check_quantity("quantity", new.quantity)
    checks.check_amount("cost", new.cost, zero=True)
    checks.check_amount("fees", new.fees, zero=True)
    if details.whole_units and new.quantity != new.quantity.to_integral_value():
        raise Invalid("quantity", "must be whole: the asset has whole units only")


def check_action(new: NewCorporateAction) -> None:
    """Raises Invalid for a split or bonus that cannot be."""
    checks.check_date("date", new.date)
    checks.check_quantity("ratio", new.ratio)


def check_income(new: NewIncome) -> None:
    """Raises Invalid for income that cannot be."""
    checks.check_date("date", new.date)
    checks.check_amount("amount", new.amount)
