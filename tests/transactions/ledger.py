"""A real ledger on a migrated SQLite file, with auth as a small neighbour."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from finapp.auth.public import Household
from finapp.kernel.clock import FixedClock
from finapp.platform.database import Database
from finapp.platform.jobs import Jobs
from finapp.transactions.facade import LocalTransactions
from finapp.transactions.public import Account, Import, NewAccount, NewImport, NewTransaction, Transaction
from tests.support import NOON, database

OWNER, PERSON = "1m81qg8r01s01", "1m81qg8r01s02"


class OneHousehold:
    """The part of auth that the ledger asks for."""

    def __init__(self, locale: str = "en-IN", currency: str = "INR", holder: str = "The Holder") -> None:
        self._home = {"locale": locale, "currency": currency, "members": (holder,)}

    def household(self, *, owner: str) -> Household:
        return Household(id=owner, **self._home)  # type: ignore[arg-type]


class Now(Jobs):
    """Runs every job where it is submitted."""

    def submit(self, name: str, argument: str) -> None:
        self._known[name](argument)


class Ledger:
    """The facade with shortcuts for tests."""

    def __init__(self, directory: Path, storage: Database | None = None, home: OneHousehold | None = None) -> None:
        self.database = storage or database("transactions", directory, FixedClock(NOON))
        auth: Any = home or OneHousehold()
        self.spool = directory / "spool"
        self.spool.mkdir()
        self.facade = LocalTransactions(
            database=self.database, clock=FixedClock(NOON), auth=auth, jobs=Now(), directory=directory
        )

    def account(self, name: str = "Salary account", kind: Any = "checking", currency: str = "INR") -> Account:
        new = NewAccount(name=name, kind=kind, currency=currency)
        return self.facade.create_account(owner=OWNER, person=PERSON, new=new)

    def row(self, account: Account, day: date, amount: str, text: str, category: str | None = None) -> Transaction:
        new = NewTransaction(
            account_id=account.id, date=day, amount=Decimal(amount), description=text, category_id=category
        )
        return self.facade.create_transaction(owner=OWNER, person=PERSON, new=new)

    def take(self, content: bytes, account: Account | None = None, **said: Any) -> Import:
        (self.spool / "upload").write_bytes(content)
        new = NewImport(
            upload="upload",
            filename="statement.csv",
            digest="",
            account_id=account.id if account is not None else None,
            **said,
        )
        started = self.facade.start_import(owner=OWNER, person=PERSON, new=new)
        return self.facade.import_(owner=OWNER, import_id=started.id)

    def recounted(self) -> dict[str, int]:
        return dict(self.facade.recount())
