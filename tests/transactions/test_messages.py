"""What a reader says of a file reaches the other process as it was said."""

import json
from decimal import Decimal
from pathlib import Path

from finapp.transactions.domain.parts import Slice
from finapp.transactions.facade.reading import SMALL, read
from finapp.transactions.readers.apart import Asked
from finapp.transactions.readers.messages import Message, received, sent

_FILE = b"""Date,Description,Amount,Balance,Reference
2026-03-01,SALARY ACME LTD,90000.00,190000.00,A1
2026-03-02,UPI-SWIGGY-0001@ybl,-450.50,189549.50,
2026-03-03,TRANSFER TO SAVINGS,-20000.00,169549.50,A3
2026-03-03,REFUND MYNTRA,799.00,170348.50,A4
not a date,BROKEN,-1.00,,
"""


def messages(tmp_path: Path, content: bytes) -> list[Message]:
    path = tmp_path / "statement.csv"
    path.write_bytes(content)
    asked = Asked(filename="statement.csv", mapping=None, country="IN", currency="INR", holders=("Asha Rao",))
    return list(read(path, asked, lambda: True))


def passed(message: Message) -> Message:
    return received(json.loads(json.dumps(sent(message))))


def test_parts_pass_unchanged(tmp_path: Path) -> None:
    [parts] = [message for message in messages(tmp_path, _FILE) if isinstance(message, tuple)]
    assert parts[0].rows == 4
    assert parts[0].rejected == 1
    assert len(parts[0].ends) > 0
    assert passed(parts) == parts


def test_rows_pass_unchanged_with_what_their_narrations_say(tmp_path: Path) -> None:
    [found] = [message for message in messages(tmp_path, _FILE) if isinstance(message, Slice)]
    there = passed(found)
    assert isinstance(there, Slice)
    assert there.rows == found.rows
    assert there.rows[1].amount == Decimal("-450.50")
    assert there.cues == found.cues
    assert [said.category for said in there.said] == [said.category for said in found.said]


def test_a_large_file_is_read_apart_as_a_small_one_is_read_here(tmp_path: Path) -> None:
    lines = _FILE.splitlines(keepends=True)
    content = lines[0] + b"".join(lines[1:5]) * 4_000
    assert len(content) > SMALL
    large = messages(tmp_path, content)
    [parts] = [message for message in large if isinstance(message, tuple)]
    assert parts[0].rows == 16_000
    assert sum(len(message.rows) for message in large if isinstance(message, Slice)) == 16_000
