"""The household's accounts as money movement sees them: what they are called, and which days their statements cover."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, select

from finapp.kernel.ids import to_number
from finapp.platform.standing import standing
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.domain.movement import OwnAccount
from finapp.transactions.public import AccountNotFound
from finapp.transactions.store import accounts
from finapp.transactions.tables import imports, statements

_CARD = "credit_card"


def covered(connection: Connection, owner: str, arriving: Iterable[LedgerRow] = ()) -> tuple[OwnAccount, ...]:
    """Every account, cards with the periods their own statements cover: of imports and of the rows that are arriving.

    A card without rows covers nothing; one whose rows came by no import covers its first to its last row.
    """
    known = of_household(connection, owner)
    if all(account.kind != _CARD for account in known):
        return known
    imported = _imported_periods(connection, owner)
    stored = accounts.spans(connection, owner)
    coming: dict[str, list[date]] = {}
    for row in arriving:
        coming.setdefault(row.account_id, []).append(row.date)
    found = []
    for account in known:
        if account.kind != _CARD:
            found.append(account)
            continue
        periods = imported.get(account.id, [stored[account.id]]) if account.id in stored else []
        if account.id in coming:
            periods = [*periods, (min(coming[account.id]), max(coming[account.id]))]
        found.append(replace(account, covered=tuple(sorted(periods))))
    return tuple(found)


@standing(*(f"accounts.{name}" for name in ("id", "kind", "currency", "name", "institution", "number_last4")))
def of_household(connection: Connection, owner: str) -> tuple[OwnAccount, ...]:
    """Every account as movement sees it, before it is known what its statements cover."""
    return tuple(
        OwnAccount(
            id=account.id,
            kind=account.kind,
            currency=account.currency,
            name=account.name,
            institution=account.institution or "",
            last4=account.number_last4 or "",
            covered=(),
        )
        for account in accounts.of_household(connection, owner)
    )


@standing("statements", "imports")
def _imported_periods(connection: Connection, owner: str) -> dict[str, list[tuple[date, date]]]:
    said = statements.c
    query = select(said.account_id, said.period_first, said.period_last).join(imports, imports.c.id == said.import_id)
    query = query.where(said.owner == owner, imports.c.status == "done", imports.c.dry_run.in_([False]))
    periods: dict[str, list[tuple[date, date]]] = {}
    for account_id, first, last in connection.execute(query):
        if first and last:
            periods.setdefault(account_id, []).append((first, last))
    return periods


def one(connection: Connection, owner: str, account_id: str) -> OwnAccount:
    """An account, before it is known what its statements cover. Raises AccountNotFound."""
    wanted = to_number(account_id)
    for account in of_household(connection, owner):
        if to_number(account.id) == wanted:
            return account
    raise AccountNotFound()
