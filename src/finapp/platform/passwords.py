"""Passwords: the one module that knows passlib. Argon2id, 19 MiB, two passes, one lane (a setting OWASP recommends).

A password is compared in Unicode's NFKC form, so that the same characters typed on another keyboard match. Callers
refuse what is longer than LONGEST_PASSWORD before asking; it is refused here too, so that no work can be forced.
"""

import os
import threading
import unicodedata
import warnings

from finapp.kernel.errors import Invalid

with warnings.catch_warnings():
    # passlib 1.7.4 looks at two things that have newer ways; neither matters to Argon2.
    warnings.filterwarnings("ignore", message="'crypt' is deprecated", category=DeprecationWarning)
    warnings.filterwarnings("ignore", message="Accessing argon2.__version__", category=DeprecationWarning)
    from passlib.context import CryptContext
    from passlib.hash import argon2

    # Otherwise the backend would be loaded, and warn, on first use.
    argon2.get_backend()  # type: ignore[no-untyped-call]  # the stubs leave it untyped

_context = CryptContext(
    schemes=["argon2"],
    argon2__type="ID",
    argon2__memory_cost=19456,
    argon2__time_cost=2,
    argon2__parallelism=1,
)
_AT_ONCE = threading.BoundedSemaphore(max(2, (os.cpu_count() or 2) // 2))
"""Each hash takes 19 MiB and a processor to itself; more at once would only take them from everybody else."""
LONGEST_PASSWORD = 1024
"""Characters, before and after normalisation."""


def hash_password(password: str) -> str:
    """A salted Argon2id hash in PHC text form. Raises Invalid for what `is_acceptable` refuses."""
    if not is_acceptable(password):
        raise Invalid("password", f"must be text of at most {LONGEST_PASSWORD} characters")
    with _AT_ONCE:
        return str(_context.hash(_normalised(password)))


def verify_password(password: str, hashed: str) -> bool:
    """Whether `password` made `hashed`. Raises ValueError when `hashed` is not one of our hashes."""
    if not is_acceptable(password):
        waste_time()
        return False
    with _AT_ONCE:
        return bool(_context.verify(_normalised(password), hashed))


def waste_time() -> None:
    """Does the work of one verification, so that an unknown person is refused as slowly as a wrong password."""
    with _AT_ONCE:
        _context.dummy_verify()


def needs_rehash(hashed: str) -> bool:
    """Whether `hashed` was made with other parameters than today's. Replace it at the next sign-in."""
    return bool(_context.needs_update(hashed))


def is_acceptable(password: str) -> bool:
    """Whether a password can be hashed at all: at most LONGEST_PASSWORD characters of Unicode text."""
    if len(password) > LONGEST_PASSWORD or len(_normalised(password)) > LONGEST_PASSWORD:
        return False
    # A lone surrogate has no UTF-8 form, and so no bytes to hash.
    return not any("\ud800" <= letter <= "\udfff" for letter in password)


def _normalised(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
