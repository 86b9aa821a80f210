"""Rules, merchants by the household's names, and similar rows."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from finapp.kernel.errors import Invalid
from finapp.transactions.public import (
    CategoryNotFound,
    InvalidQuery,
    MerchantNotFound,
    NewRule,
    Rule,
    RuleActions,
    RuleChanges,
    RuleNotFound,
    SplitShare,
    Transaction,
    TransactionChanges,
    TransactionFilter,
)
from tests.acceptance.story import statement
from tests.transactions.changing import newest, rows_of, state
from tests.transactions.ledger import OWNER, PERSON, Ledger

WHO: dict[str, Any] = {"owner": OWNER, "person": PERSON}
DAY = date(2026, 5, 3)


def rule(ledger: Ledger, condition: str, position: int | None = None, **actions: Any) -> Rule:
    new = NewRule(name=condition, condition=condition, actions=RuleActions(**actions), position=position)
    return ledger.facade.create_rule(**WHO, new=new)


def found(ledger: Ledger, query: str) -> tuple[Transaction, ...]:
    return rows_of(ledger, TransactionFilter(query=query))


def test_a_rule_is_rehearsed_applied_and_taken_back(ledger: Ledger) -> None:
    ledger.take(statement(), ledger.account())
    before = state(ledger)
    made = rule(ledger, "swiggy amount>1", category_id="groceries", tags=("food",), note="by rule", merchant="Swiggy")
    rehearsed = ledger.facade.apply_rule(**WHO, rule_id=made.id, dry_run=True)
    assert (rehearsed.matched, rehearsed.changed, rehearsed.change_id) == (6, 6, None)
    assert (rehearsed.rows[0].after["tags"], rehearsed.rows[0].after["category_id"]) == ("food", "groceries")
    assert state(ledger) == before
    applied = ledger.facade.apply_rule(**WHO, rule_id=made.id, dry_run=False)
    assert applied.rows == rehearsed.rows
    assert {(row.category, row.note) for row in found(ledger, "tag:food")} == {("groceries", "by rule")}
    assert ledger.facade.apply_rule(**WHO, rule_id=made.id, dry_run=False).changed == 0
    assert not any(ledger.recounted().values())
    ledger.facade.undo_change(**WHO, change_id=str(applied.change_id))
    assert state(ledger) == before


def test_rules_run_on_import_in_their_order_until_one_stops(ledger: Ledger) -> None:
    rule(ledger, "swiggy", tags=("second",), category_id="groceries")
    rule(ledger, "swiggy", position=1, tags=("first",), category_id="pets", stop=True)
    rule(ledger, "flow:income", tags=("paid",))
    taken = ledger.take(statement(), ledger.account())
    assert {(row.category, row.tags) for row in found(ledger, "swiggy")} == {("pets", ("first",))}
    assert len(found(ledger, "tag:paid flow:income")) == 6
    assert not any(ledger.recounted().values())
    ledger.facade.undo_import(**WHO, import_id=taken.id)
    assert rows_of(ledger) == ()
    assert not any(ledger.recounted().values())


def test_what_a_person_decided_is_stronger_than_a_rule(ledger: Ledger) -> None:
    row = ledger.row(ledger.account(), DAY, "-700.00", "SWIGGY", "pets")
    made = rule(ledger, "swiggy", category_id="groceries", tags=("x",))
    ledger.facade.apply_rule(**WHO, rule_id=made.id, dry_run=False)
    changed = ledger.facade.transaction(owner=OWNER, transaction_id=row.id)
    assert (changed.category, changed.tags) == ("pets", ("x",))


def test_a_rule_can_be_moved_changed_and_deleted(ledger: Ledger) -> None:
    first, second, third = (rule(ledger, f"word{number}", tags=("x",)) for number in range(3))
    ledger.facade.change_rule(**WHO, rule_id=third.id, changes=RuleChanges(position=1, active=False))
    ids = [(each.id, each.position) for each in ledger.facade.rules(owner=OWNER).items]
    assert ids == [(third.id, 1), (first.id, 2), (second.id, 3)]
    ledger.facade.delete_rule(**WHO, rule_id=first.id)
    assert [each.position for each in ledger.facade.rules(owner=OWNER).items] == [1, 2]
    with pytest.raises(RuleNotFound):
        ledger.facade.rule(owner=OWNER, rule_id=first.id)
    ledger.row(ledger.account(), DAY, "-1.00", "WORD2")
    assert not ledger.facade.rule(owner=OWNER, rule_id=third.id).active


def test_a_rule_that_makes_no_sense_is_refused(ledger: Ledger) -> None:
    for condition, actions, error in (
        ("(open", {"tags": ("x",)}, InvalidQuery),
        ("account:nowhere", {"tags": ("x",)}, InvalidQuery),
        ("tea", {"category_id": "nonsense"}, CategoryNotFound),
        ("tea", {}, Invalid),
        ("  ", {"tags": ("x",)}, Invalid),
    ):
        with pytest.raises(error):
            rule(ledger, condition, **actions)
    assert ledger.facade.rules(owner=OWNER).items == ()


def test_an_import_goes_on_when_a_rule_names_an_account_that_is_gone(ledger: Ledger) -> None:
    gone = ledger.account("Old bank")
    rule(ledger, 'account:"old bank"', tags=("x",))
    ledger.facade.delete_account(**WHO, account_id=gone.id)
    assert ledger.take(statement(), ledger.account()).counts.imported == 60


def test_a_renamed_merchant_keeps_its_name_in_what_comes_later(ledger: Ledger) -> None:
    account = ledger.account()
    row = ledger.row(account, DAY, "-700.00", "UPI-QWERTY STORES-qwerty@ybl-1")
    ledger.facade.rename_merchant(**WHO, merchant_id=str(row.merchant_id), name="Corner shop", into_id=None)
    assert ledger.facade.transaction(owner=OWNER, transaction_id=row.id).merchant == "Corner shop"
    assert ledger.row(account, DAY, "-5.00", "UPI-QWERTY STORES-qwerty@ybl-2").merchant == "Corner shop"
    assert [one.name for one in ledger.facade.merchants(owner=OWNER, limit=9, cursor=None).items] == ["Corner shop"]


def test_merged_merchants_are_one_in_sums_and_can_be_parted_again(ledger: Ledger) -> None:
    account = ledger.account()
    one = ledger.row(account, DAY, "-700.00", "UPI-QWERTY STORES-qwerty@ybl-1", "groceries")
    other = ledger.row(account, DAY, "-300.00", "ASDFG MART", "groceries")
    before = state(ledger)
    ledger.facade.rename_merchant(**WHO, merchant_id=str(one.merchant_id), name=None, into_id=other.merchant_id)
    (merged,) = ledger.facade.merchants(owner=OWNER, limit=9, cursor=None).items
    assert (merged.id, merged.total, merged.count) == (other.merchant_id, 1000, 2)
    change_id = newest(ledger)
    assert not any(ledger.recounted().values())
    ledger.facade.undo_change(**WHO, change_id=change_id)
    assert state(ledger) == before
    later = ledger.row(account, DAY, "-5.00", "UPI-QWERTY STORES-qwerty@ybl-2")
    assert later.merchant_id == one.merchant_id


def test_a_merchant_that_is_not_there_is_refused(ledger: Ledger) -> None:
    row = ledger.row(ledger.account(), DAY, "-700.00", "ASDFG MART")
    known = str(row.merchant_id)
    for merchant_id, name, into in (("nobody", "x", None), (known, None, "nobody")):
        with pytest.raises(MerchantNotFound):
            ledger.facade.rename_merchant(**WHO, merchant_id=merchant_id, name=name, into_id=into)
    for name, into in ((None, None), ("x", "y"), (None, known)):
        with pytest.raises(Invalid):
            ledger.facade.rename_merchant(**WHO, merchant_id=known, name=name, into_id=into)


def test_similar_past_rows_are_offered_and_changed_as_one_change(ledger: Ledger) -> None:
    account = ledger.account()
    past = [
        ledger.row(account, date(2026, month, 3), "-700.00", f"UPI-QWERTY STORES-q@ybl-{month}") for month in (1, 2)
    ]
    decided = ledger.row(account, date(2026, 3, 3), "-700.00", "UPI-QWERTY STORES-q@ybl-3", "dining")
    row = ledger.row(account, DAY, "-700.00", "UPI-QWERTY STORES-q@ybl-9")
    changes = TransactionChanges(category_id="pets")
    ledger.facade.change_transaction(**WHO, transaction_id=row.id, changes=changes)
    before = state(ledger)
    offered = ledger.facade.apply_to_similar(**WHO, transaction_id=row.id, dry_run=True)
    assert {each.transaction_id for each in offered.rows} == {each.id for each in past}
    assert state(ledger) == before
    made = ledger.facade.apply_to_similar(**WHO, transaction_id=row.id, dry_run=False)
    assert len(found(ledger, "category:pets")) == 3
    assert ledger.facade.transaction(owner=OWNER, transaction_id=decided.id).category == "dining"
    assert not any(ledger.recounted().values())
    ledger.facade.undo_change(**WHO, change_id=str(made.change_id))
    assert state(ledger) == before


def test_the_model_says_what_the_household_taught_it(ledger: Ledger) -> None:
    assert ledger.facade.categorization_model(owner=OWNER).corrections == 0
    row = ledger.row(ledger.account(), DAY, "-700.00", "ASDFG MART")
    changes = TransactionChanges(category_id="pets")
    ledger.facade.change_transaction(**WHO, transaction_id=row.id, changes=changes)
    corrected = newest(ledger)
    rule(ledger, "tea", tags=("x",))
    model = ledger.facade.categorization_model(owner=OWNER)
    assert (model.corrections, model.rules, model.newest_correction) == (1, 1, date(2026, 7, 15))
    ledger.facade.undo_change(**WHO, change_id=corrected)
    assert ledger.facade.categorization_model(owner=OWNER).corrections == 0


def test_a_rule_splits_by_shares_and_what_it_did_can_be_taken_back(ledger: Ledger) -> None:
    row = ledger.row(ledger.account(), DAY, "-100.01", "RENT AND PARKING")
    before = state(ledger)
    shares = (
        SplitShare(share=Decimal("0.75"), category_id="housing"),
        SplitShare(share=Decimal("0.25"), category_id="auto", note="garage"),
    )
    made = rule(ledger, '"rent and parking"', split=shares, tags=("home",))
    done = ledger.facade.apply_rule(**WHO, rule_id=made.id, dry_run=True)
    assert done.changed == 3
    assert state(ledger) == before
    applied = ledger.facade.apply_rule(**WHO, rule_id=made.id, dry_run=False)
    parts = ledger.facade.splits(owner=OWNER, transaction_id=row.id).parts
    assert {(part.amount, part.category, part.note, part.tags) for part in parts} == {
        (Decimal("-75.01"), "housing", None, ("home",)),
        (Decimal("-25.00"), "auto", "garage", ("home",)),
    }
    assert ledger.facade.apply_rule(**WHO, rule_id=made.id, dry_run=False).changed == 0
    ledger.facade.undo_change(**WHO, change_id=str(applied.change_id))
    assert state(ledger) == before
    assert not any(ledger.recounted().values())


def test_a_rule_pairs_a_row_with_the_only_one_it_can_be(ledger: Ledger) -> None:
    account, club = ledger.account(), ledger.account("Club", "cash")
    out = ledger.row(account, DAY, "-777.00", "POS CLUB HOUSE")
    into = ledger.row(club, date(2026, 5, 5), "777.00", "TOKEN")
    made = rule(ledger, '"club house"', link_account_id=club.id)
    applied = ledger.facade.apply_rule(**WHO, rule_id=made.id, dry_run=False)
    (pair,) = ledger.facade.transfers(owner=OWNER, limit=9, cursor=None).items
    assert (pair.out.id, pair.into.id, pair.confirmed) == (out.id, into.id, True)
    ledger.facade.undo_change(**WHO, change_id=str(applied.change_id))
    assert ledger.facade.transfers(owner=OWNER, limit=9, cursor=None).items == ()
    ledger.row(club, DAY, "777.00", "TOKEN")
    assert ledger.facade.apply_rule(**WHO, rule_id=made.id, dry_run=False).changed == 0


def test_rules_mark_hide_and_split_what_an_import_brings_and_its_undo_takes_all_of_it_back(ledger: Ledger) -> None:
    account = ledger.account()
    before = state(ledger)
    halves = (SplitShare(share=Decimal("0.5")), SplitShare(share=Decimal("0.5"), category_id="pets"))
    rule(ledger, "swiggy", mark=True, hide=True)
    rule(ledger, "category:groceries", split=halves)
    taken = ledger.take(statement(), account)
    hidden = found(ledger, "is:hidden is:marked")
    assert hidden
    assert {row.flow for row in hidden} == {"transfer"}
    parts = found(ledger, "is:split")
    assert parts
    assert len(parts) % 2 == 0
    again = ledger.take(statement(), account)
    assert (again.counts.imported, again.counts.duplicates) == (0, taken.counts.imported)
    ledger.facade.undo_import(**WHO, import_id=taken.id)
    ledger.facade.undo_import(**WHO, import_id=again.id)
    assert state(ledger) == before
    assert not any(ledger.recounted().values())


def test_rules_of_a_group_are_listed_and_run_together_as_one_change(ledger: Ledger) -> None:
    ledger.row(ledger.account(), DAY, "-450.00", "SWIGGY")
    for name, group in (("first", "food"), ("second", "food"), ("third", None)):
        new = NewRule(name=name, condition="swiggy", actions=RuleActions(tags=(name,)), group=group)
        ledger.facade.create_rule(**WHO, new=new)
    assert [one.name for one in ledger.facade.rules(owner=OWNER, group="food").items] == ["first", "second"]
    assert ledger.facade.apply_rules(**WHO, group="food", dry_run=True).rows[0].after == {"tags": "first, second"}
    done = ledger.facade.apply_rules(**WHO, group="food", dry_run=False)
    assert (done.changed, rows_of(ledger)[0].tags) == (1, ("first", "second"))
    ledger.facade.undo_change(**WHO, change_id=str(done.change_id))
    assert rows_of(ledger)[0].tags == ()
    last = ledger.facade.rules(owner=OWNER).items[2]
    assert ledger.facade.change_rule(**WHO, rule_id=last.id, changes=RuleChanges(group="food")).group == "food"
    assert ledger.facade.change_rule(**WHO, rule_id=last.id, changes=RuleChanges(group="")).group is None


def test_corrections_that_agree_suggest_a_rule_until_there_is_one(ledger: Ledger) -> None:
    account = ledger.account()
    made = [ledger.row(account, DAY, f"-{450 + n}.00", "UPI-SWIGGY-x@ybl") for n in range(3)]
    other = [ledger.row(account, DAY, f"-{800 + n}.00", "UPI-ZOMATO-x@ybl") for n in range(2)]
    assert ledger.facade.rule_suggestions(owner=OWNER).items == ()
    for row in made[:2]:
        ledger.facade.change_transaction(
            **WHO, transaction_id=row.id, changes=TransactionChanges(category_id="groceries")
        )
    for row, category in zip(other, ("pets", "travel"), strict=True):
        ledger.facade.change_transaction(**WHO, transaction_id=row.id, changes=TransactionChanges(category_id=category))
    (suggested,) = ledger.facade.rule_suggestions(owner=OWNER).items
    assert (suggested.corrections, suggested.rows, suggested.would_change) == (2, 3, 1)
    assert suggested.rule.actions == RuleActions(category_id="groceries")
    assert suggested.transactions_query.startswith("/api/v1/transactions?q=merchant%3D%3D%22Swiggy%22%20is%3Aout")
    new = ledger.facade.create_rule(**WHO, new=suggested.rule)
    assert ledger.facade.apply_rule(**WHO, rule_id=new.id, dry_run=True).changed == 1
    assert ledger.facade.rule_suggestions(owner=OWNER).items == ()


@pytest.mark.parametrize("shares", [("0.5",), ("0.5", "0.4")])
def test_shares_that_are_no_whole_are_refused(ledger: Ledger, shares: tuple[str, ...]) -> None:
    with pytest.raises(Invalid, match=r"actions\.split"):
        rule(ledger, "swiggy", split=tuple(SplitShare(share=Decimal(share)) for share in shares))
