"""Pairs of rows of equal size as banks print them: own movements, and payments that are equal by chance."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from finapp.transactions.domain.categorizer import Line, suggest
from finapp.transactions.domain.movement import Household, LightRow, Movement, OwnAccount, decide

DAY = date(2025, 5, 5)
YEAR = ((date(2025, 1, 1), date(2025, 12, 31)),)


def _account(id: str, kind: str, name: str, institution: str, last4: str) -> OwnAccount:
    return OwnAccount(id=id, kind=kind, name=name, institution=institution, last4=last4, covered=YEAR)


HOUSEHOLDS = {
    "IN": Household(
        holders=("Asha Rao",),
        accounts=(
            _account("salary", "checking", "HDFC account", "HDFC Bank", "1111"),
            _account("savings", "savings", "SBI savings", "State Bank of India", "2222"),
            _account("card", "credit_card", "ICICI card", "ICICI Bank", "4321"),
            _account("wallet", "cash", "Paytm wallet", "Paytm", ""),
            _account("deposit", "savings", "Fixed deposits", "HDFC Bank", "3333"),
            _account("broker", "investment", "Zerodha", "Zerodha", ""),
        ),
    ),
    "US": Household(
        holders=("John Doe",),
        accounts=(
            _account("checking", "checking", "Chase checking", "Chase", "1234"),
            _account("savings", "savings", "Ally savings", "Ally Bank", "5678"),
            _account("card", "credit_card", "Capital One card", "Capital One", "9012"),
            _account("broker", "investment", "Fidelity brokerage", "Fidelity", ""),
            _account("wallet", "cash", "Venmo", "Venmo", ""),
        ),
    ),
    "GB": Household(
        holders=("Jane Smith",),
        accounts=(
            _account("current", "checking", "Barclays current account", "Barclays", "1234"),
            _account("monzo", "checking", "Monzo", "Monzo", "4455"),
            _account("saver", "savings", "Marcus saver", "Marcus", "5678"),
            _account("card", "credit_card", "Barclaycard", "Barclaycard", "9012"),
        ),
    ),
    "EU": Household(
        holders=("Max Mustermann",),
        accounts=(
            _account("giro", "checking", "DKB Girokonto", "DKB", "1111"),
            _account("tagesgeld", "savings", "ING Tagesgeld", "ING", "2222"),
            _account("n26", "checking", "N26", "N26", "3333"),
            _account("karte", "credit_card", "Amex", "American Express", "4321"),
            _account("broker", "investment", "Trade Republic", "Trade Republic", ""),
        ),
    ),
}


class Case(NamedTuple):
    """Two rows, and whether they are one movement."""

    country: str
    same: bool
    out: tuple[str, str]
    into: tuple[str, str]
    days: int


def cases() -> list[Case]:
    """Every case of the table."""
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8") as file:
        return [
            Case(
                country=row["country"],
                same=row["same"] == "yes",
                out=(row["out_account"], row["out_text"]),
                into=(row["in_account"], row["in_text"]),
                days=int(row["days"]),
            )
            for row in csv.DictReader(file)
        ]


def decided(case: Case, amount: int = 5000) -> Movement:
    """What the product makes of the two rows."""
    household = HOUSEHOLDS[case.country]
    kinds = {account.id: account.kind for account in household.accounts}
    rows = []
    for id, (account, text), signed, day in (("out", case.out, -amount, 0), ("in", case.into, amount, case.days)):
        found = suggest([Line(description=text, amount=Decimal(signed))], country=case.country)[0]
        rows.append(
            LightRow(
                id=id,
                account_id=account,
                account_kind=kinds[account],
                date=DAY + timedelta(days=day),
                amount=Decimal(signed),
                currency="XXX",
                description=text,
                category=found.category,
                merchant_key=found.merchant_key,
                confidence=found.confidence,
            )
        )
    return decide(rows, household)


class Count(NamedTuple):
    """How many pairs were found, and how many of them are true."""

    right: int
    found: int
    true: int


def counted() -> tuple[Count, list[Case]]:
    """The count over the whole table, and the cases that came out wrong."""
    wrong = [case for case in cases() if bool(decided(case).pairs) is not case.same]
    true = sum(case.same for case in cases())
    missed = sum(case.same for case in wrong)
    return Count(right=true - missed, found=true - missed + len(wrong) - missed, true=true), wrong
