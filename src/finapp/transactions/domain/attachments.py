"""Which files may be attached, told by their first bytes."""

import codecs
from collections.abc import Iterable
from itertools import chain
from typing import Final

LARGEST: Final = 25 * 1024 * 1024
"""Bytes of the largest file."""
MOST: Final = 50
"""Files of one row."""
TYPES: Final = (
    "application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "image/heic", "image/tiff", "text/plain",
)  # fmt: skip
_MARKS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_LINES: Final = dict.fromkeys(map(ord, "\t\r\n\f"))
_HEIC: Final = (b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1")


def media_type_of(head: bytes, rest: Iterable[bytes] = ()) -> str | None:
    """The type of a file by its first bytes; None for one that is not taken. `rest` is looked at only where these are
    text.

    Plain text is valid UTF-8 without control characters and not markup, which a browser might run.
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return "image/heic"
    return "text/plain" if _is_text(chain((head,), rest)) else None


def _is_text(parts: Iterable[bytes]) -> bool:
    decoder, begun = codecs.getincrementaldecoder("utf-8-sig")(), False
    try:
        for text in chain(map(decoder.decode, parts), map(decoder.decode, (b"",), (True,))):
            if not text.translate(_LINES).isprintable():
                return False
            if not begun and text.strip():
                begun = True
                if text.lstrip().startswith("<"):
                    return False
    except UnicodeDecodeError:
        return False
    return begun
