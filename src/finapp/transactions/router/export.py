"""Export of rows in other programs' formats."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Annotated, Literal

from starlette.responses import StreamingResponse

from finapp.platform.answers import Question
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import given
from finapp.transactions.public import Account, Transaction, TransactionFilter, Transactions
from finapp.transactions.router.asking import Where
from finapp.transactions.writers import Book, write_beancount, write_csv, write_ledger, write_ofx, write_xlsx

router = Router()
Facade = Annotated[Transactions, given("transactions")]
Format = Literal["csv", "xlsx", "beancount", "ledger", "ofx"]
_AT_ONCE = 2_000
_PIECE = 64 * 1024
"""Bytes that are sent together: each piece costs a turn of the thread that writes and one of the loop that sends."""
_WRITERS: dict[Format, tuple[Callable[[Book], Iterator[bytes]], str, str]] = {
    "csv": (write_csv, "text/csv; charset=utf-8", "csv"),
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "beancount": (write_beancount, "text/plain; charset=utf-8", "beancount"),
    "ledger": (write_ledger, "text/plain; charset=utf-8", "journal"),
    "ofx": (write_ofx, "application/x-ofx", "ofx"),
}


@router.get("/transactions/export", response_class=StreamingResponse)
def export(
    caller: Caller, facade: Facade, asked: Where, question: Question, format: Format = "csv"
) -> StreamingResponse:
    """The rows of a filter, oldest first. Without a filter journals begin with the opening balances."""
    where = replace(asked.value(), order="date")
    write, media_type, ending = _WRITERS[format]
    owner = caller.household
    book = Book(
        accounts={account.id: account for account in _accounts(facade, owner)},
        categories={category.id: category for category in facade.categories(owner=owner).items},
        rows=lambda account_id: _rows(facade, owner, where, account_id),
        as_of=question.day(None),
        whole=where == TransactionFilter(order="date"),
    )
    chunks = _together(write(book))
    # The first chunk is made before the answer begins, so that a filter in error is refused and not cut off.
    first = next(chunks, b"")
    next(book.rows(None), None)
    headers = {"Content-Disposition": f'attachment; filename="transactions.{ending}"'}
    return StreamingResponse(chain([first], chunks), media_type=media_type, headers=headers)


def _together(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes in larger pieces."""
    kept = bytearray()
    for chunk in chunks:
        kept += chunk
        if len(kept) >= _PIECE:
            yield bytes(kept)
            kept.clear()
    yield bytes(kept)


def _accounts(facade: Transactions, owner: str) -> Iterator[Account]:
    cursor = None
    while True:
        page = facade.accounts(owner=owner, limit=500, cursor=cursor)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def _rows(facade: Transactions, owner: str, where: TransactionFilter, account_id: str | None) -> Iterator[Transaction]:
    if account_id is not None and where.account_id not in (None, account_id):
        return
    wanted = where if account_id is None else replace(where, account_id=account_id)
    cursor = None
    while True:
        page = facade.transactions(owner=owner, where=wanted, limit=_AT_ONCE, cursor=cursor)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return
