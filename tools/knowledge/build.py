"""Builds `src/finapp/transactions/data/knowledge.txt` from the plain lists beside this script.

    python tools/knowledge/build.py            # write
    python tools/knowledge/build.py --check    # fail when the committed file is not what the lists give

Lists are plain text. `[leaf]`, `[leaf in]` or `[leaf out]` opens a section; a line is `Name|spelling;spelling`
or several names without other spellings, separated by commas.
Names are our own knowledge of how banks print. `brands.txt` (made by `brands.py`) comes from name-suggestion-index.
The output is sorted and carries a digest of its inputs: the same lists always give the same bytes.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

from finapp.transactions.domain import taxonomy  # noqa: E402  # the path above must come first
from finapp.transactions.domain.categorizer.knowledge import key_of, tokens  # noqa: E402

LISTS = Path(__file__).parent
TARGET = ROOT / "src" / "finapp" / "transactions" / "data" / "knowledge.txt"
LARGEST = 2 * 1024 * 1024
KINDS = {"names": "b", "brands": "b", "phrases": "p", "words": "w", "people": "n"}


def sections(path: Path) -> Iterator[tuple[str, str, str]]:
    """(section head, name, spellings) of every line of a list."""
    head = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            head = line.strip("[]")
            continue
        if not head:
            raise SystemExit(f"{path.name}:{number}: a name before the first section")
        name, _, spellings = line.partition("|")
        yield head, name.strip(), spellings


def _named(path: Path) -> Iterator[tuple[str, str, str]]:
    """Every name of a list whose lines hold several."""
    for head, line, spellings in sections(path):
        for name in line.split(","):
            yield head, name.strip(), spellings


def entries(path: Path, kind: str, country: str) -> Iterator[tuple[str, str, str, str, str, tuple[str, ...]]]:
    """(kind, leaf, countries, direction, name, keys) of every line of a list."""
    for head, name, spellings in sections(path):
        leaf, _, rest = head.partition(" ")
        words = rest.split()
        direction = next((word for word in words if word in ("in", "out")), "")
        countries = " ".join(sorted({word for word in words if word.isupper()} | ({country} if country else set())))
        if leaf not in taxonomy.LEAF_CODES and leaf not in ("bank", "person"):
            raise SystemExit(f"{path.name}: unknown leaf {leaf}")
        names = [name] if spellings else [part.strip() for part in name.split(",")]
        for one in filter(None, names):
            keys = {key_of(one), *(key_of(spelling) for spelling in spellings.split(";"))} - {""}
            shown = "k" if leaf == "bank" else kind
            yield shown, leaf, countries, direction, one.replace("|", " "), tuple(sorted(keys))


def lists() -> Iterator[tuple[Path, str, str]]:
    """(path, kind, country) of every list: `names/in.txt` is India, `names/world.txt` is everywhere."""
    for path in sorted(LISTS.glob("names/*.txt")):
        country = "" if path.stem in ("world", "euro") else path.stem[:2].upper()
        yield path, "b", country
    for stem in ("brands", "phrases", "words", "people"):
        path = LISTS / f"{stem}.txt"
        if path.exists():
            yield path, KINDS[stem], ""


def built() -> str:
    """The whole data file."""
    digest = hashlib.sha256()
    meanings: dict[str, set[str]] = {}
    own_keys: set[tuple[str, str]] = set()
    first_words: dict[tuple[str, str], set[str]] = {}
    for path, kind, country in lists():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
        borrowed = path.stem == "brands"
        for shown, leaf, countries, direction, name, keys in entries(path, kind, country):
            if borrowed:
                # The own list decides wherever both know a spelling for a country.
                keys = tuple(
                    key
                    for key in keys
                    if not _known(own_keys, key, countries) and not _other_sense(first_words, key, leaf, countries)
                )
                if not keys:
                    continue
            else:
                own_keys.update((key, code) for key in keys for code in countries.split() or ("",))
                if shown == "b" and len(tokens(name)) > 1:
                    for code in countries.split():
                        first_words.setdefault((tokens(name)[0], code), set()).add(leaf)
            for key in keys:
                meanings.setdefault(key, set()).add("|".join((shown, leaf, countries, direction, name)))
    ordinary = sorted({key_of(name) for head, name, _ in _named(LISTS / "common.txt") if head == "ordinary"})
    digest.update(" ".join(ordinary).encode())
    heading = f"# version {digest.hexdigest()[:16]}\n# sources and licences: tools/knowledge/README.md\n"
    heading += f"# common {' '.join(ordinary)}\n"
    return heading + "".join(f"{key}\t" + "\t".join(sorted(meanings[key])) + "\n" for key in sorted(meanings))


def _known(own: set[tuple[str, str]], key: str, countries: str) -> bool:
    return (key, "") in own or any((key, code) in own for code in countries.split())


def _other_sense(first_words: dict[tuple[str, str], set[str]], key: str, leaf: str, countries: str) -> bool:
    """Whether a borrowed one-word brand begins a name of our own that means something else in one of its countries."""
    return any(first_words.get((key, code), {leaf}) != {leaf} for code in countries.split())


def main() -> int:
    """Write or check the data file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    text = built()
    size = len(text.encode())
    if size > LARGEST:
        raise SystemExit(f"{TARGET.name} would be {size} bytes, more than {LARGEST}")
    if parser.parse_args().check:
        return 0 if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{TARGET.name}: {text.count(chr(10)) - 3} spellings, {size} bytes" + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
