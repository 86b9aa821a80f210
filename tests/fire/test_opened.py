"""A single path opened year by year."""

from decimal import Decimal

from finapp.fire.domain import simulation
from finapp.fire.public import Flow, Strategy
from tests.fire.futures import plan, us_annual


def test_an_opened_path_says_why_each_year_differs() -> None:
    flow = Flow(amount=Decimal(10_000), from_year=3, to_year=4)
    request = plan(
        years=6,
        retire_after_years=1,
        inflation=Decimal("0.03"),
        flows=(flow,),
        open_path=0,
        paths=3,
        volatility=Decimal(0),
    )
    opened = simulation.simulate(request, us_annual()).opened
    assert opened is not None
    assert [year.reasons for year in opened] == [
        (),
        ("spending begins",),
        ("spending follows prices",),
        ("dated flows change", "spending follows prices"),
        ("spending follows prices",),
        ("dated flows change", "spending follows prices"),
    ]
    share = plan(years=3, open_path=0, paths=3, strategy=Strategy(kind="constant_percent"))
    moved = simulation.simulate(share, us_annual()).opened
    assert moved is not None
    assert moved[1].reasons == ("spending follows the portfolio, by the rule",)
