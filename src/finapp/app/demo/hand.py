"""One household written by hand: six equal months in one account, in the layout and narrations of several banks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from finapp.app.demo.statements.sheet import Sheet
from finapp.app.demo.statements.writing import written
from finapp.app.demo.truth import Account, Flow, Row
from finapp.kernel.months import add_months

Variant = Literal["hdfc", "icici", "sbi", "axis", "plain"]
Current = Literal["none", "partial"]
VARIANTS: tuple[Variant, ...] = get_args(Variant)
MONTHS = 6
_OPENING = Decimal("250000.00")


@dataclass(frozen=True, kw_only=True)
class _Line:
    day: int
    amount: int
    category: str
    flow: Flow
    merchant: str | None
    texts: dict[Variant, str]


def _texts(hdfc: str, icici: str, sbi: str, axis: str, plain: str) -> dict[Variant, str]:
    return {"hdfc": hdfc, "icici": icici, "sbi": sbi, "axis": axis, "plain": plain}


_MONTH = (
    _Line(
        day=1,
        amount=120_000,
        category="income_salary",
        flow="income",
        merchant="Infosys",
        texts=_texts(
            "NEFT CR-CITI0000003-INFOSYS LIMITED-A KUMAR-CITIN{y}{m}01447120",
            "NEFT-CITIN{y}{m}01447120-INFOSYS LIMITED-SALARY {m}/{Y}-0004471-CITI0000003",
            "BY TRANSFER-NEFT*CITI0000003*CITIN{y}{m}01447120*INFOSYS LIMITED--",
            "NEFT/CITIN{y}{m}01447120/INFOSYS LIMITED/CITIBANK/SALARY",
            "SALARY INFOSYS LIMITED {m}/{Y}",
        ),
    ),
    _Line(
        day=3,
        amount=-25_000,
        category="housing",
        flow="expense",
        merchant="Ramesh K",
        texts=_texts(
            "IMPS-{y}{m}03118201-RAMESH K-SBIN-XXXXXXX4410-RENT",
            "MMT/IMPS/{y}{m}03118201/RENT/RAMESH K/SBIN0001234",
            "TO TRANSFER-INB IMPS/P2A/{y}{m}03118201/RAMESH K/HOUSE RENT--",
            "IMPS/P2A/{y}{m}03118201/RAMESH K/STATE BANK OF INDIA/RENT",
            "HOUSE RENT TO RAMESH K",
        ),
    ),
    _Line(
        day=5,
        amount=-30_000,
        category="loan",
        flow="debt",
        merchant="LIC Housing Finance",
        texts=_texts(
            "ACH D- LIC HOUSING FINANCE LTD-61200417",
            "ACH/LIC HOUSING FINANCE/ICIC70061200417/61200417",
            "DEBIT-ACHDr INDP00061200417 LIC HOUSING FINANCE LTD--",
            "ACH-DR-LIC HOUSING FINANCE LTD-61200417",
            "HOME LOAN EMI LIC HOUSING FINANCE 61200417",
        ),
    ),
    _Line(
        day=7,
        amount=-10_000,
        category="investment",
        flow="investment",
        merchant="Indian Clearing Corp",
        texts=_texts(
            "ACH D- INDIAN CLEARING CORP-SIP 000044512",
            "ACH/INDIAN CLEARING CORP/ICIC70000044512/SIP",
            "DEBIT-ACHDr INDP000044512 INDIAN CLEARING CORP SIP--",
            "ACH-DR-INDIAN CLEARING CORP SIP-000044512",
            "MUTUAL FUND SIP INDIAN CLEARING CORP",
        ),
    ),
    _Line(
        day=9,
        amount=-1_200,
        category="dining",
        flow="expense",
        merchant="Swiggy",
        texts=_texts(
            "UPI-SWIGGY-SWIGGY@YBL-YESB0YBLUPI-{y}{m}09220415-PAYMENT FROM PHONE",
            "UPI/{y}{m}09220415/Payment from Ph/swiggy@ybl/YES BANK LIMITE/ICI8F20A1C4",
            "TO TRANSFER-UPI/DR/{y}{m}09220415/SWIGGY/YESB/swiggy@ybl/Payment--",
            "UPI/P2M/{y}{m}09220415/SWIGGY/Payment from/YES BANK LTD",
            "SWIGGY FOOD ORDER",
        ),
    ),
    _Line(
        day=11,
        amount=-6_000,
        category="groceries",
        flow="expense",
        merchant="DMart",
        texts=_texts(
            "POS 416021XXXXXX1598 AVENUE SUPERMARTS LTD",
            "VPS/AVENUE SUPE/{Y}{m}111830/{y}{m}11330912/MUMBAI",
            "by debit card-SBIPOS00{y}{m}11330912DMART AVENUE SUPERMARTS MUMBAI--",
            "POS/AVENUE SUPERMARTS LTD/MUMBAI/11{m}{y}/18:30",
            "DMART AVENUE SUPERMARTS",
        ),
    ),
    _Line(
        day=13,
        amount=-1_800,
        category="utilities",
        flow="expense",
        merchant="BESCOM",
        texts=_texts(
            "UPI-BESCOM-BESCOM.BILLPAY@ICICI-ICIC0DC0099-{y}{m}13440117-ELECTRICITY BILL",
            "BIL/ONL/000{y}{m}13440/BESCOM/1188204417",
            "TO TRANSFER-UPI/DR/{y}{m}13440117/BESCOM/ICIC/bescom.bil/ELECTRI--",
            "UPI/P2M/{y}{m}13440117/BESCOM/ELECTRICITY/ICICI BANK",
            "BESCOM ELECTRICITY BILL",
        ),
    ),
    _Line(
        day=15,
        amount=-4_000,
        category="insurance",
        flow="expense",
        merchant="LIC",
        texts=_texts(
            "ACH D- LIC OF INDIA-883120045",
            "ACH/LIC OF INDIA/ICIC700883120045/883120045",
            "DEBIT-ACHDr INDP0883120045 LIC OF INDIA--",
            "ACH-DR-LIC OF INDIA-883120045",
            "LIC OF INDIA PREMIUM 883120045",
        ),
    ),
    _Line(
        day=18,
        amount=-12_000,
        category="card_spending_unseen",
        flow="expense",
        merchant=None,
        texts=_texts(
            "IB BILLPAY DR-HDFCCC-437551XXXXXX1234",
            "BIL/ONL/000{y}{m}18550/HDFC Credit Card/437551XXXXXX1234",
            "TO TRANSFER-INB CC PAYMENT HDFC CREDIT CARD 437551XXXXXX1234--",
            "CreditCard Payment XX 1234 Ref#{y}{m}18550",
            "CREDIT CARD BILL PAYMENT HDFC CARD 1234",
        ),
    ),
    _Line(
        day=20,
        amount=-15_000,
        category="transfer",
        flow="transfer",
        merchant=None,
        texts=_texts(
            "50100998877665-TPT-SELF-A KUMAR",
            "BIL/INFT/E{y}{m}20A117/Self/A KUMAR",
            "TO TRANSFER-INB Self--TRANSFER TO 00000030998877665 A KUMAR",
            "TRF/A KUMAR/918010099887766/Own Account",
            "TRANSFER TO OWN SAVINGS A KUMAR",
        ),
    ),
)


def six_equal_months(variant: Variant, *, first: date, current: Current = "none") -> bytes:
    """The statement of one salary account over six equal months from `first`, a first of a month.

    Every month: salary +120,000; rent 25,000; dining 1,200; groceries 6,000; electricity 1,800; life premium 4,000;
    the bill of a card whose statements are elsewhere 12,000; home-loan instalment 30,000; SIP 10,000; 15,000 to own
    savings. So income is 120,000, living cost 50,000, debt service 30,000 and 40,000 is saved. With `current` "partial"
    a seventh month follows that ends on its third day. Raises ValueError when `first` is not a first of a month.
    """
    if first.day != 1:
        raise ValueError("begin on the first day of a month")
    rows = tuple(six_equal_rows(variant, first=first, current=current))
    sheet = Sheet(account=_account(variant), first=first, last=rows[-1].date, opening=_OPENING, rows=rows)
    return b"".join(written(variant, sheet))


def _account(variant: Variant) -> Account:
    return Account(
        id="salary",
        name="Salary account",
        kind="checking",
        bank=variant,
        layout=variant,
        number="50100123451598",
        currency="INR",
        opening_balance=_OPENING,
        annual_rate=Decimal("0.03"),
        holder="A KUMAR",
    )


def six_equal_rows(variant: Variant, *, first: date, current: Current = "none") -> Iterator[Row]:
    """The rows of that statement with their truth."""
    balance = _OPENING
    number = 0
    for month in range(MONTHS + (current == "partial")):
        begin = add_months(first, month)
        for line in _MONTH:
            if month == MONTHS and line.day > 3:
                break
            number += 1
            balance += line.amount
            text = line.texts[variant].format(y=f"{begin:%y}", Y=f"{begin:%Y}", m=f"{begin:%m}")
            yield Row(
                key=f"salary:{number:07d}",
                account_id="salary",
                date=begin.replace(day=line.day),
                amount=Decimal(line.amount).quantize(_OPENING),
                balance=balance,
                description=text,
                counterparty="",
                channel="",
                reference=f"{begin:%y%m}{line.day:02d}{number:06d}",
                category=line.category,
                flow=line.flow,
                merchant=line.merchant,
                transfer_id=None,
                refund_id=None,
                series_id=None,
            )
