"""The promise of transactions."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Protocol

from finapp.kernel.months import Month
from finapp.kernel.once import Once
from finapp.kernel.portable import PortableHousehold
from finapp.transactions.public.accounts import Account, AccountBalance, AccountChanges, AccountPage, NewAccount
from finapp.transactions.public.categorization import (
    CategorizationModel,
    CategoryDecision,
    SimilarRows,
    Suggestion,
    UncertainPage,
    UnlabelledRow,
)
from finapp.transactions.public.changes import (
    BinPage,
    BulkChanges,
    Change,
    ChangePage,
    ChangeResult,
    Decision,
    History,
    ImportUndone,
    NewPart,
    Selection,
    Splits,
)
from finapp.transactions.public.imports import Format, Import, ImportAnswers, ImportPage, NewImport, ReviewPage
from finapp.transactions.public.keeping import Keeping
from finapp.transactions.public.ledger import (
    MerchantPage,
    NewTransaction,
    Outline,
    Transaction,
    TransactionChanges,
    TransactionFilter,
    TransactionPage,
)
from finapp.transactions.public.readings import (
    Coverage,
    DailyTotal,
    MerchantTotal,
    MonthlyTotal,
    Movements,
    RepeatedDebit,
    Some,
)
from finapp.transactions.public.reconciling import (
    AccountStatements,
    AssertedBalance,
    AssertedBalances,
    ImportProfile,
)


class Transactions(PortableHousehold, Keeping, Protocol):
    """The ledger of a household: accounts, rows, categories, imports, and sums of them."""

    def version(self, *, owner: str) -> str:
        """Names the state of the household's ledger."""

    def accounts(self, *, owner: str, limit: int = 500, cursor: str | None = None) -> AccountPage:
        """Accounts, oldest first."""

    def account(self, *, owner: str, account_id: str) -> Account:
        """An account. Raises AccountNotFound."""

    def create_account(self, *, owner: str, person: str, new: NewAccount, once: Once | None = None) -> Account:
        """Opens an account in the ledger. Raises Invalid."""

    def change_account(
        self, *, owner: str, person: str, account_id: str, changes: AccountChanges, expected: int | None = None
    ) -> Account:
        """Changes an account. Raises AccountNotFound, PreconditionFailed."""

    def delete_account(self, *, owner: str, person: str, account_id: str, expected: int | None = None) -> None:
        """Deletes an account with its rows; pairs with other accounts are dissolved. Raises AccountNotFound."""

    def transactions(self, *, owner: str, where: TransactionFilter, limit: int, cursor: str | None) -> TransactionPage:
        """Rows that a filter finds, newest first unless it says otherwise. Raises Invalid for a foreign cursor."""

    def transactions_as_json(self, *, owner: str, where: TransactionFilter, limit: int, cursor: str | None) -> str:
        """The JSON of `transactions`, to the byte, written without building its rows. Raises as `transactions`."""

    def outline(self, *, owner: str, where: TransactionFilter) -> Outline:
        """How many rows of a filter each month has, newest month first."""

    def transaction(self, *, owner: str, transaction_id: str) -> Transaction:
        """A row. Raises TransactionNotFound."""

    def create_transaction(
        self, *, owner: str, person: str, new: NewTransaction, once: Once | None = None
    ) -> Transaction:
        """Enters a row. Raises AccountNotFound, CategoryNotFound, Invalid."""

    def change_transaction(
        self, *, owner: str, person: str, transaction_id: str, changes: TransactionChanges, expected: int | None = None
    ) -> Transaction:
        """Changes a row; what a person sets is never changed by the product again. Raises TransactionNotFound,
        CategoryNotFound, PreconditionFailed, Invalid."""

    def delete_transaction(self, *, owner: str, person: str, transaction_id: str, expected: int | None = None) -> None:
        """Bins a row with its parts. Raises TransactionNotFound, AlreadySplit for a part, PreconditionFailed."""

    def change_transactions(
        self, *, owner: str, person: str, selection: Selection, changes: BulkChanges, dry_run: bool
    ) -> ChangeResult:
        """Changes every selected row as one change. A dry run answers what would differ and changes nothing.

        Raises Invalid, CategoryNotFound, TransactionNotFound for an unknown id, AlreadySplit."""

    def bin(self, *, owner: str, limit: int, cursor: str | None) -> BinPage:
        """Deleted rows that can be restored."""

    def restore_transaction(self, *, owner: str, person: str, transaction_id: str) -> Transaction:
        """Takes a row out of the bin. Raises TransactionNotFound."""

    def changes(self, *, owner: str, limit: int, cursor: str | None) -> ChangePage:
        """Changes by persons, newest first."""

    def history(self, *, owner: str, transaction_id: str) -> History:
        """Every change of a row, newest first, down to the import that brought it. Raises TransactionNotFound."""

    def undo_change(self, *, owner: str, person: str, change_id: str) -> Change:
        """Takes a change back, as a change of its own that can be taken back too.

        Raises ChangeNotFound, AlreadyUndone, ChangeSuperseded when rows of it have been changed again since."""

    def splits(self, *, owner: str, transaction_id: str) -> Splits:
        """The parts of a row, asked by the whole or by a part; none when not split. Raises TransactionNotFound."""

    def split(
        self, *, owner: str, person: str, transaction_id: str, parts: tuple[NewPart, ...], expected: int | None = None
    ) -> Splits:
        """Splits a row, or splits it anew. The parts sum to it exactly; sums, flows and lists follow the parts.

        Raises TransactionNotFound, CategoryNotFound, Invalid, AlreadySplit for a part, PreconditionFailed."""

    def merge(self, *, owner: str, person: str, transaction_id: str, expected: int | None = None) -> Splits:
        """Puts the whole back in place of its parts. Raises TransactionNotFound for a row that is not split."""

    def merchants(self, *, owner: str, limit: int, cursor: str | None) -> MerchantPage:
        """Merchants by what was spent there, the largest first."""

    def rename_merchant(
        self, *, owner: str, person: str, merchant_id: str, name: str | None, into_id: str | None
    ) -> ChangeResult:
        """Gives a merchant another name, or counts it as another merchant: all its rows, and those to come.

        One change, which can be taken back. Raises MerchantNotFound, Invalid."""

    def apply_to_similar(self, *, owner: str, person: str, transaction_id: str, dry_run: bool) -> ChangeResult:
        """Gives the category of a row to the rows of its merchant and direction that nobody has decided, as one change.

        A dry run answers which rows would change. Raises TransactionNotFound, AlreadySplit."""

    def similar_rows(self, *, owner: str, transaction_id: str) -> SimilarRows:
        """Rows of the same merchant and direction that nobody has decided. Raises TransactionNotFound, AlreadySplit."""

    def uncertain_rows(self, *, owner: str, limit: int, cursor: str | None) -> UncertainPage:
        """Rows whose category nobody decided and the categorizer is not sure of, uncategorized ones among them: the
        largest amounts first."""

    def decide_categories(self, *, owner: str, person: str, decisions: tuple[CategoryDecision, ...]) -> ChangeResult:
        """A person's word on many rows, as one change that can be taken back; each is learned from.

        Raises TransactionNotFound, AlreadySplit, CategoryNotFound, Invalid for accepting an uncategorized row."""

    def split_merchant(self, *, owner: str, person: str, merchant_id: str) -> ChangeResult:
        """Takes a merchant out of the one it was counted as, with its rows. Raises MerchantNotFound, Invalid."""

    def categorization_model(self, *, owner: str) -> CategorizationModel:
        """What decides categories, and what this household has taught it."""

    def start_import(self, *, owner: str, person: str, new: NewImport, once: Once | None = None) -> Import:
        """Queues a file from the spool. Raises AccountNotFound, Invalid."""

    def imports(self, *, owner: str, limit: int, cursor: str | None) -> ImportPage:
        """Imports, newest first, without their rows."""

    def import_(self, *, owner: str, import_id: str) -> Import:
        """An import with what became of its rows. Raises ImportNotFound."""

    def import_progress(self, *, owner: str, import_id: str) -> Import:
        """An import without its rows: how far it is. Raises ImportNotFound."""

    def answer_import(
        self, *, owner: str, person: str, import_id: str, answers: ImportAnswers, expected: int | None = None
    ) -> Import:
        """Answers the questions of an import and lets it go on. Raises ImportNotFound, ImportNotWaiting, Invalid,
        AccountNotFound, PreconditionFailed."""

    def undo_import(self, *, owner: str, person: str, import_id: str) -> ImportUndone:
        """Takes an import back, to the row; one that is queued or runs is cancelled and stays listed as such.

        Raises ImportNotFound."""

    def doubtful_rows(self, *, owner: str, limit: int, cursor: str | None) -> ReviewPage:
        """What statements leave open: rows that may be there already, pending rows that a later one lacks."""

    def decide_doubtful(self, *, owner: str, person: str, transaction_id: str, decision: Decision) -> Change:
        """Answers such a question. Raises TransactionNotFound, Invalid."""

    def formats(self) -> tuple[Format, ...]:
        """Statement formats that can be read."""

    def account_statements(self, *, owner: str, account_id: str) -> AccountStatements:
        """The statements of an account, with gaps and missing months. Raises AccountNotFound."""

    def asserted_balances(self, *, owner: str, account_id: str) -> AssertedBalances:
        """Balances asserted by hand beside the ledger's, newest first. Raises AccountNotFound."""

    def assert_balance(
        self, *, owner: str, person: str, account_id: str, on: date, balance: Decimal, once: Once | None = None
    ) -> AssertedBalance:
        """Says what an account held at the end of a day; said again, the new balance stands.

        Raises AccountNotFound, Invalid for a balance that the currency cannot hold."""

    def withdraw_balance(self, *, owner: str, person: str, account_id: str, balance_id: str) -> None:
        """Forgets an asserted balance. Raises AssertedBalanceNotFound."""

    def import_profile(self, *, owner: str, account_id: str) -> ImportProfile:
        """How files of an account are read. Raises AccountNotFound, ImportProfileNotFound."""

    def keep_import_profile(
        self, *, owner: str, person: str, account_id: str, mapping: Mapping[str, str]
    ) -> ImportProfile:
        """Says how files of an account are read from now on. Raises AccountNotFound, Invalid."""

    def forget_import_profile(self, *, owner: str, person: str, account_id: str) -> None:
        """Leaves it to detection again. Raises AccountNotFound."""

    def suggest(
        self, *, owner: str, country: str | None, currency: str | None, rows: tuple[UnlabelledRow, ...]
    ) -> tuple[Suggestion, ...]:
        """What the categorizer says of rows, without storing them; one suggestion a row, in order."""

    def account_balances(self, *, owner: str, on: date) -> tuple[AccountBalance, ...]:
        """What every account held at the end of a day."""

    def account_balances_by_month(self, *, owner: str, first: Month, last: Month) -> tuple[AccountBalance, ...]:
        """What every account held at the end of each month, by month and then account."""

    def monthly_totals(
        self, *, owner: str, first: Month, last: Month, account_id: str | None = None
    ) -> tuple[MonthlyTotal, ...]:
        """The kept sums of a range of months, both ends included."""

    def daily_totals(
        self, *, owner: str, first: date, last: date, account_id: str | None = None
    ) -> tuple[DailyTotal, ...]:
        """The kept sums of a range of days, both ends included."""

    def period_totals(
        self, *, owner: str, periods: tuple[tuple[date, date], ...], account_id: str | None = None
    ) -> tuple[DailyTotal, ...]:
        """The kept sums of each period, as of its first day; (first, last) days that do not overlap.

        Raises Invalid for more than 4,000 periods."""

    def filtered_totals(self, *, owner: str, where: TransactionFilter) -> tuple[DailyTotal, ...]:
        """What the rows of any filter add up to, by day: for questions that no kept sum answers.

        Raises Invalid, InvalidQuery, CategoryNotFound."""

    def repeated_debits(self, *, owner: str, first: date, last: date) -> tuple[RepeatedDebit, ...]:
        """Pairs of equal debits in a period, the largest first; what happened three times or more is a habit."""

    def spent_by_merchant(
        self, *, owner: str, first: date, last: date, account_id: str | None = None, of: Some = None, limit: int
    ) -> tuple[MerchantTotal, ...]:
        """Spending by merchant between two days, both included, the `limit` largest of each currency: from kept sums
        where months are whole, so that a long period costs no more than its months. `of` some merchants alone."""

    def filtered_merchants(
        self, *, owner: str, where: TransactionFilter, of: Some = None, limit: int
    ) -> tuple[MerchantTotal, ...]:
        """The same of any filter's rows. Raises Invalid, InvalidQuery, CategoryNotFound."""

    def coverage(self, *, owner: str, account_id: str | None = None) -> Coverage:
        """From when to when there are rows."""

    def changed_days(self, *, owner: str, since: str) -> tuple[date, ...] | None:
        """The days that had rows added, changed or taken away after the version `since`, in order: what was read of
        the others at that version is still so. None for what is no version."""

    def recount(self) -> Mapping[str, int]:
        """Each kind of kept sums of every household, and the index of texts -> how many differ from the rows."""

    def repair(self) -> None:
        """Makes every kept sum and the index of texts again from the rows."""

    def movements(self, *, owner: str, first: date | None, last: date | None, limit: int = 200_000) -> Movements:
        """Light rows of a period, oldest first, for pattern finding."""
