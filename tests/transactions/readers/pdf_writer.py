"""Writes plain PDFs for tests: words in a fixed-width font at stated places."""


def pdf(pages: list[list[tuple[float, float, str]]]) -> bytes:
    """A PDF whose pages hold texts at (x, y), in points from the lower left."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    kids = []
    for page in pages:
        drawn = "".join(f"BT /F1 8 Tf {x} {y} Td ({_escaped(text)}) Tj ET\n" for x, y, text in page).encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        content = len(objects)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % content
        )
        kids.append(len(objects))
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (listed, len(kids))
    return _assembled(objects)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _assembled(objects: list[bytes]) -> bytes:
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, table, len(objects) + 1, start,
    )  # fmt: skip


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
