"""The ledger on PostgreSQL: kept sums equal a recount after any sequence of writes, and unsure rows are found."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import text

from finapp.kernel.clock import FixedClock
from finapp.platform.database import Database
from finapp.platform.engines import PostgresEngines, make_postgres_home
from finapp.platform.migrating import migrate
from finapp.transactions.public import TransactionChanges
from finapp.transactions.tables import metadata
from tests.support import NOON
from tests.support.postgres import postgres
from tests.transactions.ledger import OWNER, PERSON, Ledger
from tests.transactions.test_sums import LedgerMachine

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with postgres(tmp_path_factory.mktemp("postgres")) as found:
        make_postgres_home(found, "transactions")
        engines = PostgresEngines(found, "transactions")
        migrate(engines)
        engines.close()
        yield found


def emptied(url: str, home: Path) -> Ledger:
    engines = PostgresEngines(url, "transactions")
    with engines.writer.begin() as connection:
        names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
        connection.execute(text(f"TRUNCATE {names} CASCADE"))
    return Ledger(home, Database(engines, FixedClock(NOON), {}))


def test_rows_that_are_not_sure_and_those_like_one_are_found_on_postgres(url: str, tmp_path: Path) -> None:
    ledger = emptied(url, tmp_path)
    with closing(ledger.database):
        account = ledger.account()
        first, _ = (ledger.row(account, date(2026, 6, day), "-450.00", "UPI-QZXW-1@ybl") for day in (1, 2))
        assert len(ledger.facade.uncertain_rows(owner=OWNER, limit=10, cursor=None).items) == 2
        ledger.facade.change_transaction(
            owner=OWNER, person=PERSON, transaction_id=first.id, changes=TransactionChanges(category_id="groceries")
        )
        assert ledger.facade.similar_rows(owner=OWNER, transaction_id=first.id).matched == 1
        assert len(ledger.facade.uncertain_rows(owner=OWNER, limit=10, cursor=None).items) == 1


def test_sums_equal_a_recount_on_postgres(url: str) -> None:
    class OnPostgres(LedgerMachine):
        def made(self, home: Path) -> Ledger:
            return emptied(url, home)

    run_state_machine_as_test(OnPostgres, settings=settings(max_examples=6, stateful_step_count=12, deadline=None))
