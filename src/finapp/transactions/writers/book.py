"""What every writer is given."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from finapp.transactions.domain.belonging import distinct_names
from finapp.transactions.public import Account, Category, Transaction


@dataclass(frozen=True, kw_only=True)
class Book:
    """Accounts and categories by id, and the rows, oldest first."""

    accounts: Mapping[str, Account]
    categories: Mapping[str, Category]
    rows: Callable[[str | None], Iterator[Transaction]]
    """The rows of an account, or of all of them; each call starts anew."""
    as_of: date
    whole: bool
    """Whether these are all rows of the accounts, so that opening balances make sense."""

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What the accounts are called, by id: two of one currency never alike."""
        return distinct_names((one.id, one.name, one.currency) for one in self.accounts.values())


COLUMNS = (
    "id", "date", "account", "amount", "currency", "description", "category", "category_name", "merchant", "flow",
    "need", "tags", "note", "status", "transfer_id", "split_of", "original_amount", "original_currency", "rate",
)  # fmt: skip


def cells(book: Book, row: Transaction) -> tuple[str | date | Decimal | None, ...]:
    """The values of a row under `COLUMNS`."""
    category = book.categories.get(row.category_id)
    return (
        row.id,
        row.date,
        book.names[row.account_id],
        row.amount,
        row.currency,
        row.description,
        row.category,
        category.name if category is not None else None,
        row.merchant,
        row.flow,
        row.need,
        ", ".join(row.tags) or None,
        row.note,
        row.status,
        row.transfer_id,
        row.split_of,
        row.original_amount,
        row.original_currency,
        row.rate,
    )
