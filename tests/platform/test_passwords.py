"""Passwords are kept as Argon2id hashes only, with the parameters the design names."""

import subprocess
import sys
from time import thread_time

import pytest
from argon2 import PasswordHasher

from finapp.kernel.errors import Invalid
from finapp.platform import passwords

WEAKER = PasswordHasher(memory_cost=8192, time_cost=1, parallelism=1).hash("correct horse")


def test_a_hash_is_argon2id_with_the_named_cost_and_its_own_salt() -> None:
    hashed = passwords.hash_password("correct horse")
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.hash_password("correct horse") != hashed
    assert "correct" not in hashed


def test_only_the_password_itself_matches() -> None:
    hashed = passwords.hash_password("correct horse")
    assert passwords.verify_password("correct horse", hashed)
    for other in ("", "correct horse ", "Correct horse", "correct\0horse", "correct horse\0"):
        assert not passwords.verify_password(other, hashed)


def test_the_whole_of_a_long_password_counts() -> None:
    longest = "a" * passwords.LONGEST_PASSWORD
    hashed = passwords.hash_password(longest)
    assert passwords.verify_password(longest, hashed)
    assert not passwords.verify_password(longest[:-1] + "b", hashed)


def test_the_same_characters_typed_differently_match() -> None:
    composed, decomposed = "caf\u00e9", "cafe\u0301"
    assert composed != decomposed
    assert passwords.verify_password(decomposed, passwords.hash_password(composed))


@pytest.mark.parametrize("password", ["a" * 1025, "\ufdfa" * 200, "lone \ud800"])
def test_what_cannot_be_hashed_is_refused_and_never_matches(password: str) -> None:
    """U+FDFA becomes 18 characters in NFKC, the most of all."""
    assert not passwords.is_acceptable(password)
    with pytest.raises(Invalid, match="password: must be text of at most 1024"):
        passwords.hash_password(password)
    assert not passwords.verify_password(password, passwords.hash_password("a"))


def test_a_stored_text_that_is_no_hash_is_an_error_not_a_mismatch() -> None:
    for stored in ("", "correct horse", "$2b$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234"):
        with pytest.raises(ValueError, match="hash"):
            passwords.verify_password("correct horse", stored)


def test_a_hash_with_weaker_parameters_still_verifies_and_wants_a_new_one() -> None:
    assert passwords.verify_password("correct horse", WEAKER)
    assert passwords.needs_rehash(WEAKER)
    assert not passwords.needs_rehash(passwords.hash_password("correct horse"))


def test_an_unknown_person_costs_as_much_as_a_wrong_password() -> None:
    hashed = passwords.hash_password("correct horse")
    passwords.waste_time()

    def fastest(work: object, *arguments: str) -> float:
        assert callable(work)
        times = []
        for _ in range(7):
            started = thread_time()
            work(*arguments)
            times.append(thread_time() - started)
        return min(times)

    wrong = fastest(passwords.verify_password, "wrong", hashed)
    unknown = fastest(passwords.waste_time)
    assert 0.5 < unknown / wrong < 2


def test_the_module_is_quiet_where_warnings_are_errors() -> None:
    code = "from finapp.platform import passwords as p; assert p.verify_password('a', p.hash_password('a'))"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
