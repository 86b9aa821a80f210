"""The bits of a narration do not depend on its numbers, which differ from payment to payment."""

import re

from hypothesis import given
from hypothesis import strategies as st

from finapp.transactions.domain.movement import wording

_PATTERNS = (wording._SELF, wording._MOVED, wording._REFUND, wording._CLAIM, wording._CONVERTED)
_WORDS = sorted({word for pattern in _PATTERNS for word in re.findall("[A-ZÜÖÄ]{2,}", pattern.pattern)})
_PIECES = st.sampled_from([*_WORDS, " ", "-", "/", ". ", "12", "7A", "X9Y2", "ICI90FCE8063A63"])


@given(pieces=st.lists(_PIECES, max_size=12), credit=st.booleans())
def test_a_text_with_its_numbers_alike_says_the_same(pieces: list[str], credit: bool) -> None:
    text = "".join(pieces)
    alike = wording._NUMBERED.sub("0", text)
    assert wording._of_words(alike, credit) == wording._of_words.__wrapped__(text, credit)
