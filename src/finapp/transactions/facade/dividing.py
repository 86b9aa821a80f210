"""Rows that arrive in parts, as another program had divided them or with a fee beside the amount: the parts are counted
in place of them, as after a split made here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from finapp.kernel import ids
from finapp.kernel.errors import Invalid
from finapp.kernel.money import to_minor
from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.abroad import Abroad, shared
from finapp.transactions.domain.categorizer import Suggestion
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.domain.statement import StatementPart, StatementRow
from finapp.transactions.facade.arriving import said_of
from finapp.transactions.facade.hinted import Names, is_moved, is_returned, moved, placed
from finapp.transactions.facade.rows import categorized
from finapp.transactions.store import rows

_FEES = "bank_fees"
_FEE_BESIDE = "the file prints it as a fee beside the amount"
_SURE = 0.99


@dataclass
class Dividing:
    """Divides the new rows of a slice. `parts` are those of each whole by its id."""

    connection: Connection
    names: Names
    parts: dict[str, list[LedgerRow]] = field(default_factory=dict)
    _given: dict[tuple[object, ...], int] = field(default_factory=dict)

    def counted(
        self, new: Mapping[str, LedgerRow], arrived: Sequence[StatementRow], said: Sequence[Suggestion]
    ) -> list[LedgerRow]:
        """The rows in their order, each that is divided as its parts. `new` goes by the place of a row."""
        found = []
        for key, row in new.items():
            told = arrived[int(key)].parts
            parts = self._parts(row, told, said[int(key)]) if told else []
            if parts:
                self.parts[row.id] = parts
            found += parts or [row]
        return found

    def wholes(self, new: Mapping[str, LedgerRow]) -> list[LedgerRow]:
        """The rows that stand aside for their parts."""
        return [row for row in new.values() if row.id in self.parts]

    def told(
        self, stored: Sequence[LedgerRow], new: Mapping[str, LedgerRow]
    ) -> list[tuple[LedgerRow, list[LedgerRow]]]:
        """Every new row with its stored parts, as a person is told of it."""
        if not self.parts:
            return [(row, []) for row in stored]
        of: dict[str, list[LedgerRow]] = {}
        for row in stored:
            of.setdefault(row.split_of or row.id, []).append(row)
        return [(row, of[row.id]) if row.id in self.parts else (of[row.id][0], []) for row in new.values()]

    def _parts(self, whole: LedgerRow, told: Sequence[StatementPart], said: Suggestion) -> list[LedgerRow]:
        """The parts of a row; none when they do not come to it in its currency, and then it stays whole."""
        if told[-1].does == "fee" and _is_bought(said):
            return []
        try:
            amounts = [to_minor(part.amount, whole.currency) for part in told]
        except Invalid:
            return []
        if sum(amounts) != whole.amount or len(amounts) < 2 or not all(amounts):
            return []
        paid = shared(Abroad(amount=whole.original_amount, currency=whole.original_currency, rate=whole.rate), amounts)
        made = []
        for part, amount, abroad in zip(told, amounts, paid, strict=True):
            suggested = self._suggested(part, said)
            lone: dict[str, object] = {"bank_id": None, "balance_after": None, **abroad.columns(), **_said(part)}
            row = replace(
                whole,
                id=ids.new_id(),
                split_of=whole.id,
                amount=amount,
                description=part.description or whole.description,
                decided=is_moved(suggested) or is_returned(suggested),
                **lone,  # type: ignore[arg-type]
                **categorized(suggested),
            )
            made.append(self._numbered(row))
        return made

    def _suggested(self, part: StatementPart, said: Suggestion) -> Suggestion:
        if part.does == "fee":
            return replace(said, category=_FEES, category_best=_FEES, confidence=_SURE, why=_FEE_BESIDE)
        if part.does is not None:
            return moved(said, part.does, part.category_hint, self.names)
        if part.category_hint is None:
            return said
        return placed(said, part.category_hint, self.names, came_in=part.amount > 0)

    def _numbered(self, row: LedgerRow) -> LedgerRow:
        """The part with an ordinal that no other part of equal account, date and amount has."""
        key = row.account_id, row.date, row.amount
        ordinal = self._given[key] + 1 if key in self._given else rows.next_ordinal(self.connection, row)
        self._given[key] = ordinal
        return replace(row, ordinal=ordinal)


def _said(part: StatementPart) -> dict[str, object]:
    """The tags and the note of a part, as far as it has its own: else it keeps those of the whole."""
    return {name: value for name, value in said_of(part).items() if value}


def _is_bought(said: Suggestion) -> bool:
    """Whether a row is income or spending by itself: a fee on top of it is a part of its price."""
    leaf = taxonomy.BY_CODE.get(said.category or "")
    return leaf is not None and leaf.kind in ("income", "expense")
