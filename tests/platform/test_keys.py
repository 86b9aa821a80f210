"""The key directory: made safely on first use, read strictly, renewed without losing what was signed before."""

import multiprocessing
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from finapp.platform.keys import KeyRing, PrivateKey, ensure_private, read_public, thumbprint

RFC_7638_MODULUS = (
    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3"
    "oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdA"
    "ZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-"
    "kEgU8awapJzKnqDKgw"
)


def public_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def test_the_thumbprint_is_that_of_rfc_7638() -> None:
    """The example of RFC 7638, section 3.1."""
    example = {"n": RFC_7638_MODULUS, "e": "AQAB", "kty": "RSA"}
    assert thumbprint(example) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    directory = tmp_path / "keys"
    key = ensure_private(directory, "people")
    assert directory.stat().st_mode & 0o777 == 0o700
    assert (directory / "people.key").stat().st_mode & 0o777 == 0o600
    assert ensure_private(directory, "people") == key
    assert ensure_private(directory, "service-auth").kid != key.kid
    assert sorted(os.listdir(directory)) == ["people.key", "people.pub", "service-auth.key", "service-auth.pub"]


def test_no_key_shows_in_a_log(tmp_path: Path) -> None:
    assert "PRIVATE" not in repr(ensure_private(tmp_path, "people"))


def test_a_missing_or_changed_public_half_is_written_again(tmp_path: Path) -> None:
    key = ensure_private(tmp_path, "people")
    (tmp_path / "people.pub").write_bytes(public_pem(ec.generate_private_key(ec.SECP256R1())))
    assert KeyRing(tmp_path).find(key.kid) is None
    assert ensure_private(tmp_path, "people") == key
    assert KeyRing(tmp_path).find(key.kid) is not None


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    ensure_private(tmp_path, "people")
    (tmp_path / "people.key").chmod(0o640)
    with pytest.raises(PermissionError, match="chmod 600"):
        ensure_private(tmp_path, "people")


@pytest.mark.parametrize("name", ["", "../people", "a.b", "A", ".hidden", "-a"])
def test_a_name_that_is_no_file_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no name for a key"):
        ensure_private(tmp_path, name)


@pytest.mark.parametrize("content", [b"", b"not a key"])
def test_a_file_that_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "people.key"
    path.touch(0o600)
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"people\.key is not a private key"):
        ensure_private(tmp_path, "people")


def test_only_keys_on_the_pinned_curve_are_read() -> None:
    with pytest.raises(ValueError, match="P-256"):
        read_public("people", public_pem(ec.generate_private_key(ec.SECP384R1())))


def start(directory: Path, barrier: "multiprocessing.synchronize.Barrier", found: "multiprocessing.Queue[str]") -> None:
    barrier.wait()
    found.put(ensure_private(directory, "people").kid)


def test_processes_that_start_at_once_end_with_one_key(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    barrier, found = context.Barrier(4), context.Queue()
    processes = [context.Process(target=start, args=(tmp_path, barrier, found)) for _ in range(4)]
    for process in processes:
        process.start()
    kids = {found.get(timeout=60) for _ in processes}
    for process in processes:
        process.join()
    assert kids == {ensure_private(tmp_path, "people").kid}
    assert sorted(os.listdir(tmp_path)) == ["people.key", "people.pub"]


def test_the_slower_of_two_takes_the_key_of_the_faster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ensure_private(tmp_path, "people")
    monkeypatch.setattr(Path, "exists", lambda path: False)
    assert ensure_private(tmp_path, "people") == first
    assert sorted(os.listdir(tmp_path)) == ["people.key", "people.pub"]


def test_a_ring_sees_new_retired_and_deleted_keys_without_a_restart(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path, "people")
    assert ring.jwks() == {"keys": ()}
    old = ensure_private(tmp_path, "people")
    assert ring.find(old.kid) is not None
    (tmp_path / "people.key").unlink()
    (tmp_path / "people.pub").rename(tmp_path / "people.2026-11.pub")
    new = ensure_private(tmp_path, "people")
    assert new.kid != old.kid
    assert {key["kid"] for key in ring.jwks()["keys"]} == {old.kid, new.kid}
    (tmp_path / "people.2026-11.pub").unlink()
    assert ring.find(old.kid) is None
    assert ring.find(new.kid) is not None


def test_a_ring_of_one_name_holds_no_other_signers_keys(tmp_path: Path) -> None:
    people, service = ensure_private(tmp_path, "people"), ensure_private(tmp_path, "service-auth")
    ring = KeyRing(tmp_path, "people")
    assert ring.find(people.kid) is not None
    assert ring.find(service.kid) is None
    assert KeyRing(tmp_path).find(service.kid) is not None


def test_a_ring_leaves_out_files_that_are_no_keys(tmp_path: Path) -> None:
    key = ensure_private(tmp_path, "people")
    (tmp_path / "junk.pub").write_bytes(b"ssh-ed25519 AAAA")
    assert [item["kid"] for item in KeyRing(tmp_path).jwks()["keys"]] == [key.kid]


def test_a_key_set_holds_public_members_only(tmp_path: Path) -> None:
    ensure_private(tmp_path, "people")
    [jwk] = KeyRing(tmp_path).jwks()["keys"]
    assert set(jwk) == {"kty", "crv", "x", "y", "kid", "alg", "use"}
    assert (jwk["kty"], jwk["crv"], jwk["alg"], jwk["use"]) == ("EC", "P-256", "ES256", "sig")
    assert thumbprint({name: jwk[name] for name in ("crv", "kty", "x", "y")}) == jwk["kid"]


def test_a_private_key_says_which_public_one_verifies_it(tmp_path: Path) -> None:
    key: PrivateKey = ensure_private(tmp_path, "people")
    found = KeyRing(tmp_path).find(key.kid)
    assert found is not None
    assert found.name == "people"
    private = serialization.load_pem_private_key(key.pem.encode(), password=None)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    assert public_pem(private).decode() == found.pem
