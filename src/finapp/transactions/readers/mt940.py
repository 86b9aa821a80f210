"""SWIFT MT940 (statement) and MT942 (interim report), by the mt-940 package.

Source: SWIFT Standards, category 9; DFÜ-Abkommen appendix 3 for the structured field 86 of German banks.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from finapp.transactions.domain.statement import AccountHint, Statement, StatementRow
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.hints import last4
from finapp.transactions.readers.whole import joined, statement_of


def is_mt940(head: str) -> bool:
    """Whether a file begins as a SWIFT statement does."""
    return (
        re.search(r"(?m)^\s*:20:", head) is not None
        and re.search(r"(?m)^\s*:(25|28C?|60[FM]|34F)\b?:", head) is not None
    )


def read_mt940(text: str) -> Statement:
    """The entries of all messages in the file. Raises UnreadableStatement."""
    import mt940

    text = re.sub(r"(?m)^\{[^\n]*?\}\{4:\s*$|^-\}?\s*$", "-", text.replace("\r\n", "\n"))
    starts = [text.count("\n", 0, match.start()) + 1 for match in re.finditer(r"(?m)^:61:", text)]
    rows: list[StatementRow] = []
    balances: list[tuple[Decimal | None, Decimal | None]] = []
    number: str | None = None
    try:
        for message in _messages(text):
            found = mt940.models.Transactions()
            found.parse(message)
            number = number or found.data.get("account_identification")
            rows += [_row(entry) for entry in found.transactions if "amount" in entry.data]
            balances.append((_balance(found.data, "opening"), _balance(found.data, "closing")))
    except (ValueError, RuntimeError, KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise UnreadableStatement("damaged", f"the SWIFT message is damaged: {str(error)[:120]}") from error
    rows = [row._replace(line=line) for row, line in zip(rows, starts, strict=False)]
    if len(rows) != len(starts):
        raise UnreadableStatement("damaged", f"{len(starts)} entries were announced, {len(rows)} could be read")
    account = AccountHint(number_last4=last4(number), currency=rows[0].currency if rows else None)
    opening = balances[0][0] if balances else None
    closing = balances[-1][1] if balances else None
    return statement_of("mt940", rows, account=account, opening=opening, closing=closing)


def _messages(text: str) -> list[str]:
    parts = re.split(r"(?m)^(?=:20:)", text)
    return [part for part in parts if part.startswith(":20:")]


def _balance(data: dict[str, Any], which: str) -> Decimal | None:
    for kind in ("final", "intermediate"):
        balance = data.get(f"{kind}_{which}_balance")
        if balance is not None and balance.amount is not None:
            return Decimal(balance.amount.amount)
    return None


def _row(entry: Any) -> StatementRow:
    data = entry.data
    amount = data["amount"]
    details = data.get("transaction_details") or ""
    lines = [data.get("purpose"), data.get("additional_purpose")]
    purpose = " ".join(line for line in lines if line) or None
    reference = data.get("customer_reference")
    bank_reference = data.get("bank_reference")
    text = joined(data.get("applicant_name"), purpose or _unstructured(details), data.get("extra_details"))
    return StatementRow(
        line=0,
        date=_booked(data),
        amount=Decimal(amount.amount),
        description=text or joined(reference),
        currency=amount.currency,
        bank_id=None if bank_reference in (None, "", "NONREF", "NOREF") else bank_reference,
        payee=data.get("applicant_name"),
        kind=data.get("posting_text") or data.get("id"),
    )


def _booked(data: dict[str, Any]) -> date:
    day = data.get("guessed_entry_date") or data.get("entry_date") or data["date"]
    return date(day.year, day.month, day.day)


def _unstructured(details: str) -> str:
    text = re.sub(r"\n", " ", details)
    tagged = re.findall(
        r"/(?:NAME|REMI|EREF|BENM//NAME|ORDP//NAME|CSID)/((?:(?!/(?:NAME|REMI|EREF|IBAN|BIC|MARF|CSID|SVCL|PURP|TRTP|RTRN|ISDT|BENM|ORDP)/).)+)",
        text,
    )
    return " ".join(tagged) if tagged else text
