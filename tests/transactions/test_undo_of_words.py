"""What persons say besides rows is a change as well, and can be taken back: rules, searches, rates, balances."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from finapp.transactions.public import (
    ChangeKind,
    ChangeSuperseded,
    ExchangeRate,
    NewCategory,
    NewRule,
    NewSavedSearch,
    RuleActions,
    RuleChanges,
    SavedSearchChanges,
)
from tests.transactions.ledger import OWNER, PERSON, Ledger

WHO = {"owner": OWNER, "person": PERSON}


def undo(ledger: Ledger) -> ChangeKind:
    """Takes the newest change back; of which kind it was."""
    newest = ledger.facade.changes(owner=OWNER, limit=1, cursor=None).items[0]
    ledger.facade.undo_change(**WHO, change_id=newest.id)
    return newest.kind


def rule(ledger: Ledger, name: str, position: int | None = None) -> str:
    new = NewRule(name=name, condition="text:rent", actions=RuleActions(note=name), position=position)
    return ledger.facade.create_rule(**WHO, new=new).id


def names(ledger: Ledger) -> list[str]:
    return [each.name for each in ledger.facade.rules(owner=OWNER).items]


def test_every_change_of_rules_can_be_taken_back_with_their_order(ledger: Ledger) -> None:
    first, second = rule(ledger, "first"), rule(ledger, "second")
    rule(ledger, "third", position=1)
    steps: list[Callable[[], object]] = [
        lambda: rule(ledger, "fourth", position=2),
        lambda: ledger.facade.change_rule(**WHO, rule_id=first, changes=RuleChanges(name="renamed")),
        lambda: ledger.facade.change_rule(**WHO, rule_id=second, changes=RuleChanges(position=1)),
        lambda: ledger.facade.delete_rule(**WHO, rule_id=first),
    ]
    for step in steps:
        before = ledger.facade.rules(owner=OWNER)
        step()
        changed = names(ledger)
        assert changed != [each.name for each in before.items]
        assert undo(ledger) == "rule"
        assert names(ledger) == [each.name for each in before.items]
        # The undoing is a change too.
        assert undo(ledger) == "undo"
        assert names(ledger) == changed
        undo(ledger)


def test_a_rule_taken_back_stands_beside_rules_that_came_later(ledger: Ledger) -> None:
    gone = rule(ledger, "gone")
    rule(ledger, "kept")
    ledger.facade.delete_rule(**WHO, rule_id=gone)
    deleted = ledger.facade.changes(owner=OWNER, limit=1, cursor=None).items[0]
    rule(ledger, "later")
    ledger.facade.undo_change(**WHO, change_id=deleted.id)
    assert sorted(names(ledger)) == ["gone", "kept", "later"]
    assert ledger.facade.rule(owner=OWNER, rule_id=gone).condition == "text:rent"


def test_a_deleted_search_comes_back_and_a_later_change_is_not_overwritten(ledger: Ledger) -> None:
    kept = ledger.facade.save_search(**WHO, new=NewSavedSearch(name="Rent", query="text:rent"))
    ledger.facade.change_search(**WHO, search_id=kept.id, changes=SavedSearchChanges(query="text:miete"))
    renamed = ledger.facade.changes(owner=OWNER, limit=1, cursor=None).items[0]
    ledger.facade.change_search(**WHO, search_id=kept.id, changes=SavedSearchChanges(name="Miete"))
    with pytest.raises(ChangeSuperseded):
        ledger.facade.undo_change(**WHO, change_id=renamed.id)
    before = ledger.facade.saved_search(owner=OWNER, search_id=kept.id)
    ledger.facade.delete_search(**WHO, search_id=kept.id)
    assert undo(ledger) == "search"
    assert ledger.facade.saved_search(owner=OWNER, search_id=kept.id) == before


def test_an_own_rate_that_was_replaced_or_forgotten_comes_back(ledger: Ledger) -> None:
    day = date(2026, 5, 4)

    def say(rate: str) -> None:
        said = ExchangeRate(date=day, base="USD", quote="INR", rate=Decimal(rate))
        ledger.facade.say_exchange_rate(**WHO, said=said)

    def held() -> list[Decimal]:
        return [rate.rate for rate in ledger.facade.exchange_rates(owner=OWNER, limit=5, cursor=None).items]

    say("90")
    say("91")
    assert undo(ledger) == "exchange_rate"
    assert held() == [Decimal(90)]
    ledger.facade.forget_exchange_rate(**WHO, base="USD", quote="INR", on=day)
    undo(ledger)
    assert held() == [Decimal(90)]


def test_an_asserted_balance_and_a_profile_come_back(ledger: Ledger) -> None:
    account = ledger.account()
    said = {"account_id": account.id, "on": date(2026, 5, 4)}
    kept = ledger.facade.assert_balance(**WHO, **said, balance=Decimal("10.00"))
    ledger.facade.assert_balance(**WHO, **said, balance=Decimal("20.00"))
    assert undo(ledger) == "balance"
    ledger.facade.withdraw_balance(**WHO, account_id=account.id, balance_id=kept.id)
    undo(ledger)
    assert ledger.facade.asserted_balances(owner=OWNER, account_id=account.id).items == (kept,)
    ledger.facade.keep_import_profile(**WHO, account_id=account.id, mapping={"date": "Day"})
    ledger.facade.forget_import_profile(**WHO, account_id=account.id)
    assert undo(ledger) == "import_profile"
    assert ledger.facade.import_profile(owner=OWNER, account_id=account.id).mapping == {"date": "Day"}


def test_an_opened_account_or_category_can_be_taken_back_until_something_stands_on_it(ledger: Ledger) -> None:
    ledger.account("Opened by mistake")
    assert undo(ledger) == "account"
    assert not ledger.facade.accounts(owner=OWNER).items
    kept = ledger.account("Used")
    opened = ledger.facade.changes(owner=OWNER, limit=1, cursor=None).items[0]
    row = ledger.row(kept, date(2026, 5, 3), "-5.00", "TEA")
    with pytest.raises(ChangeSuperseded):
        ledger.facade.undo_change(**WHO, change_id=opened.id)
    ledger.facade.delete_transaction(**WHO, transaction_id=row.id)
    with pytest.raises(ChangeSuperseded):
        ledger.facade.undo_change(**WHO, change_id=opened.id)
    ledger.facade.create_category(**WHO, new=NewCategory(parent_id="pets", name="Parrot"))
    assert undo(ledger) == "category"


def test_an_account_with_a_balance_that_somebody_asserted_is_not_taken_away_below_it(ledger: Ledger) -> None:
    account = ledger.account()
    opened = ledger.facade.changes(owner=OWNER, limit=1, cursor=None).items[0]
    said = {"account_id": account.id, "on": date(2026, 1, 31), "balance": Decimal("10.00")}
    ledger.facade.assert_balance(**WHO, **said)
    with pytest.raises(ChangeSuperseded):
        ledger.facade.undo_change(**WHO, change_id=opened.id)
    assert len(ledger.facade.asserted_balances(owner=OWNER, account_id=account.id).items) == 1
    assert undo(ledger) == "balance"
    ledger.facade.undo_change(**WHO, change_id=opened.id)
    assert ledger.facade.accounts(owner=OWNER).items == ()
