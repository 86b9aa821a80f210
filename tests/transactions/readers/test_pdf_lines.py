"""What a PDF prints, as texts that can be kept."""

from unittest.mock import patch

import pytest

from finapp.transactions.readers import pdf_lines
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.pdf_lines import _legible, pdf_words
from tests.transactions.readers.pdf_writer import pdf


def test_letters_that_no_database_keeps_are_left_out() -> None:
    printed = ["DM\0ART", "\0", "caf\udce9", "Kiran\u0101"]
    assert [word["text"] for word in _legible([{"text": text} for text in printed])] == ["DMART", "caf", "Kiran\u0101"]


def test_a_page_that_is_drawn_by_more_than_any_statement_is_refused_before_it_is_drawn() -> None:
    content = pdf([[(10.0, 700.0 - 20 * at, f"2026-01-0{at} SHOP 5.00 95.00") for at in range(1, 9)]])
    assert len(pdf_words(content, None)) == 8
    with patch.object(pdf_lines, "MOST_DRAWN", 300), pytest.raises(UnreadableStatement, match="more than any") as fault:
        pdf_words(content, None)
    assert fault.value.reason == "too_large"


def test_a_reader_without_memory_says_so_instead_of_blaming_the_file() -> None:
    with patch.object(pdf_lines, "_drawn", side_effect=MemoryError), pytest.raises(MemoryError):
        pdf_words(pdf([[(10.0, 700.0, "2026-01-01 SHOP 5.00")]]), None)
