"""Which account each part of a file goes to: one that is there, a new one, or a question."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row

from finapp.transactions.domain.belonging import choose, distinct_names
from finapp.transactions.domain.parts import Part, labels
from finapp.transactions.facade.arriving import kind_of
from finapp.transactions.facade.likeness import Likeness
from finapp.transactions.public import NEW_ACCOUNT, Account, AnswerOption, NewAccount, Question
from finapp.transactions.store import accounts, repeats

ONLY_PART = ""
"""Under which the answer for the account of a file of one account is kept."""
_KINDS: Mapping[str, Any] = {
    kind: kind for kind in ("credit_card", "savings", "cash", "loan", "investment", "overdraft")
}
_MASKED = re.compile(r"[\dXx*•. -]*[Xx*•]{2}[\dXx*•. -]*")
"""A number with digits hidden: what a file says in place of a name."""


@dataclass(frozen=True, kw_only=True)
class Placed:
    """The account of one part."""

    account: Account
    created: bool


@dataclass(frozen=True, kw_only=True)
class Placing:
    """The parts of one import and the household they arrive in."""

    owner: str
    asked: Row[Any]
    parts: tuple[Part, ...]
    currency: str
    """The household's, for files that name none."""

    def place(self, connection: Connection) -> tuple[tuple[Placed, ...], tuple[Question, ...]]:
        """An account for every part, opened where it is new; or nothing and the questions to ask first."""
        chosen, questions = self.choose(connection)
        if questions:
            return (), questions
        return tuple(self._placed(connection, part, one) for part, one in zip(self.parts, chosen, strict=True)), ()

    def choose(self, connection: Connection) -> tuple[tuple[str | None, ...], tuple[Question, ...]]:
        """The account of every part that is there already, None for a new one, and the questions to ask first."""
        if self.asked.account_id is not None:
            return (self.asked.account_id,) * len(self.parts), ()
        known = {account.id: account for account in accounts.of_household(connection, self.owner)}
        called = distinct_names((one.id, one.name, one.currency) for one in known.values())
        before = repeats.accounts_of(connection, self.owner, self.asked)
        if len(before) == len(self.parts) and known.keys() >= set(before) and not self.asked.options.get("accounts"):
            return before, ()
        chosen: list[str | None] = []
        questions: list[Question] = []
        for part, label in zip(self.parts, labels(self.parts), strict=True):
            answer = self._answer(label)
            if answer is not None:
                chosen.append(None if answer == NEW_ACCOUNT else answer)
                continue
            free = [one for one in known.values() if len(self.parts) == 1 or one.id not in chosen]
            choice = choose(
                replace(part.statement.account, kind=kind_of(part.statement)),
                Likeness(
                    connection=connection,
                    owner=self.owner,
                    part=part,
                    currency=currency_of(part, self.currency),
                    called=called,
                ).candidates(free),
                # Parts without a name are currencies of one account, and each goes where its like went before.
                several=len(self.parts) > 1 and part.statement.account.name is not None,
            )
            chosen.append(choice.account_id)
            if choice.ask:
                questions.append(self._question(label, [known[one] for one in choice.ask]))
        return tuple(chosen), tuple(questions)

    def _answer(self, label: str) -> str | None:
        said: Mapping[str, str] = self.asked.options.get("accounts") or {}
        return said.get(label) or (said.get(ONLY_PART) if len(self.parts) == 1 else None)

    def _placed(self, connection: Connection, part: Part, account_id: str | None) -> Placed:
        if account_id is not None:
            return Placed(account=accounts.one(connection, self.owner, account_id), created=False)
        new = new_account(part, currency_of(part, self.currency))
        return Placed(account=accounts.add(connection, self.owner, self.asked.person, new), created=True)

    def _question(self, label: str, among: Sequence[Account]) -> Question:
        options = tuple(AnswerOption(value=one.id, label=_name(one)) for one in among)
        options += (AnswerOption(value=NEW_ACCOUNT, label="a new account"),)
        choices = tuple(option.value for option in options)
        if len(self.parts) == 1:
            message = "which account is this statement of? Give one of these, or `new` to open another"
            return Question(field="account_id", message=message, choices=choices, options=options)
        message = f"which account is {label!r} of the file? Give one of these, or `new` to open another"
        return Question(field=f"accounts.{label}", message=message, choices=choices, options=options)


def _name(account: Account) -> str:
    number = f" ({account.number_last4})" if account.number_last4 else ""
    return f"{account.name}{number}, {account.currency}"


def currency_of(part: Part, household: str) -> str:
    """The currency a part is in: as stated, else of the country whose export it is, else the household's."""
    hint = part.statement.account
    return hint.currency or hint.likely_currency or household


def new_account(part: Part, currency: str) -> NewAccount:
    """The account that a part is the first statement of."""
    hint = part.statement.account
    kind = _KINDS.get(kind_of(part.statement) or "", "checking")
    name = " ".join(filter(None, (hint.institution, "card" if kind == "credit_card" else "account")))
    last4 = hint.number_last4
    plain = f"{name[:1].upper()}{name[1:]} {last4 or ''}".strip()
    return NewAccount(
        name=(plain if hint.name is None or _MASKED.fullmatch(hint.name) else hint.name)[:200],
        kind=kind,
        currency=currency,
        institution=hint.institution,
        number_last4=last4,
    )
