"""Holdings and prices from files."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finapp.assets.domain.holdings_file import read_file
from finapp.assets.public import HoldingsFile
from finapp.kernel.errors import Invalid
from tests.assets.support import TODAY, Household, household

D = Decimal
NOTE = """Contract note 4711
Trade Date;Security Name;Buy/Sell;Qty;Net Rate;Brokerage;STT
13/01/2025;INFY;Buy;100;1.512,50;20,00;15,10
14/01/2025;INFY;Buy;10;1.500,00;2,00;1,50
20/02/2026;INFY;Sell;40;1.700,00;10,00;6,80
20/02/2026;TCS;Sell;5;3.000,00;1,00;0,00
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Household]:
    with household(tmp_path) as made:
        yield made


def test_a_contract_note_is_entered_once_and_what_cannot_be_is_said(home: Household) -> None:
    file = HoldingsFile(kind="holdings", text=NOTE)
    first = home.facade.import_holdings(**home.who, file=file)
    assert (first.rows, first.imported, first.duplicates, first.rejected) == (4, 3, 0, 1)
    assert (first.date_order, first.date_order_sure) == ("day_first", True)
    [refused] = [item for item in first.outcomes if item.outcome == "rejected"]
    assert refused.line == 6
    assert refused.reason is not None
    assert "more than the 0 held" in refused.reason
    [infy] = home.facade.assets(owner=home.owner, as_of=TODAY).items
    assert infy.quantity == 70
    lots = home.facade.lots(owner=home.owner, asset_id=infy.id, as_of=TODAY)
    assert (lots[0].cost, lots[0].fees, lots[0].quantity_left) == (D("151250.00"), D("35.10"), D(60))
    [sale] = home.facade.liquidations(owner=home.owner).items
    assert (sale.gross, sale.fees, sale.quantity) == (D("68000.00"), D("16.80"), D(40))
    again = home.facade.import_holdings(**home.who, file=file)
    assert (again.imported, again.duplicates, again.rejected) == (0, 3, 1)


def test_two_equal_purchases_are_two(home: Household) -> None:
    text = "date,symbol,units,nav\n2025-01-01,FUND,10,5\n2025-01-01,FUND,10,5\n"
    made = home.facade.import_holdings(**home.who, file=HoldingsFile(kind="holdings", text=text, asset_kind="fund"))
    assert made.imported == 2
    again = home.facade.import_holdings(**home.who, file=HoldingsFile(kind="holdings", text=text))
    assert (again.imported, again.duplicates) == (0, 2)
    [fund] = home.facade.assets(owner=home.owner, as_of=TODAY).items
    assert (fund.kind, fund.quantity, fund.cost) == ("fund", D(20), D("100.00"))


def test_prices_are_entered_one_a_day(home: Household) -> None:
    holdings = HoldingsFile(kind="holdings", text="date,symbol,qty,amount\n2025-01-01,X,10,1000\n")
    home.facade.import_holdings(**home.who, file=holdings)
    text = "Symbol\tDate\tClose\nX\t31-Dec-2025\t1,12,345.50\nX\t30-Jun-2026\t120\nX\t30-Jun-2026\t121\nX\tnever\t5\n"
    made = home.facade.import_holdings(**home.who, file=HoldingsFile(kind="prices", text=text))
    assert [item.outcome for item in made.outcomes] == ["imported", "imported", "rejected", "rejected"]
    [asset] = home.facade.assets(owner=home.owner, as_of=TODAY).items
    assert (asset.value, asset.valued_on) == (D("1200.00"), date(2026, 6, 30))


def test_a_dry_run_leaves_nothing(home: Household) -> None:
    made = home.facade.import_holdings(**home.who, file=HoldingsFile(kind="holdings", text=NOTE, dry_run=True))
    assert made.imported == 3
    assert home.facade.assets(owner=home.owner, as_of=TODAY).items == ()


def test_a_file_without_the_needed_columns_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        read_file("a,b\n1,2\n", "holdings")
    assert refused.value.field == "file"


def test_the_order_of_ambiguous_dates_is_called_unsure() -> None:
    read = read_file("date,symbol,qty,price\n01/02/2025,X,1,1\n", "holdings")
    assert (read.date_order, read.date_order_sure, read.rows[0].date) == ("day_first", False, date(2025, 2, 1))
    sure = read_file("date,symbol,qty,price\n01/20/2025,X,1,1\n", "holdings")
    assert (sure.date_order, sure.rows[0].date) == ("month_first", date(2025, 1, 20))
