"""Exports are taken by the programs they are for, and come back as what they were."""

import csv
import io
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from starlette.testclient import TestClient

from finapp.transactions.domain.statement import Statement
from finapp.transactions.readers.entry import read_statement
from tests.acceptance.story import statement
from tests.support import client
from tests.transactions.test_imports import ended

API = "/api/v1"
EVIL = '=HYPERLINK("http://x") <b>&amp; ; | \u20ac \'\\'


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A statement, a transfer, a split row, a card, and a text that tries to break out."""
    with client(tmp_path_factory.mktemp("product")) as found:
        taken = found.post(f"{API}/imports", files={"file": ("s.csv", statement())}).json()
        salary = ended(found, taken["id"])["account_id"]
        savings = _made(
            found, "accounts", name="Savings; (joint)", kind="savings", currency="INR", opening_balance="100.00"
        )
        card = _made(found, "accounts", name="Card", kind="credit_card", currency="INR")
        _made(found, "accounts", name="Card", kind="credit_card", currency="USD")
        day = {"date": "2026-05-03"}
        _made(found, "transactions", account_id=salary, amount="-15000.00", description="TRANSFER TO SAVINGS", **day)
        _made(
            found, "transactions", account_id=savings, amount="15000.00", description="TRANSFER FROM SALARY AC", **day
        )
        _made(
            found,
            "transactions",
            account_id=card,
            amount="-99.00",
            description=EVIL,
            tags=["my tag"],
            note='a "note"',
            **day,
        )
        # The joiner of two letters is part of their word.
        shop = "DMART \u0915\u094d\u200d\u0937"
        row = _made(found, "transactions", account_id=card, amount="-1000.00", description=shop, **day)
        parts = [{"amount": "-700.00", "category_id": "groceries"}, {"amount": "-300.00", "category_id": "pets"}]
        assert found.put(f"{API}/transactions/{row}/splits", json={"parts": parts}).status_code == 200
        yield found


def _made(found: TestClient, path: str, **body: Any) -> str:
    answer = found.post(f"{API}/{path}", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def exported(household: TestClient, format: str, **asked: str) -> bytes:
    answer = household.get(f"{API}/transactions/export", params={"format": format, **asked})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    return answer.content


def listed(household: TestClient) -> list[Any]:
    return list(household.get(f"{API}/transactions", params={"limit": 500, "sort": "date"}).json()["items"])


def test_csv_comes_back_with_date_amount_text_and_id(household: TestClient) -> None:
    content = exported(household, "csv")
    lines = list(csv.DictReader(io.StringIO(content.decode())))
    rows = listed(household)
    assert [(line["id"], line["date"], line["amount"], line["category"]) for line in lines] == [
        (row["id"], row["date"], row["amount"], row["category"]) for row in rows
    ]
    assert [line["description"].removeprefix("'") for line in lines] == [row["description"] for row in rows]
    read = read_statement(content, filename="transactions.csv", country="IN", currency="INR")
    assert isinstance(read, Statement)
    assert [(str(row.date), row.amount) for row in read.rows] == [(row["date"], Decimal(row["amount"])) for row in rows]


def test_a_text_that_a_spreadsheet_would_compute_stays_a_text(household: TestClient) -> None:
    (line,) = [line for line in exported(household, "csv").decode().splitlines() if "HYPERLINK" in line]
    assert "'=HYPERLINK" in line
    sheet = openpyxl.load_workbook(io.BytesIO(exported(household, "xlsx")))["transactions"]
    (cell,) = [row[5] for row in sheet.iter_rows() if "HYPERLINK" in str(row[5].value)]
    assert (cell.data_type, cell.value) == ("s", EVIL)


def test_a_workbook_has_every_row_with_dates_and_amounts(household: TestClient) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(exported(household, "xlsx")))["transactions"]
    head, *lines = sheet.iter_rows(values_only=True)
    assert head[:4] == ("id", "date", "account", "amount")
    rows = listed(household)
    assert [(line[0], str(line[1])[:10], Decimal(str(line[3]))) for line in lines] == [
        (row["id"], row["date"], Decimal(row["amount"])) for row in rows
    ]


def test_ofx_comes_back_with_date_amount_text_and_id(household: TestClient) -> None:
    expected = listed(household)
    seen = []
    for account in household.get(f"{API}/accounts").json()["items"]:
        content = exported(household, "ofx", account_id=account["id"])
        if b"STMTTRN" not in content:
            continue
        read = read_statement(content, filename="transactions.ofx", country="IN", currency="INR")
        assert isinstance(read, Statement)
        seen += [(row.bank_id, str(row.date), str(row.amount), row.description) for row in read.rows]
    texts = {row["id"]: " ".join(row["description"].split()) for row in expected}
    assert sorted(seen) == sorted((row["id"], row["date"], row["amount"], texts[row["id"]]) for row in expected)


@pytest.mark.hledger
def test_hledger_takes_the_journal_and_finds_our_balances(household: TestClient, tmp_path: Any) -> None:
    journal = tmp_path / "transactions.journal"
    journal.write_bytes(exported(household, "ledger"))
    _hledger(journal, "check", "--strict")
    told = _hledger(journal, "balance", "--flat", "--no-total", "--empty", "-O", "csv")
    balances = {line[0]: line[1] for line in csv.reader(io.StringIO(told))}
    assert balances["Assets:Savings-Joint"] == "15100.00 INR"
    assert balances["Liabilities:Card"] == "-1099.00 INR"
    assert balances["Equity:Transfers:Own"] == "0"
    assert balances["Expenses:Pets"] == "300.00 INR"


def _hledger(journal: Any, *arguments: str) -> str:
    # The program that the export is for; its arguments are ours.
    command = ["hledger", "-f", str(journal), *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_bean_check_takes_the_ledger(household: TestClient, tmp_path: Any) -> None:
    ledger = tmp_path / "transactions.beancount"
    ledger.write_bytes(exported(household, "beancount"))
    program = Path(sys.executable).with_name("bean-check")
    done = subprocess.run([program, str(ledger)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_beancount_ledger_balances_and_is_read_again(household: TestClient) -> None:
    content = exported(household, "beancount")
    text = content.decode()
    assert 'category: "pets"' in text
    assert "#my-tag" in text
    assert 'note: "a \\"note\\""' in text
    posted = [line.split() for line in text.splitlines() if line.startswith("  ") and line.endswith(" INR")]
    assert sum(Decimal(words[1]) for words in posted) == 0
    assert isinstance(read_statement(content, filename="x.beancount", currency="INR"), Statement)


def test_an_export_of_a_query_holds_its_rows_only(household: TestClient) -> None:
    lines = exported(household, "csv", q="category:pets").decode().splitlines()
    assert len(lines) == 2
    assert "Opening" not in exported(household, "ledger", q="category:pets").decode()
    for wrong in ({"format": "docx"}, {"q": "(open"}, {"category_id": "nonsense"}):
        assert household.get(f"{API}/transactions/export", params=wrong).status_code in (404, 422)


def test_a_workbook_has_what_each_category_came_to_in_each_month(household: TestClient) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(exported(household, "xlsx")))["months"]
    head, *lines = sheet.iter_rows(values_only=True)
    totals: dict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    for row in listed(household):
        totals[row["category"], row["flow"], row["currency"], row["date"][:7]] += Decimal(row["amount"])
    shown = {
        (*line[:3], month): Decimal(str(amount)).quantize(Decimal("0.01"))
        for line in lines
        for month, amount in zip(head[3:], line[3:], strict=True)
        if amount is not None
    }
    assert shown == totals
    assert len(list(openpyxl.load_workbook(io.BytesIO(exported(household, "xlsx", q="absent")))["months"].rows)) == 0


@pytest.mark.parametrize(
    ("format", "ending"), [("ofx", "ofx"), ("csv", "csv"), ("beancount", "beancount"), ("ledger", "journal")]
)
def test_an_export_taken_in_again_adds_nothing(household: TestClient, format: str, ending: str) -> None:
    before = listed(household)
    for account in household.get(f"{API}/accounts").json()["items"]:
        content = exported(household, format, account_id=account["id"])
        count = sum(1 for row in before if row["account_id"] == account["id"])
        if not count:
            continue
        files, data = {"file": (f"export.{ending}", content)}, {"account_id": account["id"]}
        taken = ended(household, household.post(f"{API}/imports", files=files, data=data).json()["id"])
        assert (taken["status"], taken["counts"]["imported"], taken["counts"]["rejected"]) == ("done", 0, 0)
        assert taken["counts"]["duplicates"] > 0
    assert listed(household) == before


@pytest.mark.parametrize("format", ["csv", "xlsx", "beancount", "ledger", "ofx"])
def test_an_export_of_nothing_is_an_empty_file_of_its_kind(household: TestClient, format: str) -> None:
    assert b"2026-05-03" not in exported(household, format, q="absent")


@pytest.fixture(scope="module")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Accounts in many currencies and scripts, twins, a split row, and texts with every mark that formats use."""
    texts = (
        'Bäckerei "Zum Ähren" – 2× naïve; \\ back',
        "コンビニ 東京",
        "قهوة",
        "HOTEL <b>&amp; | bar",
        "=minus =1+1 @x #y",
    )
    names = ("Girokonto für Müller & Söhne", "日本の口座", "دينار", 'Card "Gold", 100%; x', "Rupee")
    amounts = (("EUR", "-12.34"), ("JPY", "-1500"), ("KWD", "-1.234"), ("USD", "-55.10"), ("INR", "-99999999.99"))
    with client(tmp_path_factory.mktemp("product")) as found:
        for text, name, (currency, amount) in zip(texts, names, amounts, strict=True):
            account = _made(found, "accounts", name=name, kind="checking", currency=currency)
            for _ in range(2):
                row = {"date": "2026-05-03", "amount": amount, "description": text}
                _made(found, "transactions", account_id=account, **row)
        row = _made(found, "transactions", account_id=account, amount="-1000.00", description="A; B", date="2026-05-08")
        parts: list[dict[str, Any]] = [
            {"amount": "-700.00", "category_id": "groceries", "tags": ["my tag", "été"]},
            {"amount": "-300.00", "category_id": "pets", "description": 'Cat "food"; | x', "note": "a \\n b\nc"},
        ]
        assert found.put(f"{API}/transactions/{row}/splits", json={"parts": parts}).status_code == 200
        other = _made(found, "accounts", name="Savings", kind="savings", currency="INR")
        # Nothing but the clearing account says that these are two sides of one movement.
        _made(found, "transactions", account_id=account, amount="-70.00", description="ACME Ltd", date="2026-05-07")
        _made(found, "transactions", account_id=other, amount="70.00", description="ACME Ltd", date="2026-05-07")
        pair = [row["id"] for row in listed(found) if row["description"] == "ACME Ltd"]
        assert found.post(f"{API}/transfers", json={"transaction_ids": pair}).status_code in (200, 201)
        seen = {"amount": "-6.00", "description": "seen", "date": "2026-05-09", "status": "reconciled"}
        _made(found, "transactions", account_id=account, **seen)
        waits = {"amount": "-5.00", "description": "(not yet)", "date": "2026-05-09", "status": "pending"}
        _made(found, "transactions", account_id=account, tags=["a", "b c"], note="soon", **waits)
        yield found


@pytest.mark.parametrize(
    ("format", "ending"),
    [("csv", "csv"), ("xlsx", "xlsx"), ("ofx", "ofx"), ("beancount", "beancount"), ("ledger", "journal")],
)
def test_a_whole_export_is_read_in_another_household_as_it_was(
    abroad: TestClient, tmp_path: Path, format: str, ending: str
) -> None:
    content = exported(abroad, format)
    again = ended(abroad, abroad.post(f"{API}/imports", files={"file": (f"export.{ending}", content)}).json()["id"])
    assert (again["status"], again["counts"]["imported"], again["counts"]["rejected"]) == ("done", 0, 0)
    keeps_books = format in ("beancount", "ledger")
    names = ("date", "amount", "currency", "description", *(("category", "tags", "note", "status") * keeps_books))

    def told(found: TestClient) -> list[str]:
        wholes = {row["split_of"] for row in listed(found)} - {None} if keeps_books else set()
        rows = [found.get(f"{API}/transactions/{whole}").json() for whole in wholes]
        return sorted(repr([row[name] for name in names]) for row in listed(found)) + [row["amount"] for row in rows]

    with client(tmp_path) as other:
        done = ended(other, other.post(f"{API}/imports", files={"file": (f"export.{ending}", content)}).json()["id"])
        assert (done["status"], done["counts"]["rejected"]) == ("done", 0)
        assert told(other) == told(abroad)


def test_bean_check_takes_accounts_in_every_script(abroad: TestClient, tmp_path: Path) -> None:
    ledger = tmp_path / "transactions.beancount"
    ledger.write_bytes(exported(abroad, "beancount"))
    program = Path(sys.executable).with_name("bean-check")
    done = subprocess.run([program, str(ledger)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
