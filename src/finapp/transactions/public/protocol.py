"""The promise of transactions."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol

from finapp.kernel.months import Month
from finapp.kernel.once import Once
from finapp.kernel.portable import PortableHousehold
from finapp.transactions.public.accounts import Account, AccountBalance, AccountChanges, AccountPage, NewAccount
from finapp.transactions.public.attachments import Attachment, AttachmentPart, Attachments, NewAttachment
from finapp.transactions.public.categorization import (
    CategorizationModel,
    CategoryDecision,
    SimilarRows,
    UncertainPage,
)
from finapp.transactions.public.changes import (
    BinPage,
    BulkChanges,
    Change,
    ChangePage,
    ChangeResult,
    History,
    NewPart,
    Selection,
    Splits,
)
from finapp.transactions.public.exchange import AccountTotals, DatedRate, ExchangeRate, ExchangeRatePage
from finapp.transactions.public.imports import Format, Import, ImportAnswers, ImportPage, NewImport, ReviewPage
from finapp.transactions.public.ledger import (
    Category,
    CategoryChanges,
    CategoryPage,
    MerchantPage,
    NewCategory,
    NewTransaction,
    Outline,
    Suggestion,
    Transaction,
    TransactionChanges,
    TransactionFilter,
    TransactionPage,
    UnlabelledRow,
)
from finapp.transactions.public.readings import (
    Coverage,
    DailyTotal,
    MerchantTotal,
    MonthlyTotal,
    Movements,
    RepeatedDebit,
)
from finapp.transactions.public.reconciling import (
    AccountStatements,
    AssertedBalance,
    AssertedBalances,
    ImportProfile,
)
from finapp.transactions.public.searches import (
    AlertHitPage,
    NewSavedSearch,
    SavedSearch,
    SavedSearchChanges,
    SavedSearchPage,
)
from finapp.transactions.public.transfers import (
    NewRule,
    Rule,
    RuleChanges,
    RulePage,
    RuleSuggestions,
    Transfer,
    TransferKind,
    TransferPage,
)


class Transactions(PortableHousehold, Protocol):
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
        """Moves a row to the bin. Raises TransactionNotFound, AlreadySplit for a part, PreconditionFailed."""

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

    def transfers(
        self,
        *,
        owner: str,
        limit: int,
        cursor: str | None,
        kinds: tuple[TransferKind, ...] = (),
        transaction_id: str | None = None,
    ) -> TransferPage:
        """Pairs, newest first, each with kind, confidence and evidence; of some kinds, or of one row.

        Raises TransactionNotFound for an unknown row."""

    def confirm_transfer(
        self,
        *,
        owner: str,
        person: str,
        transaction_ids: tuple[str, str],
        kind: TransferKind = "transfer",
        once: Once | None = None,
    ) -> Transfer:
        """Says that two rows are one movement, or that one paid back the other, which `refund`, `reversal` and
        `reimbursement` say. Raises TransactionNotFound, NotATransfer."""

    def reject_transfer(self, *, owner: str, person: str, transfer_id: str) -> None:
        """Says that a pair does not belong together: it is never suggested again. Raises TransferNotFound."""

    def attachments(self, *, owner: str, transaction_id: str) -> Attachments:
        """The files of a row. Raises TransactionNotFound."""

    def attach(
        self, *, owner: str, person: str, transaction_id: str, new: NewAttachment, once: Once | None = None
    ) -> Attachment:
        """Attaches a file from the spool. Raises TransactionNotFound, UnsupportedAttachment, TooLarge,
        TooManyAttachments, Invalid for an empty one."""

    def attachment(self, *, owner: str, attachment_id: str) -> Attachment:
        """A file without its content. Raises AttachmentNotFound."""

    def attachment_part(self, *, owner: str, attachment_id: str, number: int) -> AttachmentPart:
        """The content of a file, part by part from 0. Raises AttachmentNotFound."""

    def detach(self, *, owner: str, person: str, attachment_id: str) -> None:
        """Takes a file off its row; undoing the change brings it back. Raises AttachmentNotFound."""

    def saved_searches(self, *, owner: str) -> SavedSearchPage:
        """Every saved search, oldest first, with how often its alert was raised."""

    def saved_search(self, *, owner: str, search_id: str) -> SavedSearch:
        """A saved search. Raises SavedSearchNotFound."""

    def save_search(self, *, owner: str, person: str, new: NewSavedSearch, once: Once | None = None) -> SavedSearch:
        """Keeps a search. Its alert looks at rows from now on. Raises InvalidQuery, Invalid."""

    def change_search(
        self, *, owner: str, person: str, search_id: str, changes: SavedSearchChanges, expected: int | None = None
    ) -> SavedSearch:
        """Changes a saved search. Raises SavedSearchNotFound, InvalidQuery, Invalid, PreconditionFailed."""

    def delete_search(self, *, owner: str, person: str, search_id: str) -> None:
        """Forgets a saved search with its hits. Raises SavedSearchNotFound."""

    def alert_hits(self, *, owner: str, search_id: str | None, limit: int, cursor: str | None) -> AlertHitPage:
        """How often alerts were raised, newest first; of one search, or of all. Raises SavedSearchNotFound."""

    def exchange_rates(self, *, owner: str, limit: int, cursor: str | None) -> ExchangeRatePage:
        """The household's own rates, newest first."""

    def say_exchange_rate(self, *, owner: str, person: str, said: ExchangeRate) -> ExchangeRate:
        """Sets an own rate of a day, in place of an earlier one of that day. Raises Invalid."""

    def forget_exchange_rate(self, *, owner: str, person: str, base: str, quote: str, on: date) -> None:
        """Deletes an own rate. Raises ExchangeRateNotFound."""

    def exchange_rate(self, *, owner: str, base: str, quote: str, on: date) -> DatedRate:
        """The rate that holds on a day, own before reference, and where it comes from."""

    def account_totals(self, *, owner: str, on: date) -> AccountTotals:
        """What every account held at the end of a day, by currency and in the household's at that day's rates."""

    def categories(self, *, owner: str) -> CategoryPage:
        """The whole tree, parents first."""

    def create_category(self, *, owner: str, person: str, new: NewCategory, once: Once | None = None) -> Category:
        """A category of the household's own. Raises CategoryNotFound for the parent."""

    def change_category(
        self, *, owner: str, person: str, category_id: str, changes: CategoryChanges, expected: int | None = None
    ) -> Category:
        """Changes a category; a changed need is applied to its rows. Raises CategoryNotFound, BuiltInCategory."""

    def delete_category(self, *, owner: str, person: str, category_id: str) -> None:
        """Deletes an unused category of the household's own. Raises CategoryNotFound, CategoryInUse."""

    def merchants(self, *, owner: str, limit: int, cursor: str | None) -> MerchantPage:
        """Merchants by what was spent there, the largest first."""

    def rename_merchant(
        self, *, owner: str, person: str, merchant_id: str, name: str | None, into_id: str | None
    ) -> ChangeResult:
        """Gives a merchant another name, or counts it as another merchant: all its rows, and those to come.

        One change, which can be taken back. Raises MerchantNotFound, Invalid."""

    def rules(self, *, owner: str, group: str | None = None) -> RulePage:
        """Every rule, or those of a group, in the order they run."""

    def rule_suggestions(self, *, owner: str) -> RuleSuggestions:
        """Rules that the household's corrections speak for, and that it does not have."""

    def apply_rules(self, *, owner: str, person: str, group: str | None, dry_run: bool) -> ChangeResult:
        """Runs every active rule, or those of a group, in order over all rows, as one change.

        A dry run answers field by field what would differ."""

    def rule(self, *, owner: str, rule_id: str) -> Rule:
        """A rule. Raises RuleNotFound."""

    def create_rule(self, *, owner: str, person: str, new: NewRule, once: Once | None = None) -> Rule:
        """Adds a rule. Raises InvalidQuery, CategoryNotFound, Invalid."""

    def change_rule(
        self, *, owner: str, person: str, rule_id: str, changes: RuleChanges, expected: int | None = None
    ) -> Rule:
        """Changes a rule, or moves it. Raises RuleNotFound, InvalidQuery, CategoryNotFound, PreconditionFailed."""

    def delete_rule(self, *, owner: str, person: str, rule_id: str) -> None:
        """Deletes a rule; what it did to rows stays. Raises RuleNotFound."""

    def apply_rule(self, *, owner: str, person: str, rule_id: str, dry_run: bool) -> ChangeResult:
        """Applies one rule to every row it finds, as one change. A dry run answers field by field what would differ.

        Raises RuleNotFound, InvalidQuery when an account or category it names is gone."""

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

    def undo_import(self, *, owner: str, person: str, import_id: str) -> None:
        """Takes an import back, to the row; one that is queued or runs is cancelled and stays listed as such.

        Raises ImportNotFound."""

    def doubtful_rows(self, *, owner: str, limit: int, cursor: str | None) -> ReviewPage:
        """Rows of statements that may be rows the ledger has; they are not counted until a person decides."""

    def decide_doubtful(
        self, *, owner: str, person: str, transaction_id: str, decision: Literal["new", "duplicate"]
    ) -> Change:
        """Enters a doubtful row, or knows it as another printing of a row that is there. Raises TransactionNotFound."""

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

    def withdraw_balance(self, *, owner: str, account_id: str, balance_id: str) -> None:
        """Forgets an asserted balance. Raises AssertedBalanceNotFound."""

    def import_profile(self, *, owner: str, account_id: str) -> ImportProfile:
        """How files of an account are read. Raises AccountNotFound, ImportProfileNotFound."""

    def keep_import_profile(self, *, owner: str, account_id: str, mapping: Mapping[str, str]) -> ImportProfile:
        """Says how files of an account are read from now on. Raises AccountNotFound, Invalid."""

    def forget_import_profile(self, *, owner: str, account_id: str) -> None:
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

    def merchant_totals(self, *, owner: str, first: Month, last: Month, limit: int) -> tuple[MerchantTotal, ...]:
        """Spending by merchant over whole months, the largest first."""

    def spent_by_merchant(
        self, *, owner: str, first: date, last: date, account_id: str | None = None, limit: int
    ) -> tuple[MerchantTotal, ...]:
        """Spending by merchant between two days, both included, the largest first: from kept sums where months are
        whole, so that a long period costs no more than its months."""

    def coverage(self, *, owner: str, account_id: str | None = None) -> Coverage:
        """From when to when there are rows."""

    def recount(self) -> Mapping[str, int]:
        """Each kind of kept sums of every household, and the index of texts -> how many differ from the rows."""

    def repair(self) -> None:
        """Makes every kept sum and the index of texts again from the rows."""

    def movements(self, *, owner: str, first: date | None, last: date | None, limit: int = 200_000) -> Movements:
        """Light rows of a period, oldest first, for pattern finding."""
