"""Text statements that print one field a line (`Date: 31/01/2026`), a blank line between transactions."""

import re

from finapp.transactions.readers.grid import Record

_FIELD = re.compile(r"\s*([A-Za-z][A-Za-z ]{2,24}):[ \t\u00a0]*(.*)")


def is_labelled(head: str) -> bool:
    """Whether a text repeats lines for date and amount."""
    names = [match[1].strip().lower() for line in head.splitlines() if (match := _FIELD.fullmatch(line))]
    return names.count("date") > 0 and names.count("amount") > 0 and names.count("date") == names.count("amount")


def labelled_table(text: str) -> list[Record]:
    """The fields as a table: headings, then one record for each transaction."""
    entries: list[tuple[int, dict[str, str]]] = []
    headings: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        match = _FIELD.fullmatch(line)
        if match is None:
            continue
        name, value = match[1].strip(), match[2].strip()
        if name.lower() == "date":
            entries.append((number, {}))
        if not entries:
            continue
        if name not in headings:
            headings.append(name)
        entries[-1][1].setdefault(name, value)
    # The headings stand one line above the first transaction, so that a reading of all lines after them finds it.
    start = entries[0][0] - 1 if entries else 1
    rows = [Record(line, [entry.get(name, "") for name in headings]) for line, entry in entries]
    return [Record(start, headings), *rows]
