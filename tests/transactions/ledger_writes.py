"""Everything that a household may do to its ledger, in any order, for what has to hold whatever is done."""

import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from finapp.kernel.errors import Invalid
from finapp.transactions.public import (
    Account,
    AlreadySplit,
    AlreadyUndone,
    BuiltInCategory,
    BulkChanges,
    Category,
    CategoryChanges,
    CategoryInUse,
    ChangeSuperseded,
    NewCategory,
    NewPart,
    NotATransfer,
    Selection,
    TransactionChanges,
    TransactionFilter,
)
from tests.transactions.ledger import OWNER, PERSON, Ledger

_TEXTS = (
    "SALARY ACME", "UPI-SWIGGY-swiggy@ybl", "IMPS-SELF TRANSFER", "BILLPAY HDFC CREDIT CARD 4321", "ACH D- LIC PREMIUM",
    "REFUND SWIGGY", "PAYMENT RECEIVED", "SIP BSE STAR MF", "SOMETHING UNKNOWN",
)  # fmt: skip
_CATEGORIES = ("groceries", "dining", "transfer", "investment", "loan", "income_other", "card_payment")
_days = st.integers(0, 90).map(lambda offset: date(2026, 1, 1) + timedelta(days=offset))
_amounts = st.sampled_from([100, 100, 250, 12_000]).flatmap(lambda size: st.sampled_from([size, -size]))
_lines = st.tuples(_days, _amounts, st.sampled_from(_TEXTS), st.sampled_from(["Posted", "Posted", "Pending"]))


class LedgerWrites(RuleBasedStateMachine):
    """Writes, changes, deletions, imports, decisions and undos in any order."""

    def __init__(self) -> None:
        super().__init__()
        self._home = tempfile.TemporaryDirectory()
        self.ledger = self.made(Path(self._home.name))
        self.accounts: list[Account] = [
            self.ledger.account(),
            self.ledger.account("Savings", "savings"),
            self.ledger.account("Card", "credit_card"),
        ]
        self.imports: list[str] = []

    def made(self, home: Path) -> Ledger:
        """An empty ledger."""
        return Ledger(home)

    def teardown(self) -> None:
        self.ledger.database.close()
        self._home.cleanup()

    def _rows(self) -> list[str]:
        page = self.ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=500, cursor=None)
        return [row.id for row in page.items]

    @rule(where=st.integers(0, 2), day=_days, amount=_amounts, text=st.sampled_from(_TEXTS))
    def enter(self, where: int, day: date, amount: int, text: str) -> None:
        self.ledger.row(self.accounts[where], day, str(amount), text)

    @rule(
        which=st.integers(0, 50),
        amount=st.none() | _amounts.map(Decimal),
        day=st.none() | _days,
        category=st.none() | st.sampled_from(_CATEGORIES),
    )
    def change(self, which: int, amount: Decimal | None, day: date | None, category: str | None) -> None:
        rows = self._rows()
        if rows:
            changes = TransactionChanges(amount=amount, date=day, category_id=category)
            row = rows[which % len(rows)]
            with suppress(AlreadySplit):
                self.ledger.facade.change_transaction(owner=OWNER, person=PERSON, transaction_id=row, changes=changes)

    @rule(which=st.integers(0, 50), share=st.integers(1, 99), category=st.none() | st.sampled_from(_CATEGORIES))
    def split_or_merge(self, which: int, share: int, category: str | None) -> None:
        rows = self._rows()
        if not rows:
            return
        row = self.ledger.facade.transaction(owner=OWNER, transaction_id=rows[which % len(rows)])
        if row.split_of is not None:
            self.ledger.facade.merge(owner=OWNER, person=PERSON, transaction_id=row.split_of)
        elif row.amount:
            part = row.amount * share / 100
            parts = (NewPart(amount=part, category_id=category), NewPart(amount=row.amount - part))
            rounded = tuple(replace(one, amount=one.amount.quantize(Decimal("0.01"))) for one in parts)
            self.ledger.facade.split(owner=OWNER, person=PERSON, transaction_id=row.id, parts=rounded)

    @rule(which=st.integers(0, 50), category=st.sampled_from(_CATEGORIES), dry_run=st.booleans())
    def change_many(self, which: int, category: str, dry_run: bool) -> None:
        where = TransactionFilter(account_id=self.accounts[which % 3].id)
        changes = BulkChanges(values=TransactionChanges(category_id=category), add_tags=("many",))
        selection = Selection(where=where)
        facade = self.ledger.facade
        facade.change_transactions(owner=OWNER, person=PERSON, selection=selection, changes=changes, dry_run=dry_run)

    @rule(which=st.integers(0, 50))
    def restore(self, which: int) -> None:
        rows = self.ledger.facade.bin(owner=OWNER, limit=100, cursor=None).items
        if rows:
            row = rows[which % len(rows)].transaction.id
            self.ledger.facade.restore_transaction(owner=OWNER, person=PERSON, transaction_id=row)

    @rule(which=st.integers(0, 50), other=st.integers(0, 50))
    def confirm_transfer(self, which: int, other: int) -> None:
        rows = self._rows()
        if rows:
            pair = (rows[which % len(rows)], rows[other % len(rows)])
            with suppress(NotATransfer):
                self.ledger.facade.confirm_transfer(owner=OWNER, person=PERSON, transaction_ids=pair)

    @rule(which=st.integers(0, 50))
    def reject_transfer(self, which: int) -> None:
        pairs = self.ledger.facade.transfers(owner=OWNER, limit=100, cursor=None).items
        if pairs:
            transfer_id = pairs[which % len(pairs)].id
            self.ledger.facade.reject_transfer(owner=OWNER, person=PERSON, transfer_id=transfer_id)

    @rule(which=st.integers(0, 5))
    def take_back(self, which: int) -> None:
        changes = self.ledger.facade.changes(owner=OWNER, limit=100, cursor=None).items
        # The other steps need the accounts.
        changes = tuple(change for change in changes if change.kind != "account")
        if changes:
            change_id = changes[which % len(changes)].id
            with suppress(AlreadyUndone, ChangeSuperseded):
                self.ledger.facade.undo_change(owner=OWNER, person=PERSON, change_id=change_id)

    @rule(which=st.integers(0, 50), whole=st.booleans())
    def delete(self, which: int, whole: bool) -> None:
        rows = self._rows()
        if rows:
            row = rows[which % len(rows)]
            if whole:
                row = self.ledger.facade.transaction(owner=OWNER, transaction_id=row).split_of or row
            with suppress(AlreadySplit):
                self.ledger.facade.delete_transaction(owner=OWNER, person=PERSON, transaction_id=row)

    @rule(where=st.integers(0, 2), lines=st.lists(_lines, min_size=1))
    def take_statement(self, where: int, lines: list[tuple[date, int, str, str]]) -> None:
        """Some of its rows may not be booked yet, and some may be there in other words, or at another amount."""
        printed = (f"{day},{words},{amount}.00,{state}\n" for day, amount, words, state in lines)
        text = "Date,Description,Amount,Status\n" + "".join(printed)
        taken = self.ledger.take(text.encode(), self.accounts[where], mapping={"sign": "as_printed"})
        counts = taken.counts
        assert counts.imported + counts.duplicates + counts.rejected == counts.rows == len(lines)
        self.imports.append(taken.id)

    @rule(which=st.integers(0, 50))
    def undo(self, which: int) -> None:
        if self.imports:
            taken = self.imports.pop(which % len(self.imports))
            self.ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=taken)

    @rule(which=st.integers(0, 50), choice=st.integers(0, 1))
    def decide(self, which: int, choice: int) -> None:
        """What statements leave open."""
        asked = self.ledger.facade.doubtful_rows(owner=OWNER, limit=100, cursor=None).items
        if asked:
            row = asked[which % len(asked)]
            self.ledger.facade.decide_doubtful(
                owner=OWNER, person=PERSON, transaction_id=row.transaction.id, decision=row.choices[choice]
            )

    @rule(which=st.integers(0, 50), into=st.integers(0, 50))
    def merge_merchants(self, which: int, into: int) -> None:
        merchants = self.ledger.facade.merchants(owner=OWNER, limit=50, cursor=None).items
        if len(merchants) > 1:
            one, other = (merchants[number % len(merchants)].id for number in (which, into))
            with suppress(Invalid):
                self.ledger.facade.rename_merchant(
                    owner=OWNER, person=PERSON, merchant_id=one, name=None, into_id=other
                )

    @rule(category=st.sampled_from(_CATEGORIES), need=st.sampled_from(["essential", "discretionary"]))
    def change_need(self, category: str, need: Literal["essential", "discretionary"]) -> None:
        with suppress(Invalid, BuiltInCategory):
            self.ledger.facade.change_category(
                owner=OWNER, person=PERSON, category_id=category, changes=CategoryChanges(need=need)
            )

    @rule(parent=st.sampled_from(_CATEGORIES), below=st.booleans(), need=st.sampled_from([None, "essential"]))
    def make_category(self, parent: str, below: bool, need: Literal["essential"] | None) -> None:
        """One of the household's own, below a leaf or below another one of its own."""
        known = [one.id for one in self._own() if below]
        new = NewCategory(name=f"Own {len(self._own())}", parent_id=known[-1] if known else parent, need=need)
        self.ledger.facade.create_category(owner=OWNER, person=PERSON, new=new)

    @rule(which=st.integers(0, 50), other=st.integers(0, 50), many=st.booleans())
    def move_into_category(self, which: int, other: int, many: bool) -> None:
        """A row, or all of an account, goes to a category of the household's own."""
        rows, own = self._rows(), self._own()
        if not rows or not own:
            return
        values = TransactionChanges(category_id=own[other % len(own)].id)
        facade = self.ledger.facade
        if many:
            selection = Selection(where=TransactionFilter(account_id=self.accounts[which % 3].id))
            changes = BulkChanges(values=values)
            facade.change_transactions(owner=OWNER, person=PERSON, selection=selection, changes=changes, dry_run=False)
        else:
            row = rows[which % len(rows)]
            facade.change_transaction(owner=OWNER, person=PERSON, transaction_id=row, changes=values)

    @rule(which=st.integers(0, 50), into=st.sampled_from(_CATEGORIES))
    def delete_category(self, which: int, into: str) -> None:
        """Its rows go elsewhere, and then it goes itself, unless another stands below it."""
        own = self._own()
        if not own:
            return
        facade, gone = self.ledger.facade, own[which % len(own)].id
        selection = Selection(where=TransactionFilter(category_id=gone))
        changes = BulkChanges(values=TransactionChanges(category_id=into))
        facade.change_transactions(owner=OWNER, person=PERSON, selection=selection, changes=changes, dry_run=False)
        with suppress(CategoryInUse):
            facade.delete_category(owner=OWNER, person=PERSON, category_id=gone)

    def _own(self) -> list[Category]:
        return [one for one in self.ledger.facade.categories(owner=OWNER).items if one.id != one.code]

    @rule(which=st.integers(0, 50), need=st.sampled_from(["essential", "discretionary"]))
    def change_own_need(self, which: int, need: Literal["essential", "discretionary"]) -> None:
        own = self._own()
        if own:
            self.ledger.facade.change_category(
                owner=OWNER, person=PERSON, category_id=own[which % len(own)].id, changes=CategoryChanges(need=need)
            )

    @rule(which=st.integers(0, 50), note=st.sampled_from(["", "a word", "another"]))
    def note(self, which: int, note: str) -> None:
        """What changes no figure is stored by a way of its own."""
        rows = self._rows()
        if rows:
            changes = TransactionChanges(note=note, tags=("noted",))
            row = rows[which % len(rows)]
            self.ledger.facade.change_transaction(owner=OWNER, person=PERSON, transaction_id=row, changes=changes)
