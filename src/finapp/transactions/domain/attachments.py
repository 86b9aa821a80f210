"""Which files may be attached, told by their first bytes."""

from typing import Final

LARGEST: Final = 7 * 1024 * 1024
"""Bytes of the largest file: what fits into the largest request that is no statement."""
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
_HEIC: Final = (b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1")


def media_type_of(content: bytes) -> str | None:
    """The type of a file by its first bytes; None for one that is not taken.

    Plain text is valid UTF-8 without control characters and not markup, which a browser might run.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        return "image/heic"
    return "text/plain" if _is_text(content) else None


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return (
        bool(text.strip())
        and not text.lstrip().startswith("<")
        and all(letter.isprintable() or letter in "\t\r\n\f" for letter in text)
    )
