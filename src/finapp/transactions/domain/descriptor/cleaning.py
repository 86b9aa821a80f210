"""Strips what is not the payee: references, terminals, masks, dates, store numbers, cities, states, countries."""

import re
from typing import Final

_SEPARATING: Final = frozenset('*/_|,()"[]{}<>;=\\~^`!?:•')
_QUOTES: Final = frozenset("’‘")
_SEPARATORS: Final = [
    " " if letter in _SEPARATING else "'" if letter in _QUOTES else letter for letter in map(chr, range(ord("•") + 1))
]
"""A list by code point: `str.translate` is several times faster with it than with a mapping that lacks most letters."""
_MARKS: Final = re.compile(r"[*/_|,()\"\[\]{}<>;=\\~^`!?:•’‘#]")
STATES: Final = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK OR PA "
    "RI SC SD TN TX UT VA VT WA WI WV WY DC PR ON QC BC AB MB SK NS NB NL PE NSW VIC QLD TAS NT".split()
)
COUNTRIES: Final = frozenset(
    "US USA GB GBR UK IND AUS AU CAN DEU FRA NLD ESP ITA IRL ZAF ZA SGP SG ARE UAE AE BEL AUT CHE LUX PRT".split()
)
_CITY_OPENERS: Final = frozenset(
    "SAN LOS NEW ST ST. SAINT FORT FT LAS EL LA SANTA NORTH SOUTH EAST WEST LAKE MOUNT MT PORT PALM CEDAR GRAND SALT "
    "KANSAS OKLAHOMA LONG BATON COLORADO VIRGINIA BOCA CORAL DEL COSTA CAPE LITTLE DES EDEN CHAPEL BEVERLY REDWOOD "
    "MOUNTAIN FOSTER DALY ROUND JERSEY KING WALNUT THOUSAND HIGH ROCK SIOUX OVERLAND SILVER BOWLING ANN".split()
)
_NOT_A_CITY: Final = frozenset(
    "& AND THE OF COFFEE BREWING TRADING HOLDING TEA BAKING GROUP CENTER CENTRE CLINIC HOSPITAL "
    "MARKET STORE STORES SHOP INC "
    "LLC LTD FINANCE LOANS PHARMACY DENTAL MEDICAL SERVICES SERVICE MUSEUM COLLEGE SCHOOL CHURCH SALON GRILL CAFE "
    "PIZZA HOTEL RESTAURANT GARAGE CLUB CINEMA THEATRE THEATER BAKERY KITCHEN BAR DINER SPA NAILS SCHOOLS".split()
)
CITIES: Final = frozenset(
    "MUMBAI DELHI BANGALORE BENGALURU HYDERABAD CHENNAI KOLKATA PUNE AHMEDABAD JAIPUR GURGAON GURUGRAM NOIDA THANE "
    "LUCKNOW KOCHI INDORE NAGPUR CHANDIGARH SURAT VADODARA COIMBATORE LONDON MANCHESTER BIRMINGHAM LEEDS GLASGOW "
    "EDINBURGH LIVERPOOL BRISTOL SHEFFIELD CARDIFF BELFAST NOTTINGHAM LEICESTER BRIGHTON OXFORD CAMBRIDGE BERLIN "
    "HAMBURG MUENCHEN MÜNCHEN KOELN KÖLN FRANKFURT STUTTGART DUESSELDORF DÜSSELDORF LEIPZIG DORTMUND ESSEN BREMEN "
    "PARIS LYON MARSEILLE TOULOUSE NANTES BORDEAUX LILLE AMSTERDAM ROTTERDAM UTRECHT EINDHOVEN "
    "MADRID BARCELONA VALENCIA "
    "SEVILLA MILANO ROMA TORINO NAPOLI BOLOGNA FIRENZE TORONTO MONTREAL VANCOUVER CALGARY OTTAWA EDMONTON MISSISSAUGA "
    "SYDNEY MELBOURNE BRISBANE PERTH ADELAIDE CANBERRA JOHANNESBURG SANDTON PRETORIA DURBAN SINGAPORE DUBAI "
    "SHARJAH DUBLIN WIEN BRUSSELS".split()
)
PLACES: Final = CITIES | COUNTRIES | STATES
"""What may stand at the end of a payee without being part of it."""
_MASK: Final = re.compile(r"[X*#.\-]*[X*#]{2,}[\dX*#.\-]*\d{0,4}|X+\d+")
_MONTH_DAY: Final = re.compile(r"\d{1,2}(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\d{0,4}")
_GLUED: Final = re.compile(r"([A-Z]{3,})-\d{4,}|(AIR)\d{10,}")
_GLUED_FIRST: Final = re.compile(r"([A-Z]{5,})()#?\d{2,}[A-Z0-9]{0,9}-?")
"""A merchant whose store or booking number follows without a blank: `RACETRAC153`, `EASYJET000KQ2PLX`."""
_EDGE: Final = " .-'+&@#%$"
_MONTHS: Final = frozenset("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split())


def normalised(text: str) -> str:
    """Upper case, single spaces, no marks at the ends."""
    return " ".join(text.upper().split())


def _is_noise(word: str, digits: int, following: str, is_first: bool) -> bool:
    """Whether a word that holds a digit or a mark is a reference, a date or a mask rather than part of a name."""
    if word[0] == "#" or not any(map(str.isalnum, word)):
        return word != "&"
    if digits >= 3 or _MASK.fullmatch(word):
        return True
    if not digits:
        return False
    if any(map(str.isalpha, word)):
        return (digits > 1 and len(word) >= 8 and word.isalnum()) or _MONTH_DAY.fullmatch(word) is not None
    return not (is_first and word.isdigit() and word[0] != "0" and following.isalpha() and following not in _MONTHS)


def _name_before_number(word: str, is_first: bool) -> str:
    """The merchant in a word that its store or booking number runs into; empty when there is none."""
    glued = _GLUED.fullmatch(word) or (_GLUED_FIRST.fullmatch(word) if is_first else None)
    return (glued[1] or glued[2]) if glued else ""


def words_of(text: str) -> tuple[list[str], int]:
    """The words of a payee, without references, dates, masks and store numbers, and how many of its words stand before
    the last number (-1 without one)."""
    if _MARKS.search(text):
        text = text.translate(_SEPARATORS)
        text = text.replace("#", " #") if "#" in text else text
    words = text.split()
    kept: list[str] = []
    passed, number_at = 0, -1
    for index, word in enumerate(words):
        if word.isalpha():
            kept.append(word)
            passed += 1
            continue
        digits = len(word) if word.isdigit() else sum(map(str.isdigit, word))
        if digits >= 3 or word[0] == "#":
            number_at = passed or number_at
            if digits == len(word):
                continue
        else:
            passed += 1
            if not digits and word[0] != "X" and word[0].isalpha() and word[-1].isalpha():
                kept.append(word)
                continue
        before = len(kept)
        _keep(kept, word, digits, words[index + 1] if index + 1 < len(words) else "")
        if number_at == passed and digits >= 3 and len(kept) > before:
            # A name that its number runs into stands before the number.
            passed += 1
            number_at = passed
    while kept and kept[-1] == "&":
        kept.pop()
    return kept, number_at


def _keep(kept: list[str], word: str, digits: int, following: str) -> None:
    """Add a word that holds a digit or a mark to the words kept so far, or the part of it that belongs to a name."""
    bare = word.strip(_EDGE) if word[0] != "#" else word
    if not bare:
        if word == "&" and kept and following:
            kept.append(word)
        return
    name = _name_before_number(bare, not kept) if digits else ""
    if name:
        kept.append(name)
    elif not _is_noise(bare, digits, following, not kept):
        kept.append(bare)


def without_place(words: list[str], store_at: int = -1) -> tuple[list[str], str]:
    """`words` without a trailing country, state and city, and the city. At least one word always stays.

    `store_at` is where a store number stood: words after it are the city.
    """
    kept = words
    if len(kept) > 1 and kept[-1] in COUNTRIES:
        kept = kept[:-1]
    if len(kept) > 1 and kept[-1] in STATES and store_at == len(kept) - 1:
        # A telephone number stands where the city would.
        return kept[:-1], ""
    if (
        len(kept) > 2
        and kept[-1] in STATES
        and kept[-2] not in _NOT_A_CITY
        and kept[-2] not in STATES
        and (kept[-1] != "CO" or store_at >= 0 or len(kept) > 3)
    ):
        start = _city_start(kept, store_at)
        # `FIVE GUYS MA 0221 DEDHAM MA`: some chains print the state with the number of the store as well.
        name = kept[: start - 1] if start > 1 and kept[start - 1] == kept[-1] else kept[:start]
        return name, " ".join(kept[start:-1])
    end = len(kept)
    while end > 1 and kept[end - 1] in CITIES:
        end -= 1
    return kept[:end], " ".join(kept[end:])


def _city_start(words: list[str], store_at: int) -> int:
    """Where the city begins in words that end with a state."""
    last = len(words) - 2
    if 0 < store_at <= last and last - store_at < 3:
        return store_at
    return last - 1 if last >= 2 and words[last - 1] in _CITY_OPENERS else last


def payee(text: str) -> tuple[str, str]:
    """(core, city) of a payee text, which may be empty when nothing but references stands in it."""
    words, number_at = words_of(text)
    if len(words) < 2:
        return (words[0], "") if words else ("", "")
    if words[-1] not in PLACES:
        return " ".join(words), ""
    kept, city = without_place(words, number_at)
    return " ".join(kept), city
