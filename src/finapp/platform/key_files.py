"""Whether the keys of a process could be used, told at its start without the library that reads them."""

import base64
import binascii
import errno
import os
from collections.abc import Iterable
from pathlib import Path

_P256 = bytes.fromhex("06082a8648ce3d030107")
"""The curve's object identifier 1.2.840.10045.3.1.7, as a PKCS 8 file has it."""
_FIRST, _LAST = b"-----BEGIN PRIVATE KEY-----", b"-----END PRIVATE KEY-----"


def check_keys(directory: Path, names: Iterable[str]) -> None:
    """Makes the directory where it is missing, and looks at those of the named keys that are there.

    Raises OSError when one would have to be made and cannot be, PermissionError when others may read one, ValueError
    when one is no private key on P-256.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in [directory / f"{name}.key" for name in names]:
        if path.exists():
            require_private(path)
            if not _is_on_p256(path.read_bytes()):
                raise ValueError(f"{path} is not a private key")
        elif not os.access(directory, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "no key can be made here", str(directory))


def require_private(path: Path) -> None:
    """Raises PermissionError when others than the owner may read a file."""
    if os.name == "posix" and path.stat().st_mode & 0o077:
        said = "others may read it: chmod 600 it, or delete it to have a new key made"
        raise PermissionError(errno.EPERM, said, str(path))


def _is_on_p256(pem: bytes) -> bool:
    inner = pem.strip().removeprefix(_FIRST).removesuffix(_LAST)
    try:
        return _P256 in base64.b64decode(b"".join(inner.split()), validate=True)
    except binascii.Error:
        return False
