"""Decides row by row what money did: flow, need, category and the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.movement import evidence, parties
from finapp.transactions.domain.movement.coverage import prints_payments, shows_purchases
from finapp.transactions.domain.movement.pairing import pairs_among
from finapp.transactions.domain.movement.values import (
    Decision,
    Flow,
    Household,
    LightRow,
    Movement,
    OwnAccount,
    Pair,
    Spent,
)

_TIMES_MOST: Final = 3
"""Several purchases may come back at once; more than that many of the largest one do not."""
_FLOW_OF_KIND: Final[Mapping[str, Flow]] = {
    "income": "income",
    "expense": "expense",
    "transfer": "transfer",
    "investment": "investment",
    "debt": "debt",
}


def decide(rows: Sequence[LightRow], household: Household) -> Movement:
    """What each row is: income, spending, transfer, investment, debt service or refund, with the reason.

    Give the new rows together with the stored ones that `lookups_for` names. One decision per row, in the given order.
    A person's decision is kept; movement reads flow and need off it.
    """
    pairs = pairs_among(rows, household)
    sides: dict[str, tuple[Pair, str]] = {}
    by_id = {row.id: row for row in rows}
    for pair in pairs:
        sides[pair.out_id] = pair, pair.in_id
        sides[pair.in_id] = pair, pair.out_id
    view = _View(household, {account.id: account for account in household.accounts})
    decisions: dict[str, Decision] = {}
    for row in sorted(rows, key=_turn):
        if row.id in sides:
            pair, other_id = sides[row.id]
            decisions[row.id] = _paired(row, by_id[other_id], pair, view)
        else:
            decisions[row.id] = _alone(row, view)
        if row.amount > 0:
            view.note_payment(row, decisions[row.id])
        else:
            view.note_purchase(row, decisions[row.id])
    return Movement(decisions=tuple(decisions[row.id] for row in rows), pairs=pairs)


def _turn(row: LightRow) -> int:
    """Purchases first, of which something may come back; bills last: whether one is a card's own depends on the
    payments that the card's statements print."""
    if row.amount > 0:
        return 1
    return 2 if row.category in ("card_payment", taxonomy.CARD_SPENDING_UNSEEN) else 0


class _View:
    """What deciding one row may look at."""

    __slots__ = ("accounts", "household", "payments", "spent_at")

    def __init__(self, household: Household, accounts: Mapping[str, OwnAccount]) -> None:
        self.household = household
        self.spent_at = dict(household.spent_at)
        self.accounts = accounts
        self.payments: dict[str, set[date]] = {account.id: set(account.payments) for account in household.accounts}

    def note_payment(self, row: LightRow, decision: Decision) -> None:
        """Remembers that a card's own statement prints a payment of its bill; `row` is money that came in."""
        if decision.category == "card_payment" and self.kind(row) == "credit_card":
            self.payments.setdefault(row.account_id, set()).add(row.date)

    def note_purchase(self, row: LightRow, decision: Decision) -> None:
        """Remembers what was spent at a merchant as stored rows tell it: by the flow of the row, bills apart."""
        flow = row.flow_said or decision.flow
        if flow != "expense" or not row.merchant_key or decision.category == taxonomy.CARD_SPENDING_UNSEEN:
            return
        known = self.spent_at.get(row.merchant_key)
        if known is None:
            self.spent_at[row.merchant_key] = Spent(row.date, -row.amount)
        elif row.date < known.first or -row.amount > known.most:
            self.spent_at[row.merchant_key] = Spent(min(known.first, row.date), max(known.most, -row.amount))

    def shows(self, card: OwnAccount, paid_on: date) -> bool:
        """Whether a bill of this day may be the card's: its purchases are there, and no payment of it is missing."""
        if not shows_purchases(card, paid_on):
            return False
        return not prints_payments(card.covered, self.payments.get(card.id, ()), paid_on)

    def kind(self, row: LightRow) -> str:
        account = self.accounts.get(row.account_id)
        return account.kind if account else row.account_kind


def _as(row: LightRow, flow: Flow, category: str | None, reason: str) -> Decision:
    code = category or taxonomy.UNCATEGORIZED
    need: taxonomy.Need | None = None
    if flow in ("expense", "refund"):
        stated = row.category_need if code == row.category else None
        need = "essential" if (stated or taxonomy.need_of(code)) == "essential" else "discretionary"
    return Decision(id=row.id, flow=flow, need=need, category=code, reason=reason)


def _asked(decision: Decision, suggestion: str) -> Decision:
    return replace(decision, ask=True, suggestion=suggestion)


def _paired(row: LightRow, other: LightRow, pair: Pair, view: _View) -> Decision:
    """One side of a movement between own accounts. Only the side of the everyday account carries the flow."""
    here = view.kind(row)
    flow: Flow = "transfer"
    category = "transfer"
    if pair.kind == "instalments":
        # Counted as the instalments are paid: the purchase keeps its category, and is not spending once more.
        kept = row.category if row.amount < 0 else "transfer"
        return replace(_as(row, "transfer", kept, "instalments"), pair_id=other.id)
    if pair.kind == "card_payment":
        category = "card_payment"
    elif pair.kind == "investment":
        category = "investment"
        flow = "transfer" if here == "investment" else "investment"
    elif pair.kind == "loan":
        category = "loan"
        # A disbursement raises the balance and the debt alike: neither income nor debt service.
        flow = "debt" if here != "loan" and row.amount < 0 else "transfer"
    if row.decided and row.category:
        category = row.category
    return replace(_as(row, flow, category, "paired"), pair_id=other.id)


def _alone(row: LightRow, view: _View) -> Decision:
    if row.decided and row.category:
        return _by_category(row, row.category, "user")
    here = view.kind(row)
    if here == "loan":
        return _as(row, "transfer", "loan", "inside_loan_account")
    if here == "investment":
        return _inside_investment_account(row)
    if here == "credit_card" and row.amount > 0:
        return _card_credit(row, view)
    if row.category in ("card_payment", taxonomy.CARD_SPENDING_UNSEEN):
        return _card_bill(row, view) if row.amount < 0 else _as(row, "transfer", "card_payment", "category")
    kind = evidence.kind_of(row)
    if evidence.says_claim(row) and kind in (None, "income"):
        return _asked(_as(row, "refund", taxonomy.UNCATEGORIZED, "reimbursement"), taxonomy.UNCATEGORIZED)
    if len(view.accounts) > 1 and evidence.says_salary_account(row):
        return _as(row, "transfer", "transfer", "self")
    unsure = row.confidence < parties.SURE and evidence.goes_by_transfer(row)
    if unsure and kind in ("income", "expense"):
        own = _own_side(row, view)
        if own:
            return _as(row, "transfer", "transfer", own)
    if kind in (None, "transfer") and row.category != "cash":
        return _transfer_or_unknown(row, view)
    if row.amount > 0:
        return _money_in(row, view)
    return _by_category(row, row.category, "category")


def _by_category(row: LightRow, category: str | None, reason: str) -> Decision:
    kind = evidence.kind_of(row)
    flow = _FLOW_OF_KIND.get(kind or "", "income" if row.amount > 0 else "expense")
    if flow == "expense" and row.amount > 0:
        flow = "refund"
    if flow == "debt" and row.amount > 0:
        return _as(row, "transfer", category, "loan_disbursed")
    return _as(row, flow, category, reason)


def _inside_investment_account(row: LightRow) -> Decision:
    if row.amount > 0 and row.category == "income_interest":
        return _as(row, "income", row.category, "category")
    if row.amount < 0 and row.category in ("bank_fees", "taxes_gov"):
        return _as(row, "expense", row.category, "category")
    return _as(row, "transfer", "investment", "inside_investment_account")


def _card_credit(row: LightRow, view: _View) -> Decision:
    """Money that reached a card: its bill being paid, a refund, or cashback."""
    if row.category == "card_payment" or evidence.says_self(row):
        return _as(row, "transfer", "card_payment", "card_payment_received")
    kind = evidence.kind_of(row)
    if evidence.says_refund(row):
        return _as(row, "refund", row.category, "refund_words")
    if kind == "expense":
        return _as(row, "refund", row.category, "refund_of_merchant" if _spent_before(row, view) else "credit_on_card")
    if kind == "income":
        return _as(row, "income", row.category, "category")
    if _spent_before(row, view):
        return _as(row, "refund", row.category, "refund_of_merchant")
    return _asked(_as(row, "transfer", "card_payment", "card_payment_received"), "card_payment")


def _spent_before(row: LightRow, view: _View) -> bool:
    """Whether so much was paid there before: who pays more than was ever spent there pays for something else."""
    spent = view.spent_at.get(row.merchant_key) if row.merchant_key else None
    return spent is not None and spent.first <= row.date and row.amount <= spent.most * _TIMES_MOST


def _own_side(row: LightRow, view: _View) -> str | None:
    """Why the text says that the other side is the household itself, None when it does not."""
    if evidence.says_self(row):
        return "self"
    return "holder_name" if evidence.names_holder(row, view.household.holders) else None


def _transfer_or_unknown(row: LightRow, view: _View) -> Decision:
    """A transfer whose other side is not in the ledger, or a row nobody has placed."""
    own = _own_side(row, view)
    if own:
        return _as(row, "transfer", "transfer", own)
    moving = evidence.goes_by_transfer(row) or row.category == "transfer"
    if moving and evidence.named_account(row, view.household.accounts):
        return _as(row, "transfer", "transfer", "own_account")
    if row.amount > 0 and evidence.says_refund(row):
        return _as(row, "refund", taxonomy.UNCATEGORIZED, "refund_words")
    unknown = _as(row, "income" if row.amount > 0 else "expense", taxonomy.UNCATEGORIZED, "uncategorized")
    if row.category == "transfer":
        return _asked(replace(unknown, reason="transfer_unknown"), "transfer")
    return unknown


def _money_in(row: LightRow, view: _View) -> Decision:
    kind = evidence.kind_of(row)
    if kind != "expense":
        return _by_category(row, row.category, "category")
    if evidence.says_refund(row):
        return _as(row, "refund", row.category, "refund_words")
    if _spent_before(row, view):
        return _as(row, "refund", row.category, "refund_of_merchant")
    return _asked(_as(row, "income", "income_other", "money_in_from_merchant"), row.category or "income_other")


def _card_bill(row: LightRow, view: _View) -> Decision:
    """A card bill without its other side: a transfer when that card's statements are in the ledger, else spending."""
    numbered, cards = _cards_of_bill(row, view)
    if view.kind(row) == "credit_card" and not cards:
        # A payment that a card takes back is no spending: what was bought with it is on the card.
        return _as(row, "transfer", "card_payment", "card_in_ledger")
    seen = [shows_purchases(card, row.date) if numbered else view.shows(card, row.date) for card in cards]
    if cards and all(seen):
        return _as(row, "transfer", "card_payment", "card_in_ledger")
    return _as(row, "expense", taxonomy.CARD_SPENDING_UNSEEN, "card_unseen")


def _cards_of_bill(row: LightRow, view: _View) -> tuple[bool, list[OwnAccount]]:
    """The other cards a bill may be for: those with its number (True), else those of its bank, else those it can be."""
    cards = [card for card in view.household.accounts if card.kind == "credit_card" and card.id != row.account_id]
    numbers = evidence.numbers_in(row)
    by_number = [card for card in cards if card.last4 and card.last4 in numbers]
    if by_number:
        return True, by_number
    stated = evidence.described(row).last4
    open_cards = [card for card in cards if not (stated and card.last4)]
    by_bank = [card for card in open_cards if evidence.names_institution(row, card)]
    # A bill that names a bank is not for the card of another one; a card whose bank nobody knows may be meant.
    return False, by_bank or [card for card in open_cards if not (card.institution and evidence.names_issuer(row))]
