"""The layers in their order, what they say, and what they learn."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.categorizer import Correction, Learned, Line, Rule, Suggestion, suggest
from finapp.transactions.domain.categorizer.knowledge import Knowledge
from finapp.transactions.domain.categorizer.learning import remember

ROOT = Path(__file__).parents[3]
DATA = ROOT / "src" / "finapp" / "transactions" / "data"
DAY = date(2025, 5, 3)


def said(
    text: str, amount: int | str = -100, country: str = "IN", mcc: str | None = None, **learned: object
) -> Suggestion:
    line = Line(description=text, amount=Decimal(amount), mcc=mcc)
    return suggest([line], country=country, learned=Learned(**learned))[0]  # type: ignore[arg-type]  # by keyword


def taught(*decided: tuple[str, int, str]) -> dict[str, object]:
    corrections = tuple(
        Correction(description=text, amount=Decimal(amount), category=category, on=DAY)
        for text, amount, category in decided
    )
    cold = [said(one.description, str(one.amount)) for one in corrections]
    return {"memories": remember(zip(corrections, cold, strict=True)), "corrections": corrections}


def test_the_taxonomy_has_31_leaves_in_14_groups_and_no_leaf_outside() -> None:
    assert (len(taxonomy.LEAVES), len(taxonomy.GROUPS)) == (31, 14)
    assert {leaf.group for leaf in taxonomy.LEAVES} == {group.code for group in taxonomy.GROUPS}
    assert taxonomy.CARD_SPENDING_UNSEEN not in taxonomy.LEAF_CODES


@pytest.mark.parametrize(
    ("text", "amount", "country", "category", "source"),
    [
        ("UPI-BUNDL TECHNOLOGIES-SWIGGY@ICICI-1", -300, "IN", "dining", "brand"),
        ("POS AVENUE SUPERMARTS LTD", -900, "IN", "groceries", "brand"),
        ("COSTCO GAS #0681 AUSTIN TX", -40, "US", "fuel", "brand"),
        ("DD TESCO BANK CREDIT CARD", -110, "GB", "card_payment", "template"),
        ("SALARY OCT", 1000, "IN", "income_salary", "template"),
        ("SRI LAKSHMI MEDICALS", -100, "IN", "health", "word"),
        ("TRADING 212 UK LONDON", -100, "GB", "investment", "brand"),
        ("ADDEBITO DIRETTO SDD FASTWEB SPA", -30, "IT", "telecom", "brand"),
        ("FASTAG RECHARGE ICICI BANK", -500, "IN", "transport", "brand"),
    ],
)
def test_each_layer_of_the_knowledge_speaks_where_it_should(
    text: str, amount: int, country: str, category: str, source: str
) -> None:
    found = said(text, amount, country)
    assert (found.category, found.source) == (category, source)
    assert found.why


def test_the_same_word_means_another_thing_in_another_country() -> None:
    assert said("WOOLWORTHS 1234", -9, "AU").category == "groceries"
    assert said("TOTAL ACCESS", -9, "FR").category == "fuel"


def test_nonsense_is_not_decided() -> None:
    found = said("QXZV WJQ", -5, "US")
    assert found.category is None
    assert found.category_best is not None
    assert len(found.candidates) == 3
    assert sum(one.confidence for one in found.candidates) <= 1.0001


def test_a_merchant_category_code_decides_where_the_knowledge_is_silent() -> None:
    found = said("QXZV WJQ", -5, "US", mcc="5411")
    assert (found.category, found.source) == ("groceries", "mcc")
    assert said("NETFLIX.COM", -5, "US", mcc="4899").source == "brand"


def test_one_correction_decides_the_same_merchant_and_direction_whatever_the_reference() -> None:
    learned = taught(("UPI-MEERA TIFFINS-Q1@YBL-1234567", -120, "childcare"))
    again = said("UPI-MEERA TIFFINS-Q1@YBL-7654321", -500, **learned)
    assert (again.category, again.source, again.why) == ("childcare", "memory", "your correction of 3 May")
    assert said("UPI-MEERA TIFFINS-Q1@YBL-7654321", 500, **learned).source != "memory"


def test_a_person_who_is_paid_for_two_things_is_told_apart_by_the_amount() -> None:
    learned = taught(
        ("UPI-RAMESH KUMAR-1@YBL-1", -25000, "housing"), ("UPI-RAMESH KUMAR-1@YBL-2", -500, "groceries"),
        ("UPI-RAMESH KUMAR-1@YBL-3", -25000, "housing"),
    )  # fmt: skip
    assert said("UPI-RAMESH KUMAR-1@YBL-9", -500, **learned).category == "groceries"
    assert said("UPI-RAMESH KUMAR-1@YBL-9", -25000, **learned).category == "housing"


def test_the_newest_of_two_decisions_for_a_payee_is_followed_unless_older_ones_outvote_it() -> None:
    changed_mind = taught(("BLUE DOOR 1", -10, "home"), ("BLUE DOOR 2", -30, "pets"))
    assert said("BLUE DOOR 3", -90, "US", **changed_mind).category_best == "pets"
    once_otherwise = taught(
        ("BLUE DOOR 1", -10, "home"), ("BLUE DOOR 2", -30, "home"), ("BLUE DOOR 3", -50, "home"),
        ("BLUE DOOR 4", -70, "pets"),
    )  # fmt: skip
    assert said("BLUE DOOR 5", -200, "US", **once_otherwise).category_best == "home"


def test_an_amount_close_to_a_remembered_one_means_the_same_kind_of_payment() -> None:
    learned = taught(("AMZN MKTP US*A1", -15, "subscriptions"), ("AMZN MKTP US*B2", -80, "shopping"))
    assert said("AMZN MKTP US*C3", "-15.40", "US", **learned).category == "subscriptions"
    assert said("AMZN MKTP US*C4", "-79", "US", **learned).category == "shopping"


def test_another_amount_to_a_person_once_put_elsewhere_is_marked_for_review() -> None:
    learned = taught(("UPI-RAMESH KUMAR-1@YBL-1", -25000, "housing"))
    same, other = said("UPI-RAMESH KUMAR-1@YBL-2", -25500, **learned), said("UPI-RAMESH KUMAR-1@YBL-3", -300, **learned)
    assert (same.category, same.needs_review) == ("housing", False)
    assert (other.category, other.needs_review) == ("housing", True)


def test_a_correction_of_a_merchant_counts_for_the_merchants_counted_as_it() -> None:
    decided = Correction(description="QZX KIOSK", amount=Decimal(-3), category="pets", on=DAY)
    cold, other = said("QZX KIOSK", -3, "US"), said("WVK STAND", -3, "US")
    merged = {other.merchant_key: cold.merchant_key}
    found = said("WVK STAND", -4, "US", memories=remember([(decided, cold)], merged), merged=merged)
    assert (found.category, found.source) == ("pets", "memory")


def test_wages_and_rent_are_not_named_by_their_month() -> None:
    october, november = (said(f"MIETE {month} 2025 HAUSBAU EG", -800, "DE") for month in ("OKTOBER", "NOVEMBER"))
    assert october.merchant == november.merchant == "Miete Hausbau EG"
    assert said("APRIL MAY BAKERY", -8, "GB").merchant == "April May Bakery"


def test_a_category_of_the_households_own_is_learned_for_shops_of_its_kind() -> None:
    learned = taught(
        ("QXORV LOFT ONE", -9, "own:pottery"), ("QXORV BARN", -9, "own:pottery"), ("QXORV HALL", -9, "own:pottery")
    )
    found = said("QXORV SHED", -9, "IN", **learned)
    assert found.category_best == "own:pottery"


def test_a_rule_comes_before_everything_and_only_where_it_fits() -> None:
    rule = Rule(id="1", category="gifts_donations", contains="swiggy", direction="out", at_least=Decimal(1000))
    assert said("UPI-SWIGGY-1", -1500, rules=(rule,)).category == "gifts_donations"
    assert said("UPI-SWIGGY-1", -900, rules=(rule,)).category == "dining"
    assert said("UPI-SWIGGY-1", 1500, rules=(rule,)).category == "dining"


def test_replaying_the_same_corrections_gives_the_same_memories() -> None:
    decided = (("A SHOP", -5, "home"), ("A SHOP", -6, "pets"), ("B SHOP", 7, "income_other"))
    assert taught(*decided)["memories"] == taught(*decided)["memories"]


def test_the_knowledge_is_what_the_lists_give_and_stays_small() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "tools/knowledge/build.py"), "--check"], check=False)
    assert done.returncode == 0
    assert (DATA / "knowledge.txt").stat().st_size <= 2 * 1024 * 1024
    assert (DATA / "model.npz").stat().st_size <= 1.5 * 1024 * 1024


def test_no_pickle_is_read_or_written_anywhere_in_the_categorizer() -> None:
    for path in (*ROOT.glob("src/finapp/transactions/domain/**/*.py"), *ROOT.glob("tools/knowledge/*.py")):
        text = path.read_text(encoding="utf-8")
        assert "import pickle" not in text, path
        assert "allow_pickle=True" not in text, path


def test_numpy_is_not_imported_until_a_row_needs_the_model() -> None:
    code = (
        "import sys; from decimal import Decimal; from finapp.transactions.domain.categorizer import Line, suggest;"
        "suggest([Line(description='NETFLIX.COM', amount=Decimal(-1))], country='US'); sys.exit('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, env={"PYTHONPATH": str(ROOT / "src")})
    assert done.returncode == 0


def test_the_index_finds_the_longest_spellings_and_cut_names() -> None:
    index = Knowledge(
        ["BUNDLTECHNOLOGIES\tb|dining|IN||Swiggy", "COSTCO\tb|groceries|US||Costco", "COSTCOGAS\tb|fuel|US||Costco Gas"]
    )
    found = [(match.start, match.end) for match in index.matches(["COSTCO", "GAS", "STATION"])]
    assert found == [(0, 1), (0, 2)]
    assert [entry.name for entry in index.begun("BUNDLTEC")] == ["Swiggy"]
