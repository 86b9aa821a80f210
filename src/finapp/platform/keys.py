"""The deployment's signing keys: ES256 key pairs in one directory, made on first use, never a default in the source.

`<name>.key` is private (PKCS 8, mode 0600, directory 0700), `<name>.pub` is its public half. A private key is read
only by the process that signs with it; a process that only verifies needs the `.pub` files alone. To retire a key,
delete its `.key` and rename its `.pub` to `<name>.<anything>.pub`: a new pair is made at the next start, and old
signatures stay good until that file is deleted too.
"""

import base64
import hashlib
import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from finapp.platform.key_files import require_private

log = structlog.get_logger()
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, kw_only=True)
class PrivateKey:
    """What a signer holds."""

    name: str
    kid: str
    """The thumbprint of the public half (RFC 7638)."""
    pem: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class PublicKey:
    """What a verifier holds."""

    name: str
    kid: str
    pem: str
    jwk: Mapping[str, str]
    """As in a JSON Web Key Set (RFC 7517), with `kid`, `alg` and `use`."""


def ensure_private(directory: Path, name: str) -> PrivateKey:
    """The private key `name` of a directory, made with its public half when it is not there yet.

    Two processes that start at once end with the same key. Raises PermissionError when others may read the file,
    ValueError when it is not a P-256 key.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a key")
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = directory / f"{name}.key"
    if not path.exists():
        _create(path, _new_pem())
    require_private(path)
    pem = path.read_bytes()
    public = _public_half(pem, path)
    published = directory / f"{name}.pub"
    if not published.exists() or published.read_bytes() != public:
        os.replace(_written(published, public, 0o644), published)
    return PrivateKey(name=name, kid=read_public(name, public).kid, pem=pem.decode("ascii"))


def read_public(name: str, pem: bytes) -> PublicKey:
    """A public key from its PEM. Raises ValueError when it is not on P-256."""
    try:
        key = serialization.load_pem_public_key(pem)
    except UnsupportedAlgorithm as fault:
        raise ValueError("not a public key on P-256") from fault
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("not a public key on P-256")
    numbers = key.public_numbers()
    required = {"crv": "P-256", "kty": "EC", "x": _coordinate(numbers.x), "y": _coordinate(numbers.y)}
    kid = thumbprint(required)
    jwk = {**required, "kid": kid, "alg": "ES256", "use": "sig"}
    return PublicKey(name=name, kid=kid, pem=pem.decode("ascii"), jwk=jwk)


def thumbprint(required: Mapping[str, str]) -> str:
    """The thumbprint of a key, given exactly its required members (RFC 7638, section 3)."""
    canonical = json.dumps(required, sort_keys=True, separators=(",", ":")).encode("ascii")
    return _base64url(hashlib.sha256(canonical).digest())


class KeyRing:
    """The public keys of a directory. A key that is added or deleted there counts from the next question on."""

    def __init__(self, directory: Path, name: str | None = None) -> None:
        """`name` limits the ring to the keys of one signer; retired ones of that name stay in it."""
        self._directory = directory
        self._name = name
        self._seen: dict[str, tuple[int, int]] = {}
        self._keys: dict[str, PublicKey] = {}

    def find(self, kid: str) -> PublicKey | None:
        """The key with this thumbprint, or None."""
        return self._current().get(kid)

    def jwks(self) -> dict[str, tuple[Mapping[str, str], ...]]:
        """The ring as a JSON Web Key Set (RFC 7517)."""
        return {"keys": tuple(key.jwk for _, key in sorted(self._current().items()))}

    def _current(self) -> dict[str, PublicKey]:
        # Names and times of a few files: cheap beside checking a signature, and a deleted key is out at once.
        seen = _public_files(self._directory)
        if seen != self._seen:
            keys = [key for path in map(self._directory.joinpath, seen) if (key := self._read(path))]
            self._keys = {key.kid: key for key in keys}
            self._seen = seen
        return self._keys

    def _read(self, path: Path) -> PublicKey | None:
        name = path.name.partition(".")[0]
        if self._name not in (None, name):
            return None
        try:
            return read_public(name, path.read_bytes())
        except (OSError, ValueError) as fault:
            log.warning("key file left out", file=path.name, reason=type(fault).__name__)
            return None


def _public_files(directory: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for path in directory.glob("*.pub"):
        try:
            status = path.stat()
        except FileNotFoundError:  # deleted since it was listed
            continue
        found[path.name] = status.st_ino, status.st_mtime_ns
    return found


def _new_pem() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _public_half(pem: bytes, path: Path) -> bytes:
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise ValueError(f"{path} is not a private key") from fault
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def _create(path: Path, content: bytes) -> None:
    temporary = _written(path, content, 0o600)
    try:
        # A link, unlike a rename, fails where another process was faster; its key is then the key.
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()


def _written(path: Path, content: bytes, mode: int) -> Path:
    """A new file beside `path`, safely on disk before anything points to it."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _coordinate(number: int) -> str:
    return _base64url(number.to_bytes(32, "big"))


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
