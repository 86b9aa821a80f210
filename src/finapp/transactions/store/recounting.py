"""The kept sums against a recount of the rows, for every household at once; and made again, for one."""

from sqlalchemy import Connection, text

from finapp.kernel import ids
from finapp.transactions.store import changed, largest

_DAILY = "date", "account_id, category_id, flow, need, currency"
_MONTHLY = "substr(date, 1, 7)", "account_id, category_id, flow, need, currency"
_BY_MERCHANT = "substr(date, 1, 7)", "account_id, merchant_id, currency"
_MERCHANT_YEARS = "substr(date, 1, 4)", "account_id, merchant_id, currency"


def _differing(table: str, period: str, keys: str, condition: str) -> str:
    # Only names of our own tables and columns are put together here.
    recount = (
        f"SELECT owner, {period} AS period, {keys}, sum(amount) AS amount, count(*) AS count "  # noqa: S608
        f"FROM transactions {condition} GROUP BY owner, {period}, {keys}"
    )
    kept = f"SELECT owner, period, {keys}, amount, count FROM {table}"  # noqa: S608
    differs = f"SELECT owner, period, {keys} FROM (SELECT * FROM (%s) AS a EXCEPT SELECT * FROM (%s) AS b) AS d"  # noqa: S608
    return f"SELECT count(*) FROM ({differs % (recount, kept)} UNION {differs % (kept, recount)}) AS wrong"  # noqa: S608


_COUNTED = largest.RECOUNT.format(mine="")
_KEPT_LARGEST = "SELECT owner, merchant_id, currency, year, amount FROM largest_purchases"
_PLACE = "SELECT owner, merchant_id, currency, year FROM"
_LARGEST = (
    f"SELECT count(*) FROM ({_PLACE} (SELECT * FROM ({_COUNTED}) AS a EXCEPT {_KEPT_LARGEST}) AS c "  # noqa: S608
    f"UNION {_PLACE} ({_KEPT_LARGEST} EXCEPT SELECT * FROM ({_COUNTED}) AS b) AS d) AS wrong"
)
_BALANCES = (
    "SELECT count(*) FROM accounts WHERE moved <> "
    "(SELECT coalesce(sum(amount), 0) FROM transactions WHERE account_id = accounts.id)"
)
_MOVED = (
    "UPDATE accounts SET moved = "
    "(SELECT coalesce(sum(amount), 0) FROM transactions WHERE account_id = accounts.id) WHERE owner = :owner"
)
_KEPT = (
    ("daily_sums", _DAILY, ""),
    ("monthly_sums", _MONTHLY, ""),
    ("merchant_sums", _BY_MERCHANT, "AND flow IN ('expense', 'refund')"),
    ("merchant_years", _MERCHANT_YEARS, "AND flow IN ('expense', 'refund')"),
)
_CHECKS = {
    "daily_sums": _differing("daily_sums", *_DAILY, ""),
    "monthly_sums": _differing("monthly_sums", *_MONTHLY, ""),
    "merchant_sums": _differing("merchant_sums", *_BY_MERCHANT, "WHERE flow IN ('expense', 'refund')"),
    "merchant_years": _differing("merchant_years", *_MERCHANT_YEARS, "WHERE flow IN ('expense', 'refund')"),
    "largest_purchases": _LARGEST,
    "balances": _BALANCES,
}


def recount(connection: Connection) -> dict[str, int]:
    """Name of each set of sums -> how many of them differ from a recount of the rows."""
    return {name: int(connection.execute(text(query)).scalar_one()) for name, query in _CHECKS.items()}


_OWNERS = " UNION ".join(
    f"SELECT owner FROM {table}"  # noqa: S608  # names of our own tables
    for table in ("accounts", *(name for name, _, _ in _KEPT), "largest_purchases")
)


def owners(connection: Connection) -> list[str]:
    """Every household that has accounts, and every one of which there are sums."""
    return [ids.to_text(number) for number in connection.execute(text(_OWNERS)).scalars()]


def rebuild(connection: Connection, owner: str) -> None:
    """Makes every sum and balance of a household again from its rows."""
    mine = {"owner": ids.to_number(owner)}
    changed.note_all(connection, owner)
    for table, (period, keys), condition in _KEPT:
        connection.execute(text(f"DELETE FROM {table} WHERE owner = :owner"), mine)  # noqa: S608
        columns = f"owner, period, {keys}, amount, count"
        rows = (
            f"SELECT owner, {period}, {keys}, sum(amount), count(*) FROM transactions "  # noqa: S608
            f"WHERE owner = :owner {condition} GROUP BY owner, {period}, {keys}"
        )
        connection.execute(text(f"INSERT INTO {table} ({columns}) {rows}"), mine)
    largest.rebuild(connection, owner)
    connection.execute(text(_MOVED), mine)
    changed.note_all(connection, owner)
