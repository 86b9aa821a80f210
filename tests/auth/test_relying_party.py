"""Which name a passkey is bound to."""

import pytest

from finapp.auth.domain.passkeys import relying_party
from finapp.auth.public import NoNameForPasskeys


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        ("http://localhost:8000", "localhost"),
        ("https://Money.Example", "money.example"),
        ("https://money.example:8443", "money.example"),
    ],
)
def test_a_name_is_what_browsers_bind_to(origin: str, name: str) -> None:
    assert relying_party(origin) == name


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8000", "http://[::1]:8000", "https://", ""])
def test_a_bare_address_is_no_name(origin: str) -> None:
    with pytest.raises(NoNameForPasskeys):
        relying_party(origin)
