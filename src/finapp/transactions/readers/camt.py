"""ISO 20022 bank-to-customer messages: camt.052 (report), camt.053 (statement), camt.054 (notification).

Source: ISO 20022 message definitions, BkToCstmrAcctRpt, BkToCstmrStmt, BkToCstmrDbtCdtNtfctn (versions 02 to 13).
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from xml.etree.ElementTree import Element, ParseError

from finapp.transactions.domain.statement import AccountHint, RejectedRow, Statement, StatementRow
from finapp.transactions.readers.amounts import read_amount
from finapp.transactions.readers.dates import read_date
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.hints import last4
from finapp.transactions.readers.whole import joined, statement_of

_NAMES = {"Rpt": "camt.052", "Stmt": "camt.053", "Ntfctn": "camt.054"}


def is_camt(head: str) -> bool:
    """Whether a file is one of the three messages."""
    return "BkToCstmr" in head or "camt.05" in head


def read_camt(content: bytes) -> Statement:
    """The booked entries of all statements in the message. Raises UnreadableStatement."""
    root = parsed_xml(content)
    statements = [node for node in root.iter() if node.tag in _NAMES]
    if not statements:
        raise UnreadableStatement("no_rows", "the message holds no statement")
    rows: list[StatementRow] = []
    rejected: list[RejectedRow] = []
    ibans = {_number(node) for node in statements}
    number = 0
    for statement in statements:
        account = _number(statement)
        for entry in statement.findall("Ntry"):
            for found in _of_entry(entry, account if len(ibans) > 1 else None):
                number += 1
                if isinstance(found, RejectedRow):
                    rejected.append(RejectedRow(line=number, code=found.code, message=found.message, text=found.text))
                else:
                    rows.append(found._replace(line=number))
    first, single = statements[0], len(ibans) == 1
    opening = _balance(statements, ("OPBD", "PRCD")) if single else None
    closing = _balance(statements[::-1], ("CLBD",)) if single else None
    account_hint = AccountHint(
        number_last4=last4(next(iter(ibans))) if single else None,
        institution=_text(first, "Acct/Svcr/FinInstnId/Nm"),
        currency=_text(first, "Acct/Ccy") or next((row.currency for row in rows), None),
        holder=_text(first, "Acct/Ownr/Nm"),
    )
    read = statement_of(
        "camt", rows, rejected, layout=_NAMES[first.tag], account=account_hint, opening=opening, closing=closing
    )
    return read if single else replace(read, balances=_held(statements))


def _held(statements: list[Element]) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    """The balances of each of several accounts, by its number; none of one that is kept in several currencies."""
    by_account: dict[str, list[Element]] = {}
    for statement in statements:
        number = _number(statement)
        if number is not None:
            by_account.setdefault(number, []).append(statement)
    return {
        number: (_balance(own, ("OPBD", "PRCD")), _balance(own[::-1], ("CLBD",)))
        for number, own in by_account.items()
        if len({_text(statement, "Acct/Ccy") for statement in own}) == 1
    }


def _number(statement: Element) -> str | None:
    return _text(statement, "Acct/Id/IBAN") or _text(statement, "Acct/Id/Othr/Id")


def parsed_xml(content: bytes) -> Element:
    """The root of a document without namespaces. A DOCTYPE or entity is refused."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        message = "the file declares a DOCTYPE or entities, which a bank's file never does"
        raise UnreadableStatement("forbidden_content", message) from error
    except (ParseError, ValueError) as error:
        raise UnreadableStatement("damaged", f"the XML is damaged or cut off: {error}") from error
    for node in root.iter():
        node.tag = node.tag.rpartition("}")[2]
    return root


def _text(node: Element | None, path: str) -> str | None:
    found = node.find(path) if node is not None else None
    return found.text.strip() if found is not None and found.text and found.text.strip() else None


def _signed(node: Element) -> tuple[Decimal, str | None] | None:
    amount = node.find("Amt")
    value = read_amount(amount.text or "", ".") if amount is not None else None
    if amount is None or value is None:
        return None
    debit = _text(node, "CdtDbtInd") == "DBIT"
    return (-value.value if debit else value.value), amount.get("Ccy")


def _of_entry(entry: Element, account: str | None) -> Iterator[StatementRow | RejectedRow]:
    """The rows of one entry: its transactions when a batch lists them with amounts that add up, else itself."""
    status = _text(entry, "Sts/Cd") or _text(entry, "Sts")
    day = read_date(
        (_text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm") or _text(entry, "ValDt/Dt") or "")[:10], "ymd"
    )
    signed = _signed(entry)
    shown = joined(_text(entry, "NtryRef"), _text(entry, "AcctSvcrRef"), _text(entry, "AddtlNtryInf"))[:200]
    if status in ("INFO", "FUTR"):
        yield RejectedRow(line=0, code="pending", message="the bank marks it as not booked", text=shown)
        return
    if day is None or signed is None:
        code = "bad_date" if day is None else "bad_amount"
        yield RejectedRow(line=0, code=code, message="the entry has no booking date or no amount", text=shown)
        return
    amount, currency = signed
    if _text(entry, "RvslInd") == "true" and _text(entry, "CdtDbtInd") is None:
        amount = -amount
    parts = entry.findall("NtryDtls/TxDtls")
    whole = StatementRow(
        line=0, date=day, amount=amount, description="", currency=currency, account_hint=account,
        bank_id=_own_id(entry, "AcctSvcrRef", "NtryRef"), status="pending" if status == "PDNG" else "posted",
        kind=_text(entry, "BkTxCd/Domn/Fmly/SubFmlyCd") or _text(entry, "BkTxCd/Prtry/Cd"),
    )  # fmt: skip
    yield from _split(whole, entry, parts)


def _own_id(node: Element, *paths: str) -> str | None:
    """The first identifier that names this payment alone, and not that there is none."""
    found = (_text(node, path) for path in paths)
    return next((each for each in found if each and each.upper() not in ("NOTPROVIDED", "NONREF", "NOREF")), None)


def _split(whole: StatementRow, entry: Element, parts: list[Element]) -> Iterator[StatementRow]:
    amounts = [amount for part in parts if (amount := _signed_part(part, whole.amount)) is not None]
    if len(parts) < 2 or len(amounts) < len(parts) or sum(amounts) != whole.amount:
        yield _described(whole, entry, parts[0] if parts else None)
        return
    for part, amount in zip(parts, amounts, strict=True):
        own_id = _own_id(part, "Refs/AcctSvcrRef", "Refs/TxId", "Refs/EndToEndId")
        yield _described(whole._replace(amount=amount, bank_id=own_id), entry, part)


def _signed_part(part: Element, whole: Decimal) -> Decimal | None:
    node = part.find("Amt") if part.find("Amt") is not None else part.find("AmtDtls/TxAmt/Amt")
    value = read_amount(node.text or "", ".") if node is not None else None
    if value is None:
        return None
    side = _text(part, "CdtDbtInd")
    outgoing = side == "DBIT" if side else whole < 0
    return -value.value if outgoing else value.value


def _described(row: StatementRow, entry: Element, part: Element | None) -> StatementRow:
    # What comes back was paid to the other party before.
    paid = (row.amount < 0) != (_text(entry, "RvslInd") == "true")
    other, outer = ("Cdtr", "UltmtCdtr") if paid else ("Dbtr", "UltmtDbtr")
    names = [f"RltdPties/{who}{path}" for who in (other, outer) for path in ("/Nm", "/Pty/Nm")]
    payee = next((name for path in names if (name := _text(part, path))), None)
    lines = [node.text for node in part.findall("RmtInf/Ustrd")] if part is not None else []
    structured = _text(part, "RmtInf/Strd/CdtrRefInf/Ref")
    extra = _text(part, "AddtlTxInf") or _text(entry, "AddtlNtryInf")
    text = joined(payee, " ".join(line for line in lines if line), structured)
    instructed = part.find("AmtDtls/InstdAmt/Amt") if part is not None else None
    original = read_amount(instructed.text or "", ".") if instructed is not None else None
    foreign = instructed.get("Ccy") if instructed is not None else None
    is_foreign = original is not None and foreign not in (None, row.currency)
    return row._replace(
        description=text or joined(extra),
        payee=payee,
        original_amount=original.value.copy_sign(row.amount) if is_foreign and original else None,
        original_currency=foreign if is_foreign else None,
    )


def _balance(statements: list[Element], codes: tuple[str, ...]) -> Decimal | None:
    for code in codes:
        for statement in statements:
            for balance in statement.findall("Bal"):
                if _text(balance, "Tp/CdOrPrtry/Cd") == code and (signed := _signed(balance)):
                    return signed[0]
    return None
