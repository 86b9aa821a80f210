"""What a doorkeeper remembers of tokens."""

import time
from collections.abc import Callable

import pytest

from finapp.kernel.errors import Unauthenticated
from finapp.kernel.who import Who
from finapp.platform.identity import Doorkeeper


class Answers:
    """Knows one token; `meanwhile` happens after it was looked up and before the answer arrives."""

    def __init__(self, seconds: float = 60) -> None:
        self.asked = 0
        self.meanwhile: Callable[[], None] = lambda: None
        self._seconds = seconds

    def identify(self, *, token: str) -> Who:
        self.asked += 1
        if token != "fin_good":
            raise Unauthenticated()
        self.meanwhile()
        until = time.time() + self._seconds
        return Who(person="p", household="h", session="s", administrator=False, scopes=(), expires_at=until)


def test_a_token_is_asked_about_once() -> None:
    doorkeeper = Doorkeeper(Answers())
    assert doorkeeper.remembered("fin_good") is None
    who = doorkeeper.verify("fin_good")
    assert doorkeeper.remembered("fin_good") == who
    assert doorkeeper.remembered("fin_goo") is None


@pytest.mark.parametrize("what", [{"session": "s"}, {"person": "p"}])
def test_what_has_ended_is_forgotten(what: dict[str, str]) -> None:
    doorkeeper = Doorkeeper(Answers())
    doorkeeper.verify("fin_good")
    doorkeeper.forget(session="another", person="another")
    assert doorkeeper.remembered("fin_good") is not None
    doorkeeper.forget(**what)
    assert doorkeeper.remembered("fin_good") is None


def test_what_ends_while_auth_is_asked_is_not_remembered() -> None:
    answers = Answers()
    doorkeeper = Doorkeeper(answers)
    answers.meanwhile = lambda: doorkeeper.forget(session="s")
    doorkeeper.verify("fin_good")
    assert doorkeeper.remembered("fin_good") is None


def test_an_expired_token_is_asked_about_again() -> None:
    doorkeeper = Doorkeeper(Answers(seconds=-1))
    doorkeeper.verify("fin_good")
    assert doorkeeper.remembered("fin_good") is None


def test_a_refused_token_is_not_remembered() -> None:
    answers = Answers()
    doorkeeper = Doorkeeper(answers)
    for _ in range(2):
        with pytest.raises(Unauthenticated):
            doorkeeper.verify("fin_bad")
    assert answers.asked == 2
