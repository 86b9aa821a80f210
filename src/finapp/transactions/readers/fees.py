"""Columns of fees: what they do to the amounts beside them, shown by arithmetic, else asked."""

from dataclasses import replace
from decimal import Decimal

from finapp.transactions.readers.columns import NO_FEE
from finapp.transactions.readers.evidence import Evidence, Money, Question

_USUAL = Decimal("0.9")


def without_gross(evidence: Evidence) -> Evidence:
    """The evidence without amount columns that another one is the net of: `Gross`, `Fee`, `Net`."""
    columns = evidence.columns
    fee = columns.parts.get("fee")
    if fee is None or len(columns.amounts) < 2 or "fee" in _given(evidence):
        return evidence
    fees = evidence.values(fee)
    for net in columns.amounts:
        for gross in columns.amounts:
            if net != gross and _is_net(evidence.values(gross), fees, evidence.values(net)):
                parts = {part: column for part, column in columns.parts.items() if part != "fee"}
                return replace(evidence, columns=replace(columns, amounts=(net,), parts=parts))
    return evidence


def _given(evidence: Evidence) -> set[str]:
    return {"fee"} if evidence.given.fee is not None else set()


def _is_net(gross: list[Decimal | None], fees: list[Decimal | None], net: list[Decimal | None]) -> bool:
    charged = checked = fitting = 0
    for before, fee, after in zip(gross, fees, net, strict=True):
        if before is None or after is None:
            continue
        checked += 1
        fee = abs(fee or Decimal(0))
        charged += bool(fee) and abs(before) != abs(after)
        fitting += after == before - fee
    return charged > 0 and fitting >= _USUAL * checked


def settled(evidence: Evidence, money: Money) -> Money | Question:
    """The money columns where nothing is open about fees, else the question whether they come on top."""
    fee = evidence.columns.parts.get("fee")
    if fee is None or money.fee is not None or not any(evidence.values(fee)):
        return money
    if evidence.given.fee is not None or evidence.fees == "on_top":
        return replace(money, fee=fee)
    if evidence.fees == "inside" or money.fees_inside:
        return replace(money, fee_within=fee)
    name = evidence.headings[fee] if fee < len(evidence.headings) and evidence.headings[fee] else f"#{fee + 1}"
    message = (
        f"the file has fees in a column of their own, and nothing shows whether the amounts contain them: "
        f"{name!r} takes them on top of the amounts, {NO_FEE!r} leaves the amounts as they are"
    )
    return Question(about="fee", message=message, candidates=(name, NO_FEE))
