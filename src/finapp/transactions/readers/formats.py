"""Which statement files can be read, for people to see and for the door to choose by."""

from dataclasses import dataclass

from finapp.transactions.readers.layouts import LAYOUTS


@dataclass(frozen=True, kw_only=True)
class FormatInfo:
    """One format: its code, its name, the endings of its files, and the largest file of it in bytes."""

    code: str
    name: str
    extensions: tuple[str, ...]
    largest: int
    layouts: tuple[str, ...] = ()
    """Exports known by name; every other layout of the format is read as well."""


_MB = 1024 * 1024
_NAMED = tuple(
    sorted(
        {layout.name for layout in LAYOUTS}
        | {"Wells Fargo account", "Commonwealth Bank account", "HSBC UK account", "GnuCash"}
    )
)
_TEXT, _PARSED = 512 * _MB, 25 * _MB
_LISTED = (
    ("csv", "Delimited text (CSV, TSV)", "csv tsv txt", _TEXT),
    ("spreadsheet", "Spreadsheet (XLSX, XLS, ODS)", "xlsx xls xlsm ods", _PARSED),
    ("html", "HTML table (often named .xls)", "html htm xls", _PARSED),
    ("ofx", "OFX 1, OFX 2 and QFX", "ofx qfx", _PARSED),
    ("qif", "Quicken Interchange Format", "qif", _PARSED),
    ("camt", "ISO 20022 CAMT.052, CAMT.053, CAMT.054", "xml", _PARSED),
    ("mt940", "SWIFT MT940 and MT942", "sta mt940 940 942 txt", _PARSED),
    ("pdf", "PDF statement with text", "pdf", _PARSED),
    ("beancount", "beancount ledger", "beancount bean", _PARSED),
    ("runway", "Runway database (SQLite)", "db sqlite sqlite3", _PARSED),
    ("actual", "Actual Budget export (ZIP archive with its db.sqlite)", "zip", _PARSED),
    ("zip", "ZIP archive of statements, each taken in as if it came alone", "zip", _PARSED),
    ("ledger", "hledger or ledger journal", "journal ledger hledger dat", _PARSED),
)
_FORMATS = tuple(
    FormatInfo(
        code=code,
        name=name,
        extensions=tuple(endings.split()),
        largest=largest,
        layouts=_NAMED if code == "csv" else (),
    )
    for code, name, endings, largest in _LISTED
)


_ALIASES = {ending: format.code for format in _FORMATS for ending in format.extensions if ending not in ("txt", "xls")}


def known_format(name: str) -> str | None:
    """The code of a format, asked by its code, an ending of its files or a part of its family; None when unknown."""
    plain = name.strip().lower().lstrip(".")
    if plain in {format.code for format in _FORMATS}:
        return plain
    return "spreadsheet" if plain == "xls" else "camt" if plain.startswith("camt") else _ALIASES.get(plain)


def formats() -> tuple[FormatInfo, ...]:
    """Every format that can be read, in the order a person is likely to have them."""
    return _FORMATS
