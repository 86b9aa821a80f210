"""A correction holds for the merchant's next rows, whatever month or number their texts carry and however they come."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finapp.transactions.public import NewTransaction, TransactionChanges, TransactionFilter, UnlabelledRow
from tests.transactions.ledger import OWNER, PERSON, Ledger, OneHousehold

HEAD = (
    '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";'
    '"Beguenstigter/Zahlungspflichtiger";"Kontonummer";"BLZ";"Betrag";"Waehrung";"Info"'
)
RENT = ("DAUERAUFTRAG", "Miete {} Wohnung 12", "Müller Hausverwaltung GmbH", "-1.150,00")
POWER = ("FOLGELASTSCHRIFT", "Vattenfall Abschlag Strom {} Vertrag 88112", "Vattenfall Europe Sales GmbH", "-89,00")


@pytest.fixture
def german(tmp_path: Path) -> Iterator[Ledger]:
    made = Ledger(tmp_path, home=OneHousehold(locale="en", currency="EUR"))
    yield made
    made.database.close()


def statement(day: str, month: str, *kinds: tuple[str, str, str, str]) -> bytes:
    own, other = "DE89370400440532013000", "DE02120300000000202051"
    rows = [
        f'"{own}";"{day}";"{day}";"{booked}";"{text.format(month)}";"{payee}";"{other}";"BYLADEM1001";"{amount}";'
        '"EUR";"Umsatz gebucht"'
        for booked, text, payee, amount in kinds
    ]
    return "\r\n".join([HEAD, *rows, ""]).encode("cp1252")


def rows_of(ledger: Ledger) -> list[tuple[str, str, str]]:
    """Description, category and id of every row, newest first."""
    page = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=500, cursor=None)
    return [(row.description, row.category_id, row.id) for row in page.items]


def correct(ledger: Ledger, words: str, category: str) -> None:
    (row,) = [id_ for text, _, id_ in rows_of(ledger) if words in text]
    changes = TransactionChanges(category_id=category)
    ledger.facade.change_transaction(owner=OWNER, person=PERSON, transaction_id=row, changes=changes)


def category_of(ledger: Ledger, words: str) -> str:
    (category,) = {category for text, category, _ in rows_of(ledger) if words in text}
    return category


def test_one_correction_holds_in_the_next_statement_though_another_month_is_printed(german: Ledger) -> None:
    german.take(statement("03.11.26", "November", RENT, POWER))
    correct(german, "Miete", "education")
    correct(german, "Strom", "childcare")
    german.take(statement("03.12.26", "Dezember", RENT, POWER))
    assert (category_of(german, "Miete Dezember"), category_of(german, "Strom Dezember")) == ("education", "childcare")


def test_a_merchant_that_only_the_country_of_a_statement_tells_is_the_one_that_was_corrected(german: Ledger) -> None:
    german.take(statement("03.11.26", "November", POWER))
    correct(german, "Strom", "childcare")
    other = ("FOLGELASTSCHRIFT", "Nachzahlung {} Rechnung", "Vattenfall Europe Sales GmbH", "-12,00")
    german.take(statement("03.12.26", "2026", other))
    assert category_of(german, "Nachzahlung") == "childcare"


def test_one_correction_holds_for_a_row_entered_by_hand_and_for_one_only_asked_about(german: Ledger) -> None:
    german.take(statement("03.11.26", "November", RENT))
    correct(german, "Miete", "education")
    text, amount, day = "Müller Hausverwaltung GmbH Miete Januar Wohnung 12", Decimal(-1150), date(2027, 1, 3)
    (account,) = german.facade.accounts(owner=OWNER).items
    new = NewTransaction(account_id=account.id, date=day, amount=amount, description=text)
    assert german.facade.create_transaction(owner=OWNER, person=PERSON, new=new).category_id == "education"
    for country in (None, "DE"):
        row = UnlabelledRow(date=day, amount=amount, description=text)
        (said,) = german.facade.suggest(owner=OWNER, country=country, currency="EUR", rows=(row,))
        assert (said.category, said.source) == ("education", "memory")


def test_two_meanings_at_one_payee_stay_apart_by_their_wording(german: Ledger) -> None:
    storage = ("DAUERAUFTRAG", "Kaution {} Lagerraum", "Müller Hausverwaltung GmbH", "-90,00")
    german.take(statement("03.11.26", "November", RENT, storage))
    correct(german, "Miete", "education")
    correct(german, "Kaution", "childcare")
    german.take(statement("03.12.26", "Dezember", RENT, storage))
    assert (category_of(german, "Miete Dezember"), category_of(german, "Kaution Dezember")) == (
        "education",
        "childcare",
    )


@pytest.mark.parametrize(
    ("text", "category", "sure"),
    [
        ("Müller Hausverwaltung GmbH Miete November Wohnung 12", "housing", True),
        ("Müller Nebenkosten 2025", "housing", True),
        ("Müller Bau GmbH Rechnung 44", "shopping", False),
        ("MÜLLER SAGT DANKE 55", "shopping", True),
        ("KARTENZAHLUNG MÜLLER GMBH ULM", "shopping", True),
    ],
)
def test_what_is_paid_for_speaks_before_a_brand_that_is_a_surname(
    german: Ledger, text: str, category: str, sure: bool
) -> None:
    row = UnlabelledRow(date=date(2026, 11, 3), amount=Decimal(-50), description=text)
    (said,) = german.facade.suggest(owner=OWNER, country="DE", currency="EUR", rows=(row,))
    assert (said.category, said.confidence >= Decimal("0.95")) == (category, sure)
