"""What the lists hold, and that what is built from them is what is committed."""

import subprocess
import sys
from pathlib import Path

from benchmarks.bench_categorizer import SETS_BY_AGE, listed, rows_of
from benchmarks.categorizer_streams import curve, grouping, household
from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.categorizer import calibration
from finapp.transactions.domain.categorizer.knowledge import key_of

ROOT = Path(__file__).parents[3]
LISTS = ROOT / "tools" / "knowledge"


def names(path: Path) -> set[str]:
    """Keys of the names of a list, without their other spellings."""
    found = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "[")):
            name, _, spellings = line.partition("|")
            found |= {key_of(name)} if spellings else {key_of(part) for part in name.split(",")}
    return found - {""}


def test_the_own_list_has_more_than_eight_thousand_names_that_the_brand_index_has_not() -> None:
    own = set().union(*(names(path) for path in LISTS.glob("names/*.txt")))
    assert len(own - names(LISTS / "brands.txt")) >= 8_000


def test_no_name_means_two_things_in_one_country() -> None:
    meanings: dict[tuple[str, str], set[str]] = {}
    for path in LISTS.glob("names/*.txt"):
        country = "" if path.stem == "world" else path.stem[:2].upper()
        leaf = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                leaf = line.strip("[]")
            elif line and not line.startswith("#"):
                for name in line.partition("|")[0].split(","):
                    meanings.setdefault((key_of(name), country), set()).add(leaf.split(" ")[0])
    assert {key: found for key, found in meanings.items() if len(found) > 1 and key[0]} == {}


def test_the_calibration_is_what_the_record_at_first_sight_gives() -> None:
    done = subprocess.run([sys.executable, str(LISTS / "calibrate.py"), "--check"], check=False)
    assert done.returncode == 0


def test_the_record_counts_the_rows_of_the_open_sets() -> None:
    said: dict[str, int] = {}
    for one in calibration.record().sets:
        name = "unseen" if one.name.startswith("unseen") else one.name
        said[name] = said.get(name, 0) + one.rows
    assert set(said) == set(SETS_BY_AGE)
    assert all(abs(said[name] - len(rows_of(name))) <= 1 for name in SETS_BY_AGE)


def test_believed_confidences_rise_with_the_stated_ones_and_stay_below_certainty() -> None:
    shipped = calibration.shipped()
    for source in ("brand", "model", "template", "word"):
        believed = [shipped.of(source, stated / 100) for stated in range(1, 101)]
        assert believed == sorted(believed)
        assert 0 < believed[0] <= believed[-1] <= 0.995
    assert shipped.of("memory", 0.97) == 0.97


def test_what_is_never_suggested_is_no_meaning_of_any_name() -> None:
    text = (ROOT / "src/finapp/transactions/data/knowledge.txt").read_text(encoding="utf-8")
    assert taxonomy.CARD_SPENDING_UNSEEN not in text
    assert taxonomy.CARD_SPENDING_UNSEEN not in taxonomy.LEAF_CODES


def test_how_many_payees_of_the_open_sets_stand_in_the_lists_is_reported(capsys: object) -> None:
    shares = {name: listed(rows_of(name)) for name in SETS_BY_AGE}
    sys.stdout.write("".join(f"{name}: {share:.0%} of payees hold a listed name\n" for name, share in shares.items()))
    assert all(0.3 < share < 0.95 for share in shares.values())


def test_spellings_of_a_merchant_come_together() -> None:
    assert grouping()[1] >= 0.96


def test_a_household_that_corrects_what_it_sees_is_understood_soon() -> None:
    found = curve(household(rows_of("us_third"), 7))
    assert found.early >= 0.80
    assert found.late >= 0.97
    assert found.corrections <= 15
    assert found.again >= 0.99
