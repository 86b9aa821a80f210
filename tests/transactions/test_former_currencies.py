"""Currencies that are no more: statements of their time are taken in, each amount with all its decimals."""

from decimal import Decimal
from pathlib import Path

import pytest

from finapp.kernel.currencies import EXPONENTS, KNOWN
from finapp.kernel.errors import Invalid
from finapp.kernel.money import from_minor, to_minor
from finapp.transactions.readers.words import currency_of
from tests.support import client
from tests.transactions.ledger import OWNER, Ledger

TABLE = "Date,Description,Amount,Currency\n2021-03-01,PLODINE ZAGREB,-134.55,HRK\n2021-03-02,PLACA,7500.00,HRK\n"
HEADED = "Date,Description,Amount (HRK)\n2021-03-01,PLODINE ZAGREB,-134.55\n2021-03-02,PLACA,7500.00\n"
OFX = """OFXHEADER:100
DATA:OFXSGML

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>BGN<BANKACCTFROM><ACCTID>77</BANKACCTFROM>
<BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20250301<TRNAMT>-19.50<FITID>1<NAME>BILLA SOFIA</STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""


@pytest.mark.parametrize(
    ("content", "currency", "balance"),
    [(TABLE, "HRK", "7365.45"), (HEADED, "HRK", "7365.45"), (OFX, "BGN", "-19.50")],
)
def test_a_statement_in_a_former_currency_opens_an_account_in_it(
    ledger: Ledger, content: str, currency: str, balance: str
) -> None:
    done = ledger.take(content.encode())
    assert (done.status, done.currency, done.counts.rejected) == ("done", currency, 0)
    (account,) = ledger.facade.accounts(owner=OWNER).items
    assert (account.currency, account.balance) == (currency, Decimal(balance))


@pytest.mark.parametrize(("currency", "finest"), [("DEM", "0.01"), ("ITL", "1"), ("PTE", "0.01"), ("BYR", "1")])
def test_a_former_currency_has_its_own_decimals(currency: str, finest: str) -> None:
    assert from_minor(to_minor(Decimal(finest), currency), currency) == Decimal(finest)
    with pytest.raises(Invalid):
        to_minor(Decimal(finest) / 10, currency)


def test_no_code_is_both_a_current_and_a_former_one() -> None:
    assert all(KNOWN[code] == places for code, places in EXPONENTS.items())
    assert len(KNOWN.keys() - EXPONENTS.keys()) == 48


@pytest.mark.parametrize(("heading", "code"), [("NOM DU DEMANDEUR", None), ("Betrag (DEM)", "DEM"), ("DEM", "DEM")])
def test_a_heading_names_a_former_currency_as_a_word_of_its_own(heading: str, code: str | None) -> None:
    assert currency_of(heading) == code


def test_a_household_has_an_account_in_a_former_currency_and_every_figure_answers(tmp_path: Path) -> None:
    with client(tmp_path) as http:
        account = {"name": "Sparbuch", "kind": "savings", "currency": "DEM", "opening_balance": "100.00"}
        made = http.post("/api/v1/accounts", json=account)
        assert made.status_code == 201, made.text
        assert http.post("/api/v1/accounts", json={**account, "currency": "XXX"}).status_code == 422
        body = {"account_id": made.json()["id"], "date": "1999-03-01", "amount": "-12.34", "description": "REWE"}
        assert http.post("/api/v1/transactions", json=body).json()["currency"] == "DEM"
        for path in ("net-worth", "dashboard", "analytics/summary", "analytics/cashflow?from=1999-01-01&to=1999-12-31"):
            assert http.get(f"/api/v1/{path}").status_code == 200, path
        assert http.get("/api/v1/accounts").json()["items"][0]["balance"] == "87.66"
