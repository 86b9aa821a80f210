"""Kept sums equal a recount after any sequence of writes, on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import text

from finapp.kernel.clock import FixedClock
from finapp.platform.database import Database
from finapp.platform.engines import PostgresEngines, make_postgres_home
from finapp.platform.migrating import migrate
from finapp.transactions.tables import metadata
from tests.support import NOON
from tests.support.postgres import postgres
from tests.transactions.ledger import Ledger
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


def test_sums_equal_a_recount_on_postgres(url: str) -> None:
    class OnPostgres(LedgerMachine):
        def made(self, home: Path) -> Ledger:
            engines = PostgresEngines(url, "transactions")
            with engines.writer.begin() as connection:
                names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
                connection.execute(text(f"TRUNCATE {names} CASCADE"))
            return Ledger(home, Database(engines, FixedClock(NOON), {}))

    run_state_machine_as_test(OnPostgres, settings=settings(max_examples=6, stateful_step_count=12, deadline=None))
