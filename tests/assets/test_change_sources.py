"""What each part of a change rests on: rows that add up to the input, and what lots record beside them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from finapp.assets.domain.attribution import PARTS
from finapp.assets.public import AssetDetails, Attribution, NewLiquidation, NewLot, NewValuation
from tests.assets.support import Household, household

D = Decimal
FIRST, LAST = date(2026, 1, 31), date(2026, 6, 30)
PERIOD = "from=2026-02-01&to=2026-06-30"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Household]:
    with household(tmp_path, {("USD", "2026-02-10"): "85", ("USD", ""): "90"}) as made:
        yield made


def held(home: Household, name: str, marks: dict[str, int], account_id: str | None = None) -> str:
    about = AssetDetails(name=name, kind="fund", currency="INR", liquidity="days", account_id=account_id)
    asset_id = home.facade.create_asset(**home.who, details=about).id
    new = tuple(NewValuation(date=date.fromisoformat(day), value=D(value)) for day, value in marks.items())
    home.facade.add_valuations(**home.who, asset_id=asset_id, new=new)
    return asset_id


def with_lots(home: Household) -> str:
    """150 units that cost 16,500 and are worth 140 each throughout; 40 of them are sold for 5,600 in March."""
    fund = held(home, "Units", {"2026-01-31": 21000})
    lot = NewLot(date=date(2025, 1, 1), quantity=D(150), cost=D(16500))
    home.facade.add_lots(**home.who, asset_id=fund, new=(lot,))
    home.facade.add_valuations(**home.who, asset_id=fund, new=(NewValuation(date=date(2026, 6, 1), unit_price=D(140)),))
    sale = NewLiquidation(asset_id=fund, date=date(2026, 3, 2), quantity=D(40), proceeds=D(5600))
    home.facade.record_liquidation(**home.who, new=sale)
    return fund


def explain(home: Household) -> Attribution:
    """The answer, whose inputs add up to its parts; each input of rows is what its query lists."""
    made = home.facade.net_worth_attribution(owner=home.owner, first=FIRST, last=LAST)
    assert made.change is not None
    assert sum(getattr(made, part) for part in PARTS) == made.change
    for part in PARTS:
        inputs = made.basis.figures[part].inputs
        assert sum(D(given.value or "") for given in inputs) == getattr(made, part)
        assert len({given.id for given in inputs}) == len(inputs)
        for given in inputs:
            if given.kind == "rows":
                assert abs(D(given.value or "")) == abs(listed(home, given.source))
    return made


def listed(home: Household, source: str) -> Decimal:
    asked = {name: values[0] for name, values in parse_qs(source.partition("?")[2]).items()}
    words = asked.pop("q", "").split()
    rows = [row for row in home.ledger.rows if row.flow == asked["kind"] and asked["from"] <= str(row.date)]
    rows = [row for row in rows if str(row.date) <= asked["to"]]
    rows = [row for row in rows if asked.get("account_id") in (None, row.account_id)]
    for word in words:
        name, _, value = word.partition(":")
        assert name in ("is", "currency")
        rows = [row for row in rows if value in (row.currency, "in" if row.amount > 0 else "out")]
    assert len({row.currency for row in rows}) == 1
    return sum((row.amount for row in rows), D(0))


def parts_of(made: Attribution) -> dict[str, Decimal]:
    return {name: getattr(made, name) for name in PARTS if getattr(made, name)}


def test_a_sale_that_no_row_shows_is_no_investment(home: Household) -> None:
    bank = home.ledger.account("savings", {"2025-01-01": "90000.00"})
    with_lots(home)
    held(home, "Whole", {"2026-01-31": 10000, "2026-06-30": 40000})
    home.ledger.move(bank, "2026-02-05", "-29400.00", "investment")
    made = explain(home)
    assert parts_of(made) == {"market": D(600), "other": D(-5600)}
    [rows] = [given for given in made.basis.figures["market"].inputs if given.kind == "rows"]
    assert (rows.id, rows.value) == ("flow.investment.out", "-29400.00")
    assert rows.source == f"/api/v1/transactions?kind=investment&{PERIOD}&q=is%3Aout"


def test_a_sale_whose_proceeds_came_in_changes_nothing_else(home: Household) -> None:
    bank = home.ledger.account("savings", {"2025-01-01": "90000.00"})
    with_lots(home)
    held(home, "Whole", {"2026-01-31": 10000, "2026-06-30": 40000})
    home.ledger.move(bank, "2026-02-05", "-29400.00", "investment")
    home.ledger.move(bank, "2026-03-02", "5600.00", "investment")
    assert parts_of(explain(home)) == {"market": D(600)}


def test_purchases_that_lots_record_are_not_paid_into_what_is_valued_as_a_whole(home: Household) -> None:
    bank = home.ledger.account("savings", {"2025-01-01": "90000.00"})
    fund = with_lots(home)
    lot = NewLot(date=date(2026, 4, 1), quantity=D(10), cost=D(1400))
    home.facade.add_lots(**home.who, asset_id=fund, new=(lot,))
    held(home, "Whole", {"2026-01-31": 10000, "2026-06-30": 40000})
    home.ledger.move(bank, "2026-02-05", "-30000.00", "investment")
    home.ledger.move(bank, "2026-04-01", "-1400.00", "investment")
    home.ledger.move(bank, "2026-03-02", "5600.00", "investment")
    made = explain(home)
    assert parts_of(made) == {}
    given = {item.id: D(item.value or "") for item in made.basis.figures["market"].inputs}
    assert (given["flow.investment.out"], given[f"{fund}.purchases"]) == (D(-31400), D(1400))


def test_what_came_back_from_a_holding_valued_as_a_whole_is_no_loss(home: Household) -> None:
    bank = home.ledger.account("savings", {"2025-01-01": "500.00"})
    held(home, "Whole", {"2026-01-31": 2000, "2026-06-30": 1100})
    home.ledger.move(bank, "2026-04-01", "1000.00", "investment")
    assert parts_of(explain(home)) == {"market": D(100)}


def test_rows_of_an_account_that_is_not_counted_by_its_balance_are_taken_out_by_their_own_query(
    home: Household,
) -> None:
    bank = home.ledger.account("savings", {"2025-01-01": "5000.00"})
    broker = home.ledger.account("investment", {"2025-01-01": "2000.00"})
    held(home, "Depot", {"2026-01-31": 2000, "2026-06-30": 2600}, broker)
    home.ledger.move(bank, "2026-02-02", "900.00", "income")
    home.ledger.move(broker, "2026-02-03", "40.00", "income")
    made = explain(home)
    assert parts_of(made) == {"saved": D(900), "market": D(600)}
    sources = {given.value: given.source for given in made.basis.figures["saved"].inputs}
    assert sources["940.00"] == f"/api/v1/transactions?kind=income&{PERIOD}"
    assert sources["-40.00"] == f"/api/v1/transactions?kind=income&{PERIOD}&account_id={broker}"


def test_rows_in_several_currencies_are_asked_for_apart(home: Household) -> None:
    bank = home.ledger.account("savings", {"2025-01-01": "100.00"})
    abroad = home.ledger.account("savings", {"2025-01-01": "0.00"}, currency="USD")
    home.ledger.move(bank, "2026-02-10", "500.00", "income")
    home.ledger.move(abroad, "2026-02-10", "10.00", "income")
    made = explain(home)
    assert parts_of(made) == {"saved": D(1350), "exchange": D(50)}
    here, foreign = made.basis.figures["saved"].inputs
    assert here.source.endswith("&q=currency%3AINR")
    assert (foreign.id, foreign.kind, foreign.value) == ("flow.income.USD", "figure", "850.00")
    assert foreign.source.endswith(f"kind=income&{PERIOD}&q=currency%3AUSD")


def test_nothing_has_changed_since_a_day_of_which_nothing_is_known(home: Household) -> None:
    fresh = home.facade.net_worth_attribution(owner=home.owner, first=FIRST, last=LAST)
    assert (fresh.before, fresh.after, fresh.change, fresh.reason) == (None, None, None, "no_rows")
    held(home, "Later", {"2026-04-01": 500})
    made = home.facade.net_worth_attribution(owner=home.owner, first=FIRST, last=LAST)
    worth = home.facade.net_worth(owner=home.owner, as_of=FIRST)
    assert (made.before, made.change, made.reason) == (None, None, worth.net_worth_reason)
    assert made.after == D(500)
    assert parts_of(made) == {}
