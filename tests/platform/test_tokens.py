"""Tokens: only what this server signed, for this audience, in time, with every claim, is believed."""

import base64
import hashlib
import hmac
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from finapp.kernel.errors import Unauthenticated
from finapp.platform import tokens
from finapp.platform.keys import KeyRing, PrivateKey, ensure_private

NOW = 1_790_000_000


@pytest.fixture
def key(tmp_path: Path) -> PrivateKey:
    return ensure_private(tmp_path, "people")


@pytest.fixture
def ring(tmp_path: Path, key: PrivateKey) -> KeyRing:
    return KeyRing(tmp_path, "people")


def encoded(data: Any) -> str:
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def crafted(key: PrivateKey, header: dict[str, Any], claims: Any) -> str:
    """A token with any header and claims, signed with ES256 as RFC 7515 says, without the library under test."""
    signed = f"{encoded(header)}.{encoded(claims)}"
    private = serialization.load_pem_private_key(key.pem.encode(), password=None)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    r, s = decode_dss_signature(private.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{signed}.{encoded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def good_header(key: PrivateKey) -> dict[str, Any]:
    return {"alg": "ES256", "typ": "JWT", "kid": key.kid}


def good_claims() -> dict[str, Any]:
    return {"iss": "finapp", "aud": "api", "sub": "p1", "jti": "t1", "iat": NOW, "exp": NOW + 900, "household": "h1"}


def verified(token: str, ring: KeyRing, at: float = NOW + 1) -> tokens.Claims:
    with time_machine.travel(at, tick=False):
        return tokens.verify(token, issuer="finapp", audience="api", ring=ring)


def refused(token: str, ring: KeyRing, at: float = NOW + 1) -> None:
    with pytest.raises(Unauthenticated):
        verified(token, ring, at)


def signed(key: PrivateKey) -> str:
    with time_machine.travel(NOW, tick=False):
        return tokens.sign(key, issuer="finapp", audience="api", subject="p1", seconds=900, extra={"household": "h1"})


def test_what_was_signed_is_read_back(key: PrivateKey, ring: KeyRing) -> None:
    claims = verified(signed(key), ring)
    assert (claims.subject, claims.issued_at, claims.expires_at) == ("p1", NOW, NOW + 900)
    assert claims.extra == {"household": "h1"}
    assert claims.token_id != verified(signed(key), ring).token_id


def test_the_crafted_token_of_these_tests_is_good_so_that_each_refusal_below_has_one_reason(
    key: PrivateKey, ring: KeyRing
) -> None:
    assert verified(crafted(key, good_header(key), good_claims()), ring).subject == "p1"


def test_a_required_claim_cannot_be_set_from_outside(key: PrivateKey) -> None:
    with pytest.raises(ValueError, match="exp, sub cannot be set"):
        tokens.sign(key, issuer="i", audience="a", subject="s", seconds=1, extra={"sub": "x", "exp": 1})


@pytest.mark.parametrize("alg", ["none", "None", "HS256", "RS256", "ES384", "ES512", "EdDSA", "", None, 7, ["ES256"]])
def test_every_other_algorithm_is_refused(key: PrivateKey, ring: KeyRing, alg: Any) -> None:
    refused(crafted(key, {**good_header(key), "alg": alg}, good_claims()), ring)


def test_an_unsigned_token_is_refused(key: PrivateKey, ring: KeyRing) -> None:
    header, claims, _ = crafted(key, {**good_header(key), "alg": "none"}, good_claims()).split(".")
    refused(f"{header}.{claims}.", ring)
    refused(f"{header}.{claims}", ring)
    refused(f"{encoded(good_header(key))}.{claims}.", ring)


def test_a_public_key_used_as_a_shared_secret_is_refused(key: PrivateKey, ring: KeyRing) -> None:
    public = ring.find(key.kid)
    assert public is not None
    for secret in (public.pem, public.pem.strip(), ""):
        head = f"{encoded({**good_header(key), 'alg': 'HS256'})}.{encoded(good_claims())}"
        refused(f"{head}.{encoded(hmac.new(secret.encode(), head.encode(), hashlib.sha256).digest())}", ring)


@pytest.mark.parametrize("name", ["exp", "iat", "sub", "jti", "iss", "aud"])
def test_every_claim_is_required(key: PrivateKey, ring: KeyRing, name: str) -> None:
    claims = good_claims()
    del claims[name]
    refused(crafted(key, good_header(key), claims), ring)


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "other"},
        {"iss": ["finapp"]},
        {"aud": "other"},
        {"aud": ["api", "other"]},
        {"aud": None},
        {"sub": 1},
        {"sub": None},
        {"jti": 1},
        {"exp": str(NOW + 900)},
        {"exp": NOW + 900.5},
        {"exp": True},
        {"exp": None},
        {"exp": float("inf")},
        {"iat": NOW + 60},
        {"iat": "now"},
        {"nbf": NOW + 60},
    ],
)
def test_a_claim_that_is_wrong_or_of_another_type_is_refused(
    key: PrivateKey, ring: KeyRing, change: dict[str, Any]
) -> None:
    refused(crafted(key, good_header(key), {**good_claims(), **change}), ring)


@pytest.mark.parametrize("claims", [[], "text", None, 1, b"{", b"\xff", b"[" * 2500], ids=repr)
def test_signed_claims_that_are_no_object_are_refused(key: PrivateKey, ring: KeyRing, claims: Any) -> None:
    refused(crafted(key, good_header(key), claims), ring)


def test_a_token_ends_five_seconds_after_its_time_and_says_so(key: PrivateKey, ring: KeyRing) -> None:
    token = signed(key)
    assert verified(token, ring, at=NOW + 905).subject == "p1"
    with pytest.raises(Unauthenticated, match="expired"):
        verified(token, ring, at=NOW + 906)


def test_a_server_whose_clock_is_a_little_behind_is_believed(key: PrivateKey, ring: KeyRing) -> None:
    assert verified(signed(key), ring, at=NOW - 5).subject == "p1"
    refused(signed(key), ring, at=NOW - 6)


def test_a_changed_part_is_refused(key: PrivateKey, ring: KeyRing) -> None:
    header, claims, signature = signed(key).split(".")
    refused(f"{header}.{encoded({**good_claims(), 'sub': 'p2'})}.{signature}", ring)
    refused(f"{encoded({**good_header(key), 'typ': 'other'})}.{claims}.{signature}", ring)
    refused(f"{header}.{claims}.{encoded(bytes(64))}", ring)
    refused(f"{header}.{claims}.{signature[:40]}", ring)


@pytest.mark.parametrize("kid", ["", "unknown", "../people", None, 7, ["x"], {"x": 1}])
def test_a_key_that_is_not_in_the_ring_is_refused(key: PrivateKey, ring: KeyRing, kid: Any) -> None:
    refused(crafted(key, {**good_header(key), "kid": kid}, good_claims()), ring)


def test_a_token_without_kid_is_refused(key: PrivateKey, ring: KeyRing) -> None:
    refused(crafted(key, {"alg": "ES256"}, good_claims()), ring)


def test_a_key_inside_the_token_is_not_believed(tmp_path: Path, ring: KeyRing) -> None:
    stranger = ensure_private(tmp_path / "elsewhere", "people")
    [jwk] = KeyRing(tmp_path / "elsewhere").jwks()["keys"]
    refused(crafted(stranger, {**good_header(stranger), "jwk": dict(jwk)}, good_claims()), ring)


def test_an_extension_that_must_be_understood_is_refused(key: PrivateKey, ring: KeyRing) -> None:
    refused(crafted(key, {**good_header(key), "crit": ["b64"], "b64": False}, good_claims()), ring)


def test_a_service_key_does_not_sign_for_people(tmp_path: Path, ring: KeyRing) -> None:
    service = ensure_private(tmp_path, "service-reports")
    refused(crafted(service, good_header(service), good_claims()), ring)


def test_a_key_made_after_the_ring_is_found_and_a_deleted_one_is_not(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    key = ensure_private(tmp_path, "people")
    token = signed(key)
    assert verified(token, ring).subject == "p1"
    (tmp_path / "people.pub").unlink()
    refused(token, ring)


def test_an_encrypted_token_is_refused(key: PrivateKey, ring: KeyRing) -> None:
    header = {"alg": "dir", "enc": "A256GCM", "kid": key.kid}
    refused(".".join(encoded(part) for part in (header, b"", b"0" * 12, b"x", b"0" * 16)), ring)
    refused(".".join(encoded(part) for part in (header, b"k", b"0" * 12, b"x", b"0" * 16)), ring)


def test_a_token_that_is_too_long_is_refused_though_it_is_signed(key: PrivateKey, ring: KeyRing) -> None:
    claims = {**good_claims(), "more": "x" * 2000}
    assert len(crafted(key, good_header(key), claims)) < tokens.LONGEST_TOKEN
    assert verified(crafted(key, good_header(key), claims), ring).subject == "p1"
    refused(crafted(key, good_header(key), {**claims, "more": "x" * 4000}), ring)


@pytest.mark.parametrize("text", ["", ".", "..", "a.b", "a.b.c.d", "é.é.é", "\ud800.a.a", " ", "a" * 10_000])
def test_what_is_no_token_is_refused(ring: KeyRing, text: str) -> None:
    refused(text, ring)


@pytest.mark.parametrize(
    "spoil", [lambda t: t + " ", lambda t: t + "\n", lambda t: t + "=", lambda t: t.replace(".", "$.")]
)
def test_letters_that_a_lenient_decoder_would_skip_are_refused(
    key: PrivateKey, ring: KeyRing, spoil: Callable[[str], str]
) -> None:
    refused(spoil(signed(key)), ring)


HEADERS = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.just("ES256"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["alg", "kid", "crit", "typ", "x"]), inner, max_size=4)
    ),
)


@given(st.lists(st.binary() | HEADERS.map(lambda header: json.dumps(header).encode()), min_size=2, max_size=4))
def test_any_text_is_refused_and_never_breaks_the_server(
    tmp_path_factory: pytest.TempPathFactory, parts: list[bytes]
) -> None:
    ring = KeyRing(tmp_path_factory.getbasetemp())
    refused(".".join(encoded(part) for part in parts), ring)


def test_a_header_nested_beyond_reason_is_refused(ring: KeyRing) -> None:
    refused(f"{encoded(b'[' * 2900)}.a.a", ring)


def test_services_know_each_other_by_their_own_keys(tmp_path: Path) -> None:
    dashboard, fire = tokens.ServiceTokens("dashboard", tmp_path), tokens.ServiceTokens("fire", tmp_path)
    assert fire.verify(dashboard.for_calls_to("fire")) == "dashboard"
    with pytest.raises(Unauthenticated):
        dashboard.verify(dashboard.for_calls_to("fire"))
    with pytest.raises(Unauthenticated):
        fire.verify("")


def test_a_service_speaks_for_itself_alone(tmp_path: Path) -> None:
    fire = tokens.ServiceTokens("fire", tmp_path)
    reports = ensure_private(tmp_path, "service-reports")
    with pytest.raises(Unauthenticated):
        fire.verify(tokens.sign(reports, issuer="dashboard", audience="fire", subject="dashboard", seconds=60))


def test_a_persons_token_is_not_a_services(tmp_path: Path) -> None:
    fire, people = tokens.ServiceTokens("fire", tmp_path), ensure_private(tmp_path, "people")
    with pytest.raises(Unauthenticated, match="not a service's"):
        fire.verify(tokens.sign(people, issuer="people", audience="fire", subject="p1", seconds=60))


def test_a_service_token_is_kept_until_it_nears_its_end_and_lives_a_minute(tmp_path: Path) -> None:
    dashboard, fire = tokens.ServiceTokens("dashboard", tmp_path), tokens.ServiceTokens("fire", tmp_path)
    with time_machine.travel(NOW, tick=False) as clock:
        first = dashboard.for_calls_to("fire")
        assert dashboard.for_calls_to("reports") != first
        clock.shift(44)
        assert dashboard.for_calls_to("fire") == first
        clock.shift(1)
        second = dashboard.for_calls_to("fire")
        assert second != first
        clock.shift(20)
        assert fire.verify(first) == "dashboard"
        clock.shift(1)
        with pytest.raises(Unauthenticated, match="expired"):
            fire.verify(first)
        assert fire.verify(second) == "dashboard"


def test_the_pure_python_elliptic_curves_are_never_loaded() -> None:
    code = "import sys; from finapp.platform import tokens; print('ecdsa' in sys.modules, tokens.jwk.ECKey.__name__)"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "CryptographyECKey"]
