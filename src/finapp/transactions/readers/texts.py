"""Bytes to text: what a file is by its first bytes, and in which encoding its text is."""

import codecs
from typing import BinaryIO

from finapp.transactions.readers.errors import UnreadableStatement

_CHUNK = 1 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


_OF_COUNTRY = {"JP": "cp932", "KR": "cp949", "CN": "gb18030", "TW": "cp950", "HK": "cp950", "RU": "cp1251"}
_OF_COUNTRY |= dict.fromkeys(("UA", "BG", "RS", "KZ", "BY"), "cp1251") | {
    "GR": "cp1253",
    "TR": "cp1254",
    "IL": "cp1255",
}


def encoding_of(source: BinaryIO, country: str | None = None) -> str:
    """The encoding of a text: by its mark, else UTF-16 by its zero bytes, else strict UTF-8, else that of the scripts
    of a country where all of the start can be read in it, else cp1252.

    Reads the whole source once in pieces and leaves it at its start.
    """
    source.seek(0)
    head = source.read(4096)
    source.seek(0)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if wide := _wide(head):
        return wide
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    try:
        while piece := source.read(_CHUNK):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
        return "utf-8"
    except UnicodeDecodeError:
        return _of_country(head, country) or "cp1252"
    finally:
        source.seek(0)


def _of_country(head: bytes, country: str | None) -> str | None:
    encoding = _OF_COUNTRY.get(country or "")
    if encoding is None:
        return None
    try:
        # Up to the end of a line: a letter of two bytes is never cut apart.
        head[: head.rfind(b"\n") + 1 or None].decode(encoding)
    except UnicodeDecodeError:
        return None
    return encoding


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of plain text is zero."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half >= 4 and odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if half >= 4 and even > 0.4 * half and odd < 0.1 * half else None


def refuse_binary(head: bytes, encoding: str) -> None:
    """Raises UnreadableStatement when the bytes are no text."""
    if not head.strip():
        raise UnreadableStatement("empty", "the file is empty")
    text = head[:4096].decode(encoding, "replace")
    odd = sum((char < " " and char not in "\t\r\n\f\x1a\x0b\x1c\x1d\x1e\x1f") or char == "\ufffd" for char in text)
    if odd > 0.02 * len(text) + 1:
        raise UnreadableStatement(
            "binary", "the file is not text; it may be damaged or of a kind that is not supported"
        )
