"""Six equal months of one household, as ten banks would print them: the movement of money is told apart in each."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from finapp.transactions.domain.categorizer import Line, suggest
from finapp.transactions.domain.movement import Decision, Household, LightRow, OwnAccount, decide

AMOUNTS = {
    "salary": 120_000, "rent": -25_000, "food": -1_200, "groceries": -6_000, "power": -1_800, "premium": -4_000,
    "card": -12_000, "instalment": -30_000, "sip": -10_000, "savings": -15_000,
}  # fmt: skip
FLOWS = {
    "salary": "income", "rent": "expense", "food": "expense", "groceries": "expense", "power": "expense",
    "premium": "expense", "card": "expense", "instalment": "debt", "sip": "investment", "savings": "transfer",
}  # fmt: skip
CATEGORIES = {
    "salary": "income_salary", "rent": "housing", "food": "dining", "groceries": "groceries", "power": "utilities",
    "premium": "insurance", "card": "card_spending_unseen", "instalment": "loan", "sip": "investment",
    "savings": "transfer",
}  # fmt: skip

PRINTED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "hdfc": ("IN", (
        "NEFT CR-CITI0000001-ACME TECHNOLOGIES PVT LTD-SALARY OCT-CITIN12345678",
        "NEFT DR-SBIN0001234-RAMESH KUMAR-NETBANK, MUM-N123456789012-RENT",
        "UPI-ZOMATO-ZOMATO@HDFCBANK-HDFC0000001-412345678901-FOOD",
        "POS 416021XXXXXX1234 DMART MUMBAI",
        "UPI-BESCOM-BESCOM@PAYTM-PYTM0123456-412345678902-ELECTRICITY",
        "ACH D- LIC OF INDIA-12345678",
        "IB BILLPAY DR-HDFCSI-416021XXXXXX4321",
        "EMI 12345678 CHQ S12345678901",
        "ACH D- INDIAN CLEARING CORP-0000NY112233",
        "NEFT TO OWN SAVINGS AC",
    )),
    "sbi": ("IN", (
        "BY TRANSFER-NEFT*HDFC0000240*N123456789*ACME PVT LTD SALARY--",
        "TO TRANSFER-UPI/DR/412345678901/RAMESH K/SBIN/9876543210@ybl/rent--",
        "TO TRANSFER-UPI/DR/412345678902/SWIGGY/UTIB/swiggy@axi/Payment--",
        "TO TRANSFER-UPI/DR/412345678903/BIGBASKE/ICIC/bigbasket@/Pay--",
        "BIL/ONL/001234567/TATA POWER/122344",
        "LIC PREMIUM 123456789",
        "SBI CARDS PAYMENT XXXX4321",
        "ACH D- HDFC LTD-HOMELOAN1234567",
        "NACH-DR-ICCL-123456",
        "IMPS TO SELF",
    )),
    "icici": ("IN", (
        "NEFT-CITIN123456-ACME TECHNOLOGIES-SALARY OCT-0001-CITI",
        "MMT/IMPS/412345678901/RENT/RAMESH KU/SBIN0001234",
        "UPI/ZOMATO LTD/zomato-order@p/Payment fr/HDFC BANK/412345678901/ICI1",
        "VPS/RELIANCE FRESH/202405121212/1234/MUMBAI",
        "BIL/BPAY/000123456/MSEDCL/BILL",
        "BIL/ONL/000123457/LIC OF INDIA/POLICY",
        "BIL/ONL/000123458/HDFC CREDIT CARD/4321XXXX",
        "ACH/LIC HOUSING FINANCE LTD/123456",
        "ACH/BSE LTD/1234567/SIP",
        "INF/INFT/012345678901/SELF/OWN SAVINGS",
    )),
    "axis": ("IN", (
        "SAL CREDIT OCT ACME TECHNOLOGIES LIMITED",
        "UPI/P2A/412345678901/RAMESH KUMAR/HDFC BANK/house rent",
        "UPI/P2M/412345678902/SWIGGY/Payment/YES BANK",
        "UPI/P2M/412345678903/AVENUE SUPERMARTS/UPI/ICICI BANK",
        "UPI/P2M/412345678904/ADANI ELECTRICITY/bill/AXIS BANK",
        "NACH-DR-HDFC LIFE INSURANCE CO-9921188",
        "UPI/P2M/412345678905/CRED Club/payment on CRED/AXIS BANK",
        "ECS/HDFC HOME LOAN/12345678",
        "GROWW MF SIP",
        "IMPS/P2A/412345678906/SELF/HDFC/SAVINGS",
    )),
    "kotak": ("IN", (
        "SALARY ACME TECHNOLOGIES OCT",
        "UPI/RAMESH KUMAR/412345678901/rent",
        "UPI/ZOMATO/412345678902/NA",
        "PCD/1234/BIGBASKET/BANGALORE121024/18:30",
        "UPI/TANGEDCO/412345678903/electricity",
        "NACH_DR_LIFE INSURANCE CORPORATION_LIC0012",
        "CREDIT CARD PAYMENT 4321",
        "NACH_DR_TATA CAPITAL HOUSING_TCHFL00112",
        "BSE STAR MF",
        "FUND TRANSFER TO OWN ACCOUNT",
    )),
    "plain": ("IN", (
        "SALARY", "RENT OCT", "FOOD", "GROCERY", "POWER BILL", "LIFE PREMIUM", "BILLPAY HDFC CARD 4321",
        "HOME LOAN EMI", "SIP", "TRANSFER TO OWN SAVINGS",
    )),
    "pnb": ("IN", (
        "NEFT_IN:SALARY ACME TECHNOLOGIES LTD",
        "TPT-RENT-RAMESH KUMAR",
        "UPI/412345678901/12:33:11/UPI/zomato@axl/UPI",
        "POS 512345XXXXXX1234 RELIANCE SMART",
        "BILLDESK*BSES RAJDHANI",
        "SBI LIFE INSURANCE PREMIUM",
        "CRED",
        "NACH DR BAJAJ HOUSING FINANCE EMI",
        "RD INSTALLMENT-50300112233",
        "TRF TO SELF SAVINGS A/C",
    )),
    "us": ("US", (
        "ACME CORP DES:PAYROLL ID:XXXXX1234 INDN:JOHN DOE CO ID:XXXXX PPD",
        "GREYSTAR WEB PMTS RENT WEB ID: 1203874681",
        "CHIPOTLE 0221 AUSTIN TX",
        "TRADER JOE'S #452 AUSTIN TX",
        "CON ED OF NY INTELL CK PPD ID: 2462467002",
        "NORTHWESTERN MU ISA PAYMNT PPD ID: 9000596067",
        "CHASE CREDIT CRD AUTOPAY PPD ID: 4760039224",
        "PENNYMAC CASH WEB ID: 5510094101",
        "VANGUARD BUY INVESTMENT PPD ID: 9231945930",
        "Online Transfer to SAV ...4418 transaction#: 9921884412",
    )),
    "uk": ("GB", (
        "BGC ACME LTD SALARY",
        "STANDING ORDER VIA FASTER PAYMENT TO J SMITH REFERENCE RENT",
        "NANDOS SHEFFIELD",
        "TESCO STORES 3114 LEEDS GB",
        "DD BRITISH GAS 88122134",
        "DD AVIVA LIFE 112883",
        "DD BARCLAYCARD VISA 4929",
        "DD HALIFAX MORTGAGE 88112334",
        "TRADING 212 UK LONDON",
        "TRANSFER TO SAVINGS ACCOUNT",
    )),
    "de": ("DE", (
        "GUTSCHRIFT ACME GMBH LOHN/GEHALT 10/2024",
        "DAUERAUFTRAG HAUSVERWALTUNG KRAUSE MIETE",
        "LIEFERANDO.DE BERLIN",
        "REWE MARKT GMBH-ZW//BERLIN/DE 2024-10-12T18:22:11",
        "SEPA-LASTSCHRIFT VATTENFALL EUROPE SALES GMBH ABSCHLAG STROM",
        "SEPA-LASTSCHRIFT ALLIANZ LEBENSVERSICHERUNGS-AG",
        "KREDITKARTENABRECHNUNG 4321",
        "DARLEHENSRATE 4411223344",
        "SPARPLAN TRADE REPUBLIC BANK GMBH",
        "UMBUCHUNG AUF TAGESGELDKONTO",
    )),
}  # fmt: skip


def decided(bank: str) -> dict[str, Decision]:
    country, narrations = PRINTED[bank]
    rows = []
    for (name, amount), text in zip(AMOUNTS.items(), narrations, strict=True):
        line = Line(description=text, amount=Decimal(amount))
        found = suggest([line], country=country)[0]
        rows.append(
            LightRow(
                id=name,
                account_id="a",
                account_kind="checking",
                date=date(2025, 5, 5),
                amount=line.amount,
                currency="INR",
                description=text,
                category=found.category,
                merchant_key=found.merchant_key,
                confidence=found.confidence,
            )
        )
    movement = decide(rows, Household(accounts=(OwnAccount(id="a", kind="checking"),)))
    return {decision.id: decision for decision in movement.decisions}


@pytest.mark.parametrize("bank", PRINTED)
def test_every_row_of_the_household_gets_its_flow_and_category(bank: str) -> None:
    decisions = decided(bank)
    assert {name: decision.flow for name, decision in decisions.items()} == FLOWS
    assert {name: decision.category for name, decision in decisions.items()} == CATEGORIES


@pytest.mark.parametrize("bank", PRINTED)
def test_nothing_of_the_household_is_asked_and_the_card_bill_says_that_its_card_is_unseen(bank: str) -> None:
    decisions = decided(bank)
    assert not [name for name, decision in decisions.items() if decision.ask]
    assert decisions["card"].reason == "card_unseen"


def test_the_totals_of_the_household_are_those_reckoned_by_hand() -> None:
    decisions = decided("hdfc")
    total = {
        flow: sum(abs(AMOUNTS[name]) for name, d in decisions.items() if d.flow == flow) for flow in FLOWS.values()
    }
    assert total == {"income": 120_000, "expense": 50_000, "debt": 30_000, "investment": 10_000, "transfer": 15_000}
