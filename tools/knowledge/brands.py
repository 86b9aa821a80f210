"""Makes `brands.txt` from the npm package `name-suggestion-index` (OpenStreetMap brand presets, BSD-3-Clause).

    npm pack name-suggestion-index && tar xzf name-suggestion-index-*.tgz
    python tools/knowledge/brands.py package/dist/json/nsi.json

Guards: a brand must have two words or five letters, must not be a common word, a city, a given name or a word of our
own word lists, and keeps the countries it trades in; brands of countries that are not served are left out. `build.py`
lets our own list decide wherever both know a spelling.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

from finapp.transactions.domain.categorizer.knowledge import key_of, tokens  # noqa: E402  # the path above must come first
from finapp.transactions.domain.descriptor.cleaning import CITIES  # noqa: E402

LISTS = Path(__file__).parent
SERVED = "in us gb de fr nl es it ca au za sg ae ie nz be at ch pt".split()
EVERYWHERE = "001"
UNCOMMON_FROM = 5

# Tag of the preset (key/value) -> leaf; a key alone stands for all its other values.
LEAF_OF_TAG = {
    "amenity/fast_food": "dining", "amenity/restaurant": "dining", "amenity/cafe": "dining", "amenity/pub": "dining",
    "amenity/bar": "dining", "amenity/ice_cream": "dining", "amenity/fuel": "fuel", "amenity/charging_station": "fuel",
    "amenity/pharmacy": "health", "amenity/dentist": "health", "amenity/clinic": "health", "amenity/doctors": "health",
    "amenity/hospital": "health", "amenity/veterinary": "pets", "amenity/cinema": "entertainment",
    "amenity/childcare": "childcare", "amenity/kindergarten": "childcare", "amenity/language_school": "education",
    "amenity/driving_school": "education", "amenity/prep_school": "education", "amenity/parking": "transport",
    "amenity/car_rental": "travel", "amenity/car_sharing": "transport", "amenity/car_wash": "auto",
    "amenity/bicycle_rental": "transport", "amenity/money_transfer": "transfer", "amenity/payment_centre": "services",
    "amenity/post_office": "services", "amenity/gambling": "entertainment", "amenity/vehicle_inspection": "auto",
    "leisure/fitness_centre": "personal_care", "leisure/bowling_alley": "entertainment",
    "leisure/trampoline_park": "entertainment", "leisure/amusement_arcade": "entertainment",
    "tourism/hotel": "travel", "tourism/motel": "travel", "tourism/hostel": "travel", "tourism/caravan_site": "travel",
    "office/insurance": "insurance", "office/tax_advisor": "services", "office/estate_agent": "housing",
    "office/telecommunication": "telecom", "office/moving_company": "services", "office/coworking": "services",
    "healthcare/laboratory": "health", "healthcare/optometrist": "health", "healthcare/physiotherapist": "health",
    "healthcare/audiologist": "health", "healthcare/clinic": "health", "healthcare/counselling": "health",
    "shop/supermarket": "groceries", "shop/convenience": "groceries", "shop/alcohol": "groceries",
    "shop/greengrocer": "groceries", "shop/butcher": "groceries", "shop/seafood": "groceries",
    "shop/frozen_food": "groceries",
    "shop/wholesale": "groceries", "shop/health_food": "groceries", "shop/dairy": "groceries",
    "shop/cheese": "groceries",
    "shop/beverages": "groceries", "shop/deli": "groceries", "shop/wine": "groceries", "shop/food": "groceries",
    "shop/bakery": "dining", "shop/pastry": "dining", "shop/coffee": "dining", "shop/confectionery": "groceries",
    "shop/chocolate": "groceries", "shop/tea": "groceries", "shop/chemist": "personal_care",
    "shop/cosmetics": "personal_care",
    "shop/perfumery": "personal_care", "shop/hairdresser": "personal_care", "shop/beauty": "personal_care",
    "shop/massage": "personal_care", "shop/hairdresser_supply": "personal_care", "shop/tattoo": "personal_care",
    "shop/optician": "health", "shop/hearing_aids": "health", "shop/medical_supply": "health", "shop/pet": "pets",
    "shop/pet_grooming": "pets", "shop/doityourself": "home", "shop/hardware": "home", "shop/furniture": "home",
    "shop/garden_centre": "home", "shop/houseware": "home", "shop/kitchen": "home", "shop/bed": "home",
    "shop/carpet": "home",
    "shop/flooring": "home", "shop/paint": "home", "shop/curtain": "home", "shop/bathroom_furnishing": "home",
    "shop/interior_decoration": "home", "shop/appliance": "home", "shop/tiles": "home", "shop/trade": "home",
    "shop/lighting": "home", "shop/window_blind": "home", "shop/locksmith": "home", "shop/car": "auto",
    "shop/car_repair": "auto", "shop/car_parts": "auto", "shop/tyres": "auto", "shop/motorcycle": "auto",
    "shop/motorcycle_repair": "auto", "shop/travel_agency": "travel", "shop/florist": "gifts_donations",
    "shop/gift": "gifts_donations", "shop/mobile_phone": "telecom", "shop/telecommunication": "telecom",
    "shop/laundry": "services", "shop/dry_cleaning": "services", "shop/copyshop": "services",
    "shop/storage_rental": "services", "shop/rental": "services", "shop/funeral_directors": "services",
    "shop/lottery": "entertainment", "shop/bookmaker": "entertainment", "shop/ticket": "entertainment",
    "shop/charity": "shopping", "shop/pawnbroker": "loan", "shop/money_lender": "loan", "shop": "shopping",
}  # fmt: skip
SKIPPED = ("shop/yes", "shop/vacant", "shop/gas", "shop/kiosk", "shop/newsagent")


def leaf_of(path: str) -> str | None:
    """The leaf of `brands/shop/bakery`, None when the tag says too little."""
    tag = path.removeprefix("brands/")
    if tag in SKIPPED:
        return None
    return LEAF_OF_TAG.get(tag) or LEAF_OF_TAG.get(tag.split("/")[0])


def countries(item: dict[str, object]) -> list[str] | None:
    """Served countries of an item, [] for everywhere, None for none of them."""
    location = item.get("locationSet", {})
    include = location.get("include", []) if isinstance(location, dict) else []
    codes = [str(code).lower() for code in include]
    if EVERYWHERE in codes:
        return []
    # "us-ny.geojson" and the like narrow a country; the country is what a statement knows.
    found = {code[:2] for code in codes if len(code) == 2 or code[2:3] == "-"}
    served = sorted(found & set(SERVED))
    return [code.upper() for code in served] or None


def common_words() -> set[str]:
    """Keys that are no brand: our local words, given names, cities and common words."""
    words = set(CITIES)
    for stem in ("words", "phrases", "people", "common"):
        for line in (LISTS / f"{stem}.txt").read_text(encoding="utf-8").splitlines():
            if not line.startswith(("#", "[")):
                words.update(key_of(part) for part in line.split(","))
    return words


def brands(path: Path) -> Iterator[tuple[str, str, str]]:
    """(leaf, countries, name) of every brand that passes the guards."""
    common = common_words()
    presets = json.loads(path.read_text(encoding="utf-8"))["nsi"]
    for preset, content in presets.items():
        leaf = leaf_of(preset) if preset.startswith("brands/") else None
        if leaf is None:
            continue
        for item in content["items"]:
            codes = countries(item)
            name = str(item["displayName"]).split(" (")[0].strip()
            words = tokens(name)
            key = key_of(name)
            long_enough = len(key) >= (UNCOMMON_FROM if len(words) < 2 else 4)
            if codes is None or not long_enough or key in common or not name.isprintable() or "|" in name:
                continue
            # Everywhere needs a name that can hardly be anything else.
            if not codes and len(words) < 2 and len(key) < 7:
                continue
            if name.startswith(("[", "#")) or not all(ord(letter) < 0x250 for letter in name) or "," in name:
                continue
            yield leaf, " ".join(codes), name


def main() -> int:
    """Write `brands.txt`, one section per leaf and country set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("nsi", type=Path)
    by_head: dict[str, set[str]] = defaultdict(set)
    for leaf, codes, name in brands(parser.parse_args().nsi):
        by_head[f"{leaf} {codes}".strip()].add(name)
    lines = ["# Made by brands.py from name-suggestion-index (BSD-3-Clause); do not edit."]
    for head in sorted(by_head):
        lines += [f"[{head}]", *sorted(by_head[head])]
    (LISTS / "brands.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{sum(map(len, by_head.values()))} brands" + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
