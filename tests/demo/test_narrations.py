"""Every narration of every bank can be printed, and nothing unfilled is left in it."""

import re
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest

from finapp.app.demo.dice import dice
from finapp.app.demo.narrations import Narrator, day_slots, draw_number, is_rich, number_slots, spelling
from finapp.app.demo.profiles.reading import narrations, profile
from finapp.app.demo.profiles.shape import Shop, Stream
from finapp.app.demo.truth import Account, ProfileName

PROFILES = get_args(ProfileName)
UNFILLED = re.compile(r"[{}]|%\(")


def account(bank: str) -> Account:
    return Account(
        id="a",
        name="Account",
        kind="checking",
        bank=bank,
        layout=None,
        number="50100123451598",
        currency="INR",
        opening_balance=Decimal("0.00"),
        annual_rate=Decimal(0),
        holder="A KUMAR",
    )


@pytest.mark.parametrize("name", PROFILES)
def test_every_narration_of_every_bank_fills_completely(name: ProfileName) -> None:
    tables, random = narrations(name), dice(1)
    narrator = Narrator(profile(name), tables, "A KUMAR", ("PUNE", "MH"))
    payee = narrator.payee(random, "DMart", "AVENUE SUPERMARTS LTD ####", "dmart@ybl", "BILL")
    slots = {**payee, **narrator.other(account("HDFC Bank"), "HDFC0000123")}
    row = number_slots(day_slots(date(2026, 3, 9)), draw_number(random), rich=True)
    for bank, channels in tables.texts.items():
        for channel, variants in channels.items():
            for _ in range(4 * len(variants)):
                printed = narrator.text(random, account(bank), channel, slots) % row
                assert not UNFILLED.search(printed), (bank, channel, printed)
                assert printed.strip()


@pytest.mark.parametrize("name", PROFILES)
def test_every_shop_and_stream_is_spelled_without_separators(name: ProfileName) -> None:
    table, random = profile(name), dice(2)
    entries: tuple[Shop | Stream, ...] = (*table.shops, *table.travel, *table.medical, *table.streams)
    for entry in entries:
        for _ in range(6):
            merchant, printed = spelling(random, entry.merchant, entry.printed)
            assert not set("|;") & set(printed)
            assert merchant.strip()


def test_merchants_of_one_kind_keep_their_own_names() -> None:
    random = dice(3)
    found = {spelling(random, "Pets", "PETCO ####;SQ *PAW SHOP") for _ in range(40)}
    assert found == {("Petco", "PETCO ####"), ("Paw Shop", "SQ *PAW SHOP")}


def test_spellings_of_one_merchant_keep_its_name() -> None:
    random = dice(4)
    found = {spelling(random, "Swiggy", "SWIGGY|BUNDL TECHNOLOGIES") for _ in range(40)}
    assert found == {("Swiggy", "SWIGGY"), ("Swiggy", "BUNDL TECHNOLOGIES")}


def test_upi_references_begin_with_the_year_and_the_day_of_the_year() -> None:
    slots = number_slots(day_slots(date(2026, 2, 3)), 1_234_567_890_123_456, rich=False)
    assert slots["rrn"] == "6034" + "90123456"


def test_only_narrations_with_a_time_or_hexadecimal_digits_are_rich() -> None:
    assert is_rich("UPI/%(h).8s")
    assert is_rich("AT %(t2)s")
    assert not is_rich("UPI-%(rrn)s ON %(d)s")
