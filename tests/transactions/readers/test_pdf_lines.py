"""What a PDF prints, as texts that can be kept."""

from finapp.transactions.readers.pdf_lines import _legible


def test_letters_that_no_database_keeps_are_left_out() -> None:
    printed = ["DM\0ART", "\0", "caf\udce9", "Kiran\u0101"]
    assert [word["text"] for word in _legible([{"text": text} for text in printed])] == ["DMART", "caf", "Kiran\u0101"]
