"""Pages written as bytes are, to the byte, what pydantic writes of the same pages."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from sqlalchemy import update

from finapp.transactions.public import NewPart, TransactionChanges, TransactionFilter, TransactionPage
from finapp.transactions.tables import transactions
from tests.support import client
from tests.transactions.ledger import OWNER, PERSON, Ledger

PAGE = TypeAdapter(TransactionPage)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


@pytest.fixture
def rendered(ledger: Ledger) -> Ledger:
    """A ledger of one row."""
    ledger.row(ledger.account("Purse", "cash"), date(2026, 1, 1), "-1", "TEA")
    return ledger


def held(ledger: Ledger, where: TransactionFilter, limit: int = 50, cursor: str | None = None) -> str | None:
    """Holds a page written as bytes against the page as values; the cursor of the next."""
    page = ledger.facade.transactions(owner=OWNER, where=where, limit=limit, cursor=cursor)
    written = ledger.facade.transactions_as_json(owner=OWNER, where=where, limit=limit, cursor=cursor)
    assert written == PAGE.dump_json(page).decode()
    assert PAGE.validate_json(written) == page
    return page.next_cursor


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(_TEXTS, min_size=6, max_size=6),
    tags=st.lists(_TEXTS.filter(bool), max_size=3, unique=True),
    amount=st.integers(-(10**15), 10**15),
    flags=st.lists(st.booleans(), min_size=4, max_size=4),
    confidence=st.none() | st.decimals(0, 1, places=6),
    currency=st.sampled_from(["INR", "JPY", "KWD"]),
)
def test_any_row_is_written_as_pydantic_writes_it(
    rendered: Ledger,
    texts: list[str],
    tags: list[str],
    amount: int,
    flags: list[bool],
    confidence: Decimal | None,
    currency: str,
) -> None:
    names = ("description", "merchant_id", "merchant", "note", "why", "category_id")
    words = dict(zip(names, texts, strict=True))
    asks, decided, marked, hidden = flags
    said = {"asks": asks, "decided": decided, "marked": marked, "hidden": hidden, "confidence": confidence}
    foreign = {"original_amount": Decimal("-12.340"), "original_currency": "USD", "rate": Decimal("0.0000125")}
    with rendered.database.write(OWNER) as unit:
        values = {**words, **said, **foreign, "tags": tags, "amount": amount, "currency": currency}
        unit.connection.execute(update(transactions).values(**values, version=transactions.c.version + 1))
    held(rendered, TransactionFilter())


def test_every_page_of_a_mixed_ledger_is_written_alike(rendered: Ledger) -> None:
    ledger = rendered
    salary, card = ledger.account("Salary"), ledger.account("Card", "credit_card")
    start = date(2026, 1, 1)
    for number in range(12):
        ledger.row(salary, start + timedelta(days=number % 4), str(-100 - number), "IMPS-SELF TRANSFER")
        ledger.row(card, start + timedelta(days=number % 4), str(100 + number), "PAYMENT RECEIVED")
    whole = ledger.row(salary, start, "-300", "SUPERMARKET", "groceries")
    parts = (NewPart(amount=Decimal(-100)), NewPart(amount=Decimal(-200), category_id="dining"))
    ledger.facade.split(owner=OWNER, person=PERSON, transaction_id=whole.id, parts=parts)
    changes = TransactionChanges(note='a "quoted"\nnote', tags=("über", "a/b"))
    newest = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=1, cursor=None).items[0]
    ledger.facade.change_transaction(owner=OWNER, person=PERSON, transaction_id=newest.id, changes=changes)
    for order in ("-date", "date", "-amount", "amount"):
        cursor: str | None = None
        seen = 0
        while True:
            cursor = held(ledger, TransactionFilter(order=order), 5, cursor)
            seen += 1
            if cursor is None:
                break
        assert seen > 4


def test_the_list_over_http_is_a_page_of_its_schema(tmp_path: Path) -> None:
    with client(tmp_path) as http:
        account = http.post("/api/v1/accounts", json={"name": "A", "kind": "checking", "currency": "INR"}).json()["id"]
        for number in range(3):
            row = {"account_id": account, "date": f"2026-07-0{number + 1}", "amount": "-5.00", "description": "Tea"}
            http.post("/api/v1/transactions", json=row)
        answer = http.get("/api/v1/transactions?limit=2")
        assert answer.headers["content-type"] == "application/json"
        page = PAGE.validate_json(answer.content)
        assert [row.date.day for row in page.items] == [3, 2]
        rest = http.get("/api/v1/transactions", params={"cursor": page.next_cursor or ""}).json()
        assert [row["date"] for row in rest["items"]] == ["2026-07-01"]
        assert http.get("/api/v1/transactions?cursor=nonsense").status_code == 422
