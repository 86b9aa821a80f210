"""Words that mean together what none of them means alone, and amounts that tell what words leave open."""

from decimal import Decimal

import pytest

from finapp.transactions.domain.categorizer import Line, Suggestion, suggest


def said(text: str, country: str = "GB", amount: int = -60) -> Suggestion:
    return suggest([Line(description=text, amount=Decimal(amount))], country=country)[0]


@pytest.mark.parametrize(
    "text",
    ["TRANSFER TO BILLS POT", "SO M TAYLOR BILLS ACCOUNT", "FPI M TAYLOR JOINT ACCOUNT BILLS", "TFR TO BILLS",
     "SO TAYLOR BILLS", "FASTER PAYMENTS RECEIPT REF.BILLS FROM M TAYLOR"],
)  # fmt: skip
def test_money_put_aside_for_bills_is_a_transfer(text: str) -> None:
    assert said(text).category == said(text, amount=60).category == "transfer"


@pytest.mark.parametrize("text", ["BILL'S READING", "BILLS RESTAURANT LEEDS", "CARD PAYMENT TO BILLS SOHO"])
def test_the_restaurant_of_that_name_stays_one(text: str) -> None:
    assert said(text).category == "dining"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("SO TO CASH ISA", "transfer"), ("CASH ISA", "transfer"), ("TO ISA", "transfer"), ("REG SAVER", "transfer"),
        ("SO REGULAR SAVER", "transfer"), ("HELP TO BUY ISA", "transfer"), ("STOCKS ISA", "investment"),
        ("LIFETIME ISA", "investment"), ("CASH WITHDRAWAL AT LINK", "cash"),
    ],
)  # fmt: skip
def test_money_into_a_british_savings_account_is_no_cash(text: str, category: str) -> None:
    assert said(text).category == category


@pytest.mark.parametrize(
    ("text", "country", "category"),
    [
        ("TESCO BANK ATM", "GB", "cash"), ("SAINSBURYS BANK ATM HEDGE END", "GB", "cash"),
        ("LLOYDS BANK ATM", "GB", "cash"), ("CHASE BANK ATM FEE", "US", "bank_fees"),
        ("TESCO STORES 3114", "GB", "groceries"),
    ],
)  # fmt: skip
def test_a_cash_machine_is_one_whoever_keeps_it(text: str, country: str, category: str) -> None:
    assert said(text, country).category == category


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("LEEDS CITY COUNCIL PARKING", "transport"), ("DORSET COUNTY COUNCIL CAR PARK", "transport"),
        ("LEEDS CITY COUNCIL LEISURE", "entertainment"), ("EAST RIDING COUNCIL SWIM", "entertainment"),
        ("KENT COUNTY COUNCIL SCHOOL MEALS", "education"), ("DD KENT COUNTY COUNCIL", "taxes_gov"),
        ("COUNCIL CAFE LEEDS", "dining"), ("LAMBETH COUNCIL HOUSING RENT", "rent"), ("BOROUGH COUNCIL RENT", "rent"),
        ("LB WANDSWORTH CTAX", "taxes_gov"), ("RB KINGSTON CTAX", "taxes_gov"),
    ],
)  # fmt: skip
def test_what_a_council_sells_decides_before_the_council(text: str, category: str) -> None:
    assert said(text).category == category


@pytest.mark.parametrize(
    ("text", "amount", "category"),
    [
        ("BANK GIRO CREDIT REF NHS", 1900, "income_salary"),
        ("BANK GIRO CREDIT REF SAINSBURYS", 1900, "income_salary"),
        ("BGC TESCO STORES", 1900, "income_salary"),
        ("BGC AVIVA INSURANCE", 1900, "income_other"),
        ("BGC TESCO STORES", 20, "groceries"),
    ],
)
def test_a_large_credit_from_a_shop_is_wages_and_a_small_one_a_refund(text: str, amount: int, category: str) -> None:
    found = said(text, amount=amount)
    assert (found.category, found.needs_review) == (category, True)


@pytest.mark.parametrize(
    ("text", "country", "category"),
    [
        ("SCHOOL SUBS", "GB", "education"), ("UNISON SUBS", "GB", "subscriptions"),
        ("SWIMMING CLUB SUBS", "GB", "entertainment"), ("SO BEAVERS SUBS", "GB", "entertainment"),
        ("JERSEY MIKES SUBS", "US", "dining"), ("TONYS SUBS", "US", "dining"),
    ],
)  # fmt: skip
def test_subs_are_dues_in_britain_and_sandwiches_elsewhere(text: str, country: str, category: str) -> None:
    assert said(text, country).category == category


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("FPO M TAYLOR CLEANER", "home"), ("FPO M TAYLOR WINDOW CLEANER", "home"), ("SO M TAYLOR GARDENER", "home"),
        ("FPO M TAYLOR PLASTERER", "home"), ("FPO M TAYLOR ROOFER", "home"), ("FPO M TAYLOR ELECTRICIAN", "home"),
        ("FPO M TAYLOR DECORATOR", "home"), ("FPO M TAYLOR PIANO LESSONS", "education"),
        ("M TAYLOR GUITAR LESSONS", "education"), ("FPO M TAYLOR MATHS TUTOR", "education"),
        ("FPO M TAYLOR", "transfer"),
    ],
)  # fmt: skip
def test_a_trade_beside_a_name_says_what_a_person_is_paid_for(text: str, category: str) -> None:
    assert said(text).category == category


@pytest.mark.parametrize(
    ("text", "country", "category"),
    [
        ("SPOTIFYUK", "GB", "subscriptions"), ("DD SPOTIFYUK", "GB", "subscriptions"),
        ("STARLING CHILDCARE", "GB", "childcare"), ("STARLING", "GB", "transfer"),
        ("SO CAL GAS", "US", "utilities"), ("SO CAL EDISON", "US", "utilities"),
        ("UPI/DR/412345678/SRI SAI/HDFC/bpcl.12345/Payment", "IN", "fuel"),
        ("UPI-SHREE BALAJI-iocl.12345@SBI-123456789012-UPI", "IN", "fuel"),
    ],
)  # fmt: skip
def test_names_run_together_or_beside_another_trade_are_read(text: str, country: str, category: str) -> None:
    assert said(text, country).category == category


@pytest.mark.parametrize("text", ["ACH C- HDFC BANK LTD-INTDIV25", "ACH C- ITC LIMITED-DIV2526"])
def test_a_dividend_with_its_year_is_no_wage(text: str) -> None:
    assert said(text, "IN", 500).category == "income_interest"


@pytest.mark.parametrize(
    ("text", "country", "amount", "category"),
    [
        ("UPI-NEW DURGA HOTEL-Q123456@YBL-123", "IN", -200, "dining"), ("NEW DURGA HOTEL", "IN", -200, "dining"),
        ("NEW DURGA HOTEL", "IN", -4200, "travel"), ("PARK LANE HOTEL", "GB", -200, "travel"),
    ],
)  # fmt: skip
def test_an_indian_hotel_at_the_price_of_a_meal_serves_one(text: str, country: str, amount: int, category: str) -> None:
    assert said(text, country, amount).category == category
