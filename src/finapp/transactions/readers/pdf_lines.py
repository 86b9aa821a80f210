"""A PDF as printed lines: where the date, the words and the amounts of each line stand."""

import io
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from finapp.kernel.currencies import EXPONENTS
from finapp.transactions.readers.amounts import DecimalMark, decimal_mark, read_amount
from finapp.transactions.readers.errors import UnreadableStatement

MOST_DRAWN = 16 * 1024 * 1024
"""Bytes by which one page is drawn: statements have a tenth of a megabyte."""
MOST_PAGES = 400
_DASHES = ("-", "--", "—")
Words = list[dict[str, Any]]
"""The words of a line, as the parser has them: text and places."""
_MONEY = re.compile(r"[-+(]?(?:[₹$€£]|Rs\.?|INR)?[-+]?\d[\d.,']*[.,]\d{2}\)?[-+]?(?:CR|DR|Cr|Dr|C|D)?\.?")
_MARK = re.compile(r"\(?(?:CR|DR|Cr|Dr|cr|dr)\)?\.?|[CD]")
_WHOLE = re.compile(r"[-+(]?(?:[₹$€£¥₩]|Rs\.?)?[-+]?(?!0\d)\d{1,3}(?:[.,']?\d{3})*\)?[-+]?(?:CR|DR|Cr|Dr)?")
"""An amount of a currency that has no smaller unit. Whatever else it matches, balances that do not add up refuse."""
_SIGN = re.compile(r"[₹$€£¥₩円원+-]|Rs\.?|Ft\.?|Kč|zł|kr\.?")
_GROUP, _LAST_GROUP = (
    re.compile(r"[-+(]?[1-9]\d{0,2}(?:\d{3})*"),
    re.compile(r"\d{3}(?:[.,]\d{2})?\)?[-+]?(?:CR|DR|Cr|Dr)?"),
)


@dataclass(frozen=True, kw_only=True)
class Printed:
    """An amount and the right edge of where it stands, in points. `mark` is DR, CR, a sign or nothing."""

    value: Decimal
    mark: str
    right: float


@dataclass(frozen=True, kw_only=True)
class Line:
    """One printed line: its number in the document from 1, its words, and the amounts behind them."""

    number: int
    words: tuple[str, ...]
    amounts: tuple[Printed, ...] = field(default=())
    rights: tuple[float, ...] = field(default=())
    """The right edge of each word."""

    @property
    def text(self) -> str:
        """The words as one text."""
        return " ".join(self.words)


def pdf_words(content: bytes, password: str | None) -> list[Words]:
    """The words of all lines of a PDF, numbers that a blank divides into thousands as one. Raises
    UnreadableStatement."""
    raw = [_with_groups(words) for page in _pages(content, password) for words in page]
    if not raw:
        raise UnreadableStatement(
            "no_rows", "the PDF holds pictures instead of text; scanned statements cannot be read"
        )
    return raw


def pdf_lines(raw: Sequence[Words], *, whole: bool = False) -> list[Line]:
    """Lines with the amounts at their ends: those with two decimals, or those without any where they are `whole`."""
    money = _WHOLE if whole else _MONEY
    decimal, _ = decimal_mark(word["text"] for words in raw for word in words if money.fullmatch(word["text"]))
    if whole:
        decimal = _other_mark(word["text"] for words in raw for word in words if money.fullmatch(word["text"]))
    return [_line(number, words, decimal, money) for number, words in enumerate(raw, start=1)]


def _other_mark(amounts: Iterable[str]) -> DecimalMark:
    """The mark that does not stand between thousands."""
    return "," if any("." in text.rstrip(".") for text in amounts) else "."


def _with_groups(words: Words) -> Words:
    """The words of a line, with the thousands of a number that stand a blank apart put together."""
    found: Words = []
    for word in words:
        before = found[-1] if found else None
        if before is not None and _GROUP.fullmatch(before["text"]) and _LAST_GROUP.fullmatch(word["text"]):
            width = (float(before["x1"]) - float(before["x0"])) / len(before["text"])
            if float(word["x0"]) - float(before["x1"]) <= 1.1 * width:
                found[-1] = {**before, "text": before["text"] + word["text"], "x1": word["x1"]}
                continue
        found.append(word)
    return found


def _pages(content: bytes, password: str | None) -> Iterator[list[list[dict[str, Any]]]]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL + 1)  # it logs pieces of what it cannot read
    try:
        with pdfplumber.open(io.BytesIO(content), password=password or "") as document:
            if len(document.pages) > MOST_PAGES:
                raise UnreadableStatement("too_large", f"the PDF has more than {MOST_PAGES} pages")
            for page in document.pages:
                if _drawn(page) > MOST_DRAWN:
                    raise UnreadableStatement("too_large", "a page of the PDF holds more than any statement's")
                yield _lines_of(_legible(page.extract_words(x_tolerance=1.5, y_tolerance=2)))
                page.close()
    except (UnreadableStatement, MemoryError):
        raise
    except Exception as error:  # the parser raises many kinds for damaged files
        if isinstance(error, PDFPasswordIncorrect) or isinstance(
            error.__cause__ or error.__context__, PDFPasswordIncorrect
        ):
            raise _locked(password) from error
        if isinstance(error, PdfminerException) and error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise _locked(password) from error
        raise UnreadableStatement("damaged", "the PDF is damaged or cut off") from error


def _drawn(page: Any) -> int:
    """Bytes of what a page is drawn by, unpacked."""
    from pdfminer.pdftypes import PDFStream, resolve1

    streams = (resolve1(each) for each in page.page_obj.contents)
    return sum(len(stream.get_data()) for stream in streams if isinstance(stream, PDFStream))


def _locked(password: str | None) -> UnreadableStatement:
    if password:
        return UnreadableStatement("wrong_password", "the password does not open the PDF", "password")
    return UnreadableStatement("encrypted", "the PDF is protected by a password; give it with the file", "password")


def _legible(words: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Words without what no database keeps: a font that maps its letters wrongly prints zeros and halves of letters."""
    for word in words:
        word["text"] = word["text"].replace("\0", "").encode(errors="ignore").decode()
    return [word for word in words if word["text"]]


def _lines_of(words: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Words grouped by height, each group from left to right."""
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda w: (round(float(w["bottom"])), float(w["x0"]))):
        if lines and abs(float(lines[-1][0]["bottom"]) - float(word["bottom"])) <= 2.5:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: float(w["x0"])) for line in lines]


def _line(number: int, words: Words, decimal: DecimalMark, money: re.Pattern[str]) -> Line:
    """Splits a line into its words and the amounts at its end (with their marks and currency signs)."""
    end = len(words)
    amounts: list[Printed] = []
    while end:
        text = words[end - 1]["text"]
        if money.fullmatch(text):
            amount = read_amount(text, decimal)
            right = float(words[end - 1]["x1"])
            mark = ""
            if end < len(words) and _MARK.fullmatch(words[end]["text"]):
                mark = words[end]["text"].strip("().").upper()
            if amount is None:
                break
            value = -abs(amount.value) if mark[:1] == "D" else amount.value
            amounts.insert(
                0, Printed(value=value, mark=amount.mark or {"D": "DR", "C": "CR"}.get(mark[:1], ""), right=right)
            )
        elif not _beside(text, words[end - 2]["text"] if end > 1 else "", bool(amounts), money):
            break
        end -= 1
    kept = words[:end]
    rights = tuple(float(word["x1"]) for word in kept)
    return Line(number=number, words=tuple(word["text"] for word in kept), amounts=tuple(amounts), rights=rights)


def _beside(text: str, before: str, among: bool, money: re.Pattern[str]) -> bool:
    """Whether a word belongs to an amount: a mark behind it, or a currency or a sign on either side of it."""
    behind = money.fullmatch(before) is not None
    if text in EXPONENTS:
        return behind or among
    return (behind and _MARK.fullmatch(text) is not None) or _SIGN.fullmatch(text) is not None or text in _DASHES
