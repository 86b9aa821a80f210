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
    """Exports that are recognised by name; every other layout of the format is read as well."""


_MB = 1024 * 1024
_NAMED = tuple(sorted({layout.name for layout in LAYOUTS} | {"Wells Fargo account", "HSBC UK account", "GnuCash"}))
_FORMATS = (
    FormatInfo(code="csv", name="Delimited text (CSV, TSV)", extensions=("csv", "tsv", "txt"), largest=512 * _MB, layouts=_NAMED),
    FormatInfo(code="spreadsheet", name="Spreadsheet (XLSX, XLS, ODS)", extensions=("xlsx", "xls", "xlsm", "ods"), largest=25 * _MB),
    FormatInfo(code="html", name="HTML table (often named .xls)", extensions=("html", "htm", "xls"), largest=25 * _MB),
    FormatInfo(code="ofx", name="OFX 1, OFX 2 and QFX", extensions=("ofx", "qfx"), largest=25 * _MB),
    FormatInfo(code="qif", name="Quicken Interchange Format", extensions=("qif",), largest=25 * _MB),
    FormatInfo(code="camt", name="ISO 20022 CAMT.052, CAMT.053, CAMT.054", extensions=("xml",), largest=25 * _MB),
    FormatInfo(code="mt940", name="SWIFT MT940 and MT942", extensions=("sta", "mt940", "940", "942", "txt"), largest=25 * _MB),
    FormatInfo(code="pdf", name="PDF statement with text", extensions=("pdf",), largest=25 * _MB),
    FormatInfo(code="beancount", name="beancount ledger", extensions=("beancount", "bean"), largest=25 * _MB),
    FormatInfo(code="ledger", name="hledger or ledger journal", extensions=("journal", "ledger", "hledger", "dat"), largest=25 * _MB),
)  # fmt: skip


def formats() -> tuple[FormatInfo, ...]:
    """Every format that can be read, in the order a person is likely to have them."""
    return _FORMATS
