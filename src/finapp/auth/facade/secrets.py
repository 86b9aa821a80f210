"""Random texts that are shown once and kept as a digest; they are too long to be guessed from it."""

import hashlib
import secrets

BYTES = 32


def make(prefix: str = "") -> str:
    """A fresh text that cannot be guessed: 256 random bits, safe in an address."""
    return prefix + secrets.token_urlsafe(BYTES)


def digest(secret: str) -> str:
    """What is stored of it."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
