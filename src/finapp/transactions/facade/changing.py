"""One change of the ledger by a person: rows before and after, kept as history, and the way back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection

from finapp.kernel.money import from_minor
from finapp.transactions.domain.ledger import LedgerRow, Placed, Step, altered
from finapp.transactions.facade import kinds
from finapp.transactions.facade.settling import Ledger
from finapp.transactions.public import ChangeKind, ChangeResult, ChangeSuperseded, RowChange
from finapp.transactions.store import accounts, aside, categories, changed, changes, images, rows, rules

SHOWN_ROWS = 500
_STOOD_ON = ("accounts", "categories")
NO_FIGURE = frozenset(("tags", "note", "status", "marked"))
"""Fields of a row on which neither its meaning nor any sum depends."""
_PLAIN = ("tags", "note", "status", "split_of", "marked", "hidden", "original_amount", "original_currency", "rate")
_FIELDS = ("date", "description", "merchant", "category_id", "flow", "need", *_PLAIN)
_shown = attrgetter("currency", "amount", *_FIELDS)
_place = attrgetter("account_id", "date", "amount", "split_of")
_said_of = attrgetter("account_id", "date", "amount", "description", "merchant_id", *_PLAIN)


class Rehearsed(Exception):
    """Ends a dry run: the write that made its result is rolled back."""

    def __init__(self, result: ChangeResult) -> None:
        self.result = result


@dataclass(frozen=True)
class Changing:
    """The ledger, open for one change by one person."""

    ledger: Ledger
    person: str
    now: datetime

    def start(self, kind: ChangeKind, undoes: str | None = None) -> str:
        """A new change without rows yet; its id."""
        return changes.add(self.ledger.connection, self.ledger.owner, self.person, self.now, kind, undoes)

    def make(self, change_id: str, steps: Sequence[Step]) -> list[Step]:
        """Moves and changes rows, settles the ledger, and keeps what became of each row. The steps as stored.

        Flow, category and pairs of other rows follow by themselves, and so they do when the change is taken back.
        """
        connection, owner = self.ledger.connection, self.ledger.owner
        if all(step.before == step.after for step in steps):
            changes.add_steps(connection, owner, change_id, steps)
            return list(steps)
        steps = self._numbered(steps)
        gone = [step.before.row for step in steps if step.before and step.before.place == "ledger"]
        new = [step.after.row for step in steps if step.after and step.after.place == "ledger"]
        was_aside = [step.before.row for step in steps if step.before and step.before.place != "ledger"]
        goes_aside = [(step.after.place, step.after.row) for step in steps if step.after]
        aside.take(connection, was_aside)
        stored = {row.id: row for row in self.ledger.settle(new=new, gone=gone, as_said=True)}
        now_aside = [(place, row) for place, row in goes_aside if place != "ledger"]
        aside.put(connection, owner, self.person, self.now, now_aside)
        done = [_as_stored(step, stored) for step in steps]
        changes.add_steps(connection, owner, change_id, done)
        return done

    def tell(self, change_id: str, step: Step, values: Mapping[str, Any]) -> list[Step]:
        """Stores values of a counted row that are among `NO_FIGURE`: nothing has to be decided anew."""
        connection, owner = self.ledger.connection, self.ledger.owner
        if step.after is not None:
            row = step.after.row
            rows.change(connection, row.id, {**values, "version": row.version})
            changed.note(connection, owner, {row.date.isoformat()})
        changes.add_steps(connection, owner, change_id, [step])
        return [step]

    def undo(self, change_id: str) -> str:
        """Takes a change back, itself as a change. Raises ChangeSuperseded when its rows have been changed since."""
        connection, owner = self.ledger.connection, self.ledger.owner
        steps = changes.steps(connection, owner, change_id)
        held = placed(connection, owner, [step.transaction_id for step in steps])
        later = [step.transaction_id for step in steps if not _same(held.get(step.transaction_id), step.after)]
        if later:
            raise ChangeSuperseded("take the later changes of its rows back first", transaction_ids=later[:50])
        undoing = changes.one(connection, owner, change_id)
        about = changes.images(connection, change_id)
        by = self.start("undo", undoes=change_id)
        changes.mark_taken_back(connection, owner, undoing, by)
        back = [_back(step, held.get(step.transaction_id)) for step in steps]
        appear = [image for image in about if image["before"] is not None]
        # What rows stand on comes before them, and goes after them.
        images_back = images.put_back(connection, owner, appear)
        for account_id in sorted({step.before.row.account_id for step in steps if step.before}):
            accounts.one(connection, owner, account_id)
        self.make(by, back)
        created = [image for image in about if image["before"] is None]
        # What is said of an account or a category goes before it is asked whether they are used.
        for stood_on in (False, True):
            some = [image for image in created if (image["table"] in _STOOD_ON) is stood_on]
            self._require_unused(some)
            images_back += images.put_back(connection, owner, some)
        changes.add_images(connection, by, images_back)
        self._decide_again(images_back)
        return by

    @contextmanager
    def keeping(self, kind: ChangeKind, **kept: Mapping[str, object]) -> Iterator[None]:
        """Makes what happens within it to stored rows besides the ledger's one change that can be taken back.

        `kept` gives tables and the keys of the rows: those in the others first.
        """
        connection, owner = self.ledger.connection, self.ledger.owner
        was = {table: images.taken(connection, table, owner, **key) for table, key in kept.items()}
        yield
        about = [images.changed(connection, table, owner, was[table], **key) for table, key in kept.items()]
        if any(about):
            self.note(self.start(kind), [image for found in about for image in found])

    def note(self, change_id: str, images_of: Sequence[images.Image]) -> None:
        """Keeps what the change did besides rows, so that it can be taken back as well."""
        changes.add_images(self.ledger.connection, change_id, images_of)

    def _require_unused(self, created: Iterable[images.Image]) -> None:
        """What rows stand on is not taken away below them. Raises ChangeSuperseded."""
        connection, owner = self.ledger.connection, self.ledger.owner
        for image in created:
            key = image["key"].get("id", "")
            if image["table"] == "accounts" and accounts.is_used(connection, owner, key):
                raise ChangeSuperseded("the account is used: delete it instead")
            if image["table"] == "categories" and categories.is_used(connection, owner, key):
                raise ChangeSuperseded("the category is used: move its rows and children first")

    def _decide_again(self, about: Sequence[images.Image]) -> None:
        """The need of a category is that of its rows, the kind of an account decides what they do, and rules are
        numbered from 1."""
        if any(image["table"] == "rules" for image in about):
            connection, owner = self.ledger.connection, self.ledger.owner
            rules.place(connection, [rule.id for rule in rules.of_household(connection, owner)])
        for image in about:
            if image["table"] in ("categories", "category_needs"):
                leaf = (image["after"] or image["before"])["leaf"]
                affected = rows.of_leaf(self.ledger.connection, self.ledger.owner, leaf)
                self.ledger.settle(new=affected, gone=affected)
            elif _changes_kind(image):
                kinds.decide_again(self.ledger, image["key"]["id"])

    def _numbered(self, steps: Sequence[Step]) -> list[Step]:
        """Steps whose rows have an ordinal that no other row of equal account, date and amount has."""
        given: dict[tuple[object, ...], int] = {}
        numbered = []
        for step in steps:
            after = step.after
            if after is not None and after.place == "ledger" and not _keeps_place(step):
                row = after.row
                key = (row.account_id, row.date, row.amount, row.split_of is None)
                if key not in given:
                    given[key] = rows.next_ordinal(self.ledger.connection, row)
                step = replace(step, after=Placed(place="ledger", row=altered(row, {"ordinal": given[key]})))
                given[key] += 1
            numbered.append(step)
        return numbered


def _changes_kind(image: images.Image) -> bool:
    """Whether an account that stays becomes one of another kind."""
    before, after = image["before"], image["after"]
    return image["table"] == "accounts" and None not in (before, after) and before["kind"] != after["kind"]


def placed(connection: Connection, owner: str, ids: Iterable[str]) -> dict[str, Placed]:
    """Rows by id with where they stand, those that are counted and those that stand aside."""
    wanted = list(ids)
    found = {row.id: Placed(place="ledger", row=row) for row in rows.by_ids(connection, owner, wanted)}
    missing = [each for each in wanted if each not in found]
    others = aside.find(connection, owner, missing)
    return found | {key: Placed(place=place, row=row) for key, (place, row) in others.items()}


def edited(row: LedgerRow, values: Mapping[str, object]) -> Step:
    """The step that sets fields of a counted row."""
    after = altered(row, {**values, "version": row.version + 1})
    return Step(
        transaction_id=row.id,
        before=Placed(place="ledger", row=row),
        after=Placed(place="ledger", row=after),
    )


def result(steps: Sequence[Step], *, change_id: str | None, matched: int, dry_run: bool) -> ChangeResult:
    """What steps did, as the others see it."""
    changed = [step for step in steps if differs(step)]
    return ChangeResult(
        change_id=None if dry_run else change_id,
        dry_run=dry_run,
        matched=matched,
        changed=len(changed),
        rows=tuple(_row_change(step) for step in changed[:SHOWN_ROWS]),
    )


def difference(step: Step) -> tuple[dict[str, str | None], dict[str, str | None]]:
    """The fields of a row that a step changes, before and after, as texts."""
    before, after = _texts(step.before), _texts(step.after)
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: before.get(name) for name in names}, {name: after.get(name) for name in names}


def differs(step: Step) -> bool:
    """Whether a step changes anything of a row that a person is shown."""
    before, after = step.before, step.after
    if before is None or after is None or before.place != after.place:
        return before is not after
    both = zip(_shown(before.row), _shown(after.row), strict=True)
    return any(_text(was) != _text(now) for was, now in both if was != now)


def _row_change(step: Step) -> RowChange:
    before, after = difference(step)
    rows_of_step = [held.row for held in (step.after, step.before) if held is not None]
    row = rows_of_step[0]
    return RowChange(transaction_id=row.id, date=row.date, description=row.description, before=before, after=after)


def _texts(held: Placed | None) -> dict[str, str | None]:
    if held is None:
        return {}
    row = held.row
    found: dict[str, str | None] = {"amount": str(from_minor(row.amount, row.currency))}
    for name in _FIELDS:
        found[name] = _text(getattr(row, name))
    found["place"] = held.place
    return found


def _text(value: object) -> str | None:
    text = ", ".join(value) if isinstance(value, tuple) else None if value in (None, False) else str(value)
    return text or None


def _said(held: Placed | None) -> tuple[object, ...]:
    """What persons set of a row: what the product decides by itself may differ without anybody's change."""
    if held is None:
        return ()
    row = held.row
    category = row.category_id if row.decided else None
    flow = (row.flow, row.need) if row.flow_decided else None
    return (held.place, category, flow, *_said_of(row))


def _same(held: Placed | None, left: Placed | None) -> bool:
    return _said(held) == _said(left)


def _back(step: Step, held: Placed | None) -> Step:
    if step.before == step.after:
        return Step(transaction_id=step.transaction_id, before=held, after=held)
    target = step.before
    if target is not None:
        newest = max(each.row.version for each in (target, held, step.after) if each is not None)
        # Which import a row is of may have changed without anybody's change: when the one that brought it went.
        whose = held.row if held is not None else target.row
        row = altered(target.row, {"version": newest + 1, "import_id": whose.import_id, "line": whose.line})
        target = Placed(place=target.place, row=row)
    return Step(transaction_id=step.transaction_id, before=held, after=target)


def _keeps_place(step: Step) -> bool:
    before, after = step.before, step.after
    if before is None or after is None or before.place != "ledger":
        return False
    return _place(before.row) == _place(after.row)


def _as_stored(step: Step, stored: Mapping[str, LedgerRow]) -> Step:
    if step.after is None or step.transaction_id not in stored:
        return step
    now = Placed(place=step.after.place, row=stored[step.transaction_id])
    return Step(transaction_id=step.transaction_id, before=step.before, after=now)
