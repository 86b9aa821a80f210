"""Writes plain PDFs for tests: words in a fixed-width font at stated places."""

import hashlib


def pdf(pages: list[list[tuple[float, float, str]]], password: str | None = None) -> bytes:
    """A PDF whose pages hold texts at (x, y), in points from the lower left; encrypted when a password is given."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    lock = _Lock(password) if password else None
    kids = []
    for page in pages:
        drawn = "".join(f"BT /F1 8 Tf {x} {y} Td ({_escaped(text)}) Tj ET\n" for x, y, text in page).encode("latin-1")
        content = len(objects) + 1
        kept = lock.encrypted(drawn, content) if lock else drawn
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(kept), kept))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % content
        )
        kids.append(len(objects))
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (listed, len(kids))
    return _assembled(objects, lock.trailer() if lock else b"")


class _Lock:
    """The standard security handler, revision 2 (ISO 32000-1, 7.6.3): RC4 with 40 bits."""

    PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    ID = b"0123456789abcdef"
    RIGHTS = -4

    def __init__(self, password: str) -> None:
        padded = (password.encode("latin-1") + self.PADDING)[:32]
        self._owner = _rc4(_md5(padded)[:5], padded)
        self._key = _md5(padded + self._owner + self.RIGHTS.to_bytes(4, "little", signed=True) + self.ID)[:5]

    def encrypted(self, data: bytes, number: int) -> bytes:
        return _rc4(_md5(self._key + number.to_bytes(3, "little") + b"\0\0")[:10], data)

    def trailer(self) -> bytes:
        user = _rc4(self._key, self.PADDING)
        values = (
            self._owner.hex().encode(),
            user.hex().encode(),
            self.RIGHTS,
            self.ID.hex().encode(),
            self.ID.hex().encode(),
        )
        return b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >> /ID [<%s> <%s>]" % values


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _assembled(objects: list[bytes], extra: bytes) -> bytes:
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    places = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count, start = len(objects) + 1, len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, places)
    return out + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (count, extra, start)


def table(
    rows: list[list[str]], columns: list[tuple[float, str]], top: float = 780.0
) -> list[tuple[float, float, str]]:
    """Places the cells of a table: each column has an x and `l` or `r`; Courier 8 is 4.8 points wide."""
    placed = []
    for number, row in enumerate(rows):
        for cell, (x, side) in zip(row, columns, strict=False):
            if cell:
                placed.append((x - 4.8 * len(cell) if side == "r" else x, top - 14 * number, cell))
    return placed
