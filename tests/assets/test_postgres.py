"""The same household on PostgreSQL: every query of this context runs there too."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finapp.assets.facade import LocalAssets
from finapp.assets.public import (
    AssetDetails,
    HoldingsFile,
    LiabilityDetails,
    NewIncome,
    NewLiquidation,
    NewPartPayment,
    NewValuation,
)
from finapp.kernel.clock import FixedClock
from finapp.kernel.ids import new_id
from finapp.platform.database import Database
from finapp.platform.engines import PostgresEngines, make_postgres_home
from finapp.platform.migrating import migrate
from tests.assets.support import NOON, TODAY, FixedRates, Household, Ledger, People, household
from tests.support.postgres import postgres

D = Decimal


@pytest.mark.postgres
def test_assets_keep_and_answer_on_postgresql_as_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> None:
    with postgres(tmp_path_factory.mktemp("postgres")) as url:
        make_postgres_home(url, "assets")
        engines = PostgresEngines(url, "assets")
        migrate(engines)
        clock, ledger, people = FixedClock(NOON), Ledger(), People()
        stored = Database(engines, clock, {})
        facade = LocalAssets(
            database=stored,
            clock=clock,
            auth=people,  # type: ignore[arg-type]
            transactions=ledger,  # type: ignore[arg-type]
            rates=FixedRates({}),
        )
        try:
            home = Household(
                facade=facade,
                ledger=ledger,
                owner=new_id(),
                person=new_id(),
                database=stored,
                kept_later=[],
                clock=clock,
                people=people,
            )
            people.households.append(home.owner)
            live_in(home)
        finally:
            engines.close()


def live_in(home: Household) -> None:
    """Enters, sells, values, pages, keeps and deletes, once through every table."""
    bank = home.ledger.account("savings", {"2025-01-01": "1000.00"})
    gold = AssetDetails(name="Gold", kind="gold", currency="INR", liquidity="days")
    asset_id = home.facade.create_asset(**home.who, details=gold).id
    new = tuple(NewValuation(date=date(2026, month, 1), value=D(month)) for month in (1, 2, 3))
    home.facade.add_valuations(**home.who, asset_id=asset_id, new=new)
    first = home.facade.valuations(owner=home.owner, asset_id=asset_id, limit=2)
    second = home.facade.valuations(owner=home.owner, asset_id=asset_id, limit=2, cursor=first.next_cursor)
    assert [item.value for item in (*first.items, *second.items)] == [D(3), D(2), D(1)]
    income = NewIncome(date=date(2026, 2, 1), kind="other", amount=D("1.50"))
    home.facade.add_income(**home.who, asset_id=asset_id, new=income)
    text = "date,symbol,qty,price\n2025-01-01,ABC,10,5\n2025-02-01,ABC,x,5\n2026-01-01,ABC,2,6\n"
    file = HoldingsFile(kind="holdings", text=text)
    assert home.facade.import_holdings(**home.who, file=file).rejected == 1
    share = next(item for item in home.facade.assets(owner=home.owner, as_of=TODAY).items if item.name == "ABC")
    sale = NewLiquidation(asset_id=share.id, date=date(2026, 3, 1), quantity=D(4), unit_price=D(7))
    sold = home.facade.record_liquidation(**home.who, new=sale)
    assert home.facade.liquidation(owner=home.owner, liquidation_id=sold.id) == sold
    loan = LiabilityDetails(
        name="Loan",
        kind="other",
        currency="INR",
        account_id=bank,
        principal=D(1200),
        annual_rate=D("0.12"),
        months=12,
        start=date(2026, 1, 1),
    )
    liability_id = home.facade.create_liability(**home.who, details=loan).id
    part = NewPartPayment(date=date(2026, 3, 5), amount=D(100))
    home.facade.add_part_payment(**home.who, liability_id=liability_id, new=part)
    home.facade.keep_snapshot(owner=home.owner)
    [kept] = home.facade.net_worth_snapshots(owner=home.owner, as_of=TODAY).items
    assert kept.difference == 0
    home.facade.undo_liquidation(**home.who, liquidation_id=sold.id)
    home.facade.delete_liability(**home.who, liability_id=liability_id)
    for item in home.facade.assets(owner=home.owner, as_of=TODAY).items:
        home.facade.delete_asset(**home.who, asset_id=item.id)
    assert home.facade.net_worth(owner=home.owner, as_of=TODAY).net_worth == D("1000.00")


def test_the_same_life_on_sqlite(tmp_path: Path) -> None:
    with household(tmp_path) as home:
        live_in(home)
