"""What an uploaded file is, by its first bytes, as far as the door must know."""

_PARSED = (b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"<", b"SQLite format 3\x00")
_MARKS = b"\xef\xbb\xbf \t\r\n"


def needs_parser(head: bytes) -> bool:
    """Whether a file that begins so has a parser (PDF, spreadsheet, XML, database): at most 25 MB, and in a child."""
    return b"%PDF-" in head[:1024] or head.lstrip(_MARKS).startswith(_PARSED)
