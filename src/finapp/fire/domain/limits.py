"""What a simulation may ask for: ranges of its inputs, and the budget of one request."""

from decimal import Decimal

from finapp.fire.domain import flows
from finapp.fire.public.simulation import SimulationRequest
from finapp.kernel.errors import Invalid

MOST_PATHS = 200_000
MOST_YEARS = 100
MOST_DRAWS = 75_000_000
"""Paths x years x steps: about three seconds of one core."""
MOST_CELLS = 12_000_000
"""Paths x years: about 300 MB."""


def check(request: SimulationRequest) -> None:
    """Raises Invalid for a number outside its range, and for more work than the stated budget."""
    for name in ("portfolio", "annual_spending", "contributions", "locked", "minimum_spending"):
        value = getattr(request, name)
        if value is not None and value < 0:
            raise Invalid(name, "must not be negative")
    between("years", request.years, 1, MOST_YEARS)
    between("paths", request.paths, 1, MOST_PATHS)
    between("seed", request.seed, 0, 2**63 - 1)
    between("retire_after_years", request.retire_after_years, 0, request.years - 1)
    between("locked_years", request.locked_years, 0, MOST_YEARS)
    between("age", request.age, 0, 120)
    if request.locked > request.portfolio:
        raise Invalid("locked", "must not be larger than the portfolio")
    asked = draws(request)
    if asked > MOST_DRAWS:
        raise Invalid(
            "paths", f"paths x years x steps_per_year x assets is {asked:,}, more than the limit of {MOST_DRAWS:,}"
        )
    if request.paths * request.years > MOST_CELLS:
        raise Invalid("paths", f"paths x years is more than the limit of {MOST_CELLS:,}")
    for number, flow in enumerate(request.flows):
        flows.check(flow, request.as_of, f"flows.{number}")
    for number, tax in enumerate(request.withdrawal_tax):
        between(f"withdrawal_tax.{number}.rate", tax.rate, 0, Decimal("0.9"))
    _check_accounts(request)
    for number, earner in enumerate(request.earners):
        between(f"earners.{number}.years", earner.years, 0, MOST_YEARS)
        between(f"earners.{number}.amount", earner.amount, 0, Decimal(10) ** 15)
    for number, person in enumerate(request.people):
        between(f"people.{number}.age", person.age, 0, 120)
        between(f"people.{number}.modal_age", person.modal_age, 50, 120)
        between(f"people.{number}.dispersion", person.dispersion, 1, 50)


def _check_accounts(request: SimulationRequest) -> None:
    if not request.accounts:
        return
    for number, account in enumerate(request.accounts):
        between(f"accounts.{number}.amount", account.amount, 0, Decimal(10) ** 15)
        for position, tax in enumerate(account.tax):
            between(f"accounts.{number}.tax.{position}.rate", tax.rate, 0, Decimal("0.9"))
    total = sum((account.amount for account in request.accounts), Decimal(0))
    if total != request.portfolio:
        raise Invalid("accounts", f"add up to {total}, not to the portfolio of {request.portfolio}")
    if request.withdrawal_tax or request.locked:
        raise Invalid("accounts", "give accounts, or withdrawal_tax and locked, not both")


def draws(request: SimulationRequest) -> int:
    """How many returns a request draws: paths x years x steps x assets."""
    points = [request.market.allocation or {}, *(point.allocation for point in request.market.glide_path)]
    assets = max(1, *(len(point) for point in points))
    return request.paths * request.years * request.steps_per_year * assets


def between(field: str, value: Decimal | int | None, low: Decimal | int, high: Decimal | int) -> None:
    """Raises Invalid for a number outside its range; None is not looked at."""
    if value is not None and not low <= value <= high:
        raise Invalid(field, f"must be between {low} and {high}")
