"""SWIFT MT940 (statement) and MT942 (interim report), by the mt-940 package.

Source: SWIFT Standards, category 9; DFÜ-Abkommen appendix 3 for the structured field 86 of German banks.
"""

import logging
import re
from dataclasses import replace
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
        re.search(r"(?m)^\s*:20:", head) is not None and re.search(r"(?m)^\s*:(25|28C?|60[FM]|34F):", head) is not None
    )


def read_mt940(text: str) -> Statement:
    """The entries of all messages in the file. Raises UnreadableStatement."""
    import mt940

    logging.getLogger("mt940").setLevel(logging.CRITICAL + 1)  # it logs what it cannot read, and that is narrations
    text = re.sub(r"(?m)^\{[^\n]*?\}\{4:\s*$|^-\}?\s*$", "-", text.replace("\r\n", "\n"))
    starts = [text.count("\n", 0, match.start()) + 1 for match in re.finditer(r"(?m)^:61:", text)]
    rows: list[StatementRow] = []
    balances: list[tuple[str | None, Decimal | None, Decimal | None]] = []
    try:
        for message in _messages(text):
            found = mt940.models.Transactions()
            found.parse(message)
            number = found.data.get("account_identification")
            entries = [entry for entry in found.transactions if "amount" in entry.data]
            own = [_row(entry, details) for entry, details in zip(entries, _details(message), strict=True)]
            rows += [row._replace(account_hint=number) for row in own]
            balances.append((number, _balance(found.data, "opening"), _balance(found.data, "closing")))
    except (ValueError, RuntimeError, KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise UnreadableStatement("damaged", f"the SWIFT message is damaged: {str(error)[:120]}") from error
    rows = [row._replace(line=line) for row, line in zip(rows, starts, strict=False)]
    if len(rows) != len(starts):
        raise UnreadableStatement("damaged", f"{len(starts)} entries were announced, {len(rows)} could be read")
    held: dict[str, tuple[Decimal | None, Decimal | None]] = {}
    for number, opening, closing in balances:
        held[number or ""] = held.get(number or "", (opening, None))[0], closing
    if len(held) > 1:
        return replace(statement_of("mt940", rows, account=AccountHint()), balances=held)
    number, (opening, closing) = next(iter(held.items()), ("", (None, None)))
    account = AccountHint(number_last4=last4(number), currency=rows[0].currency if rows else None)
    rows = [row._replace(account_hint=None) for row in rows]
    return statement_of("mt940", rows, account=account, opening=opening, closing=closing)


def _messages(text: str) -> list[str]:
    """The messages of a file. Raises UnreadableStatement when the last one has no end."""
    parts = re.split(r"(?m)^(?=:20:)", text)
    found = [part for part in parts if part.startswith(":20:")]
    if found and re.search(r"(?m)^:60[FM]:", found[-1]) and not re.search(r"(?m)^:62[FM]:", found[-1]):
        raise UnreadableStatement("truncated", "the SWIFT message is cut off: its closing balance is missing")
    return found


def _balance(data: dict[str, Any], which: str) -> Decimal | None:
    for kind in ("final", "intermediate"):
        balance = data.get(f"{kind}_{which}_balance")
        if balance is not None and balance.amount is not None:
            return Decimal(balance.amount.amount)
    return None


def _row(entry: Any, details: str) -> StatementRow:
    data = entry.data
    amount = data["amount"]
    kind, payee, purpose = _described(details)
    reference = data.get("bank_reference")
    return StatementRow(
        line=0,
        date=_booked(data),
        amount=_moved(data.get("status"), Decimal(amount.amount)),
        description=joined(payee, purpose, None if details else data.get("extra_details")) or joined(kind),
        currency=amount.currency,
        bank_id=None if reference in (None, "", "NONREF", "NOREF") else reference,
        payee=payee,
        kind=kind or data.get("id"),
    )


def _moved(mark: str | None, amount: Decimal) -> Decimal:
    """The amount signed by its mark: a debit and a reversed credit (RC) take money out, C and RD bring it in."""
    return -abs(amount) if (mark or "").upper() in ("D", "ED", "RC") else abs(amount) if mark else amount


def _booked(data: dict[str, Any]) -> date:
    day = data.get("guessed_entry_date") or data.get("entry_date") or data["date"]
    return date(day.year, day.month, day.day)


def _details(text: str) -> list[str]:
    """Field 86 behind each field 61, without its line breaks; blank where a bank leaves it out."""
    blocks = re.split(r"(?m)^:61:", text)[1:]
    found = [re.search(r"(?ms)^:86:(.*?)(?=^:\d{2}[A-Z]?:|^-|\Z)", block) for block in blocks]
    return [match[1] if match else "" for match in found]


def _described(details: str) -> tuple[str | None, str | None, str]:
    """Kind, other party and purpose of a field 86: German subfields (?20), SEPA words (/REMI/), or plain text."""
    structured = re.match(r"\s*\d{3}([?<>])\d{2}", details)
    if structured:
        mark = re.escape(structured[1])
        parts = re.findall(rf"{mark}(\d\d)((?:(?!{mark}\d\d).)*)", details.replace("\n", ""))
        by_field: dict[str, str] = dict(parts)
        purpose = " ".join(by_field[n].strip() for n in sorted(by_field) if "20" <= n <= "29" or "60" <= n <= "63")
        purpose = purpose.split("SVWZ+", 1)[1] if "SVWZ+" in purpose else purpose
        purpose = re.split(r"\b(?:EREF|KREF|MREF|CRED|DEBT|ABWA|ABWE|IBAN|BIC)[+:]", purpose)[0] or purpose
        payee = " ".join(by_field[n].strip() for n in ("32", "33") if n in by_field)
        return by_field.get("00") or None, payee or None, purpose
    flat = " ".join(details.split())
    named = re.search(rf"/NAME/(.+?)(?=/{_WORDS}/|$)", flat)
    purpose_found = re.search(rf"/REMI/(?:USTD//|STRD/\w+/)?(.+?)(?=/{_WORDS}/|$)", flat)
    if named or purpose_found:
        return None, named[1] if named else None, purpose_found[1] if purpose_found else ""
    return None, None, flat


_WORDS = "(?:NAME|REMI|EREF|IBAN|BIC|MARF|CSID|SVCL|PURP|TRTP|RTRN|ISDT|BENM|ORDP|CNTP|ULTC|ULTD|ULTB)"
