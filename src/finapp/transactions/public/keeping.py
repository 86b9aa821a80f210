"""What transactions promises of files, searches, rates, rules, pairs and categories that stand beside its rows."""

from datetime import date
from typing import Protocol

from finapp.kernel.once import Once
from finapp.transactions.public.attachments import Attachment, AttachmentPart, Attachments, NewAttachment
from finapp.transactions.public.categorization import MerchantOffers
from finapp.transactions.public.changes import ChangeResult
from finapp.transactions.public.exchange import AccountTotals, DatedRate, ExchangeRate, ExchangeRatePage
from finapp.transactions.public.ledger import Category, CategoryChanges, CategoryPage, NewCategory
from finapp.transactions.public.readings import MovementColumns
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


class Keeping(Protocol):
    """A part of the promise of transactions."""

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

    def merchant_offers(self, *, owner: str) -> MerchantOffers:
        """Merchants that look like one under two spellings, with the evidence; at most fifty."""

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

    def say_exchange_rate(
        self, *, owner: str, person: str, said: ExchangeRate, once: Once | None = None
    ) -> ExchangeRate:
        """Sets an own rate of a day, in place of an earlier one of that day. Raises Invalid."""

    def forget_exchange_rate(self, *, owner: str, person: str, base: str, quote: str, on: date) -> None:
        """Deletes an own rate. Raises ExchangeRateNotFound."""

    def exchange_rate(self, *, owner: str, base: str, quote: str, on: date) -> DatedRate:
        """The rate that holds on a day, own before reference, and where it comes from."""

    def exchange_rates_of(self, *, owner: str, base: str, quote: str, days: tuple[date, ...]) -> tuple[DatedRate, ...]:
        """The same for many days, in their order."""

    def account_totals(self, *, owner: str, on: date) -> AccountTotals:
        """What every account held at the end of a day, by currency and in the household's at that day's rates."""

    def movement_columns(
        self, *, owner: str, first: date | None, last: date | None, limit: int = 200_000
    ) -> MovementColumns:
        """Light rows of a period as columns, for whole histories."""

    def rules(self, *, owner: str, group: str | None = None) -> RulePage:
        """Every rule, or those of a group, in the order they run."""

    def rule(self, *, owner: str, rule_id: str) -> Rule:
        """A rule. Raises RuleNotFound."""

    def rule_suggestions(self, *, owner: str) -> RuleSuggestions:
        """Rules that the household's corrections speak for, and that it does not have."""

    def apply_rules(self, *, owner: str, person: str, group: str | None, dry_run: bool) -> ChangeResult:
        """Runs every active rule, or those of a group, in order over all rows, as one change.

        A dry run answers field by field what would differ."""

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
