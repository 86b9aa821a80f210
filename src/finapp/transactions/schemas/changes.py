"""Bodies of changes of many rows, splits, rules, merchants, transfers and imports."""

from typing import Annotated

from pydantic import Field

from finapp.kernel.errors import Invalid
from finapp.platform.fields import Body, Line, Money, Number, Prose
from finapp.transactions.public import (
    BulkChanges,
    Flow,
    ImportAnswers,
    Need,
    NewPart,
    NewRule,
    RuleActions,
    RuleChanges,
    Selection,
    SplitShare,
    Status,
    TransactionChanges,
    TransactionFilter,
    TransferKind,
)
from finapp.transactions.public.changes import Decision
from finapp.transactions.schemas.rows import Description, Identifier, Tags, unique_tags


class BulkValuesBody(Body):
    """What to set on every row; what is left out stays."""

    description: Description | None = None
    category_id: Identifier | None = None
    flow: Flow | None = None
    need: Need | None = None
    tags: Tags | None = None
    note: Prose | None = None
    status: Status | None = None
    marked: bool | None = None
    hidden: bool | None = None
    add_tags: Tags = Field(default_factory=list)
    remove_tags: Tags = Field(default_factory=list)

    def value(self) -> BulkChanges:
        """As transactions takes it. A note or tags of null are taken away.

        Raises Invalid for any other null, and for a tag that is both added and removed.
        """
        nulls = {name for name in self.model_fields_set if getattr(self, name) is None}
        for name in sorted(nulls - {"note", "tags"}):
            raise Invalid(f"changes.{name}", "cannot be null: leave it out to keep it")
        for tag in set(self.add_tags) & set(self.remove_tags):
            raise Invalid("changes.remove_tags", f"{tag!r} is added as well")
        plain = self.model_dump(exclude={"tags", "add_tags", "remove_tags"})
        plain["note"] = "" if "note" in nulls else self.note
        tags = () if "tags" in nulls else None if self.tags is None else unique_tags(self.tags)
        return BulkChanges(
            values=TransactionChanges(**plain, tags=tags),
            add_tags=unique_tags(self.add_tags),
            remove_tags=unique_tags(self.remove_tags),
        )


class BulkBody(Body):
    """A change of many rows: by their ids, or by a query in the search language."""

    ids: Annotated[list[Identifier], Field(max_length=10_000)] = Field(default_factory=list)
    query: Annotated[str, Field(max_length=1000)] | None = None
    changes: BulkValuesBody
    dry_run: bool = False

    def selection(self) -> Selection:
        """As transactions takes it. Raises Invalid for an empty query, which would mean every row."""
        if self.query is not None and not self.query.strip():
            raise Invalid("query", "is empty: say which rows are meant")
        where = None if self.query is None else TransactionFilter(query=self.query)
        return Selection(ids=tuple(self.ids), where=where)


class PartBody(Body):
    """One part of a row."""

    amount: Money
    category_id: Identifier | None = None
    need: Need | None = None
    description: Description | None = None
    note: Prose | None = None
    tags: Tags = Field(default_factory=list)

    def value(self) -> NewPart:
        """As transactions takes it: of tags that are not given, the part has those of the whole."""
        said = unique_tags(self.tags) if "tags" in self.model_fields_set else None
        return NewPart(**{**self.model_dump(), "tags": said})


class SplitBody(Body):
    """The parts of a row. They sum to it exactly."""

    parts: Annotated[list[PartBody], Field(min_length=2, max_length=100)]

    def value(self) -> tuple[NewPart, ...]:
        """As transactions takes them."""
        return tuple(part.value() for part in self.parts)


class ImportAnswersBody(Body):
    """Answers to the questions of an import."""

    mapping: (
        Annotated[
            dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=500)]], Field(max_length=60)
        ]
        | None
    ) = None
    account_id: Identifier | None = None
    accounts: Annotated[dict[Annotated[str, Field(max_length=300)], Identifier], Field(max_length=200)] | None = None
    password: Annotated[str, Field(max_length=200)] | None = None

    def value(self) -> ImportAnswers:
        """As transactions takes it."""
        return ImportAnswers(**self.model_dump())


class TransferBody(Body):
    """Two rows that belong together; `kind` says how, where it is not a movement between own accounts."""

    transaction_ids: Annotated[list[Identifier], Field(min_length=2, max_length=2)]
    kind: TransferKind = "transfer"


class MerchantBody(Body):
    """Another name for a merchant, or the merchant it is counted as."""

    name: Line | None = None
    into_id: Annotated[str, Field(min_length=1, max_length=1000)] | None = None


class SplitShareBody(Body):
    """A part that a rule makes of a row."""

    share: Annotated[Number, Field(gt=0, lt=1)]
    category_id: Identifier | None = None
    note: Prose | None = None

    def value(self) -> SplitShare:
        """As transactions takes it."""
        return SplitShare(**self.model_dump())


class RuleActionsBody(Body):
    """What a rule does."""

    category_id: Identifier | None = None
    merchant: Line | None = None
    tags: Tags = Field(default_factory=list)
    note: Prose | None = None
    split: Annotated[list[SplitShareBody], Field(max_length=20)] = Field(default_factory=list)
    link_account_id: Identifier | None = None
    mark: bool = False
    hide: bool = False
    stop: bool = False

    def value(self) -> RuleActions:
        """As transactions takes it."""
        plain = self.model_dump(exclude={"tags", "split"})
        return RuleActions(**plain, tags=unique_tags(self.tags), split=tuple(part.value() for part in self.split))


class RuleBody(Body):
    """A rule to add."""

    name: Line
    condition: Annotated[str, Field(min_length=1, max_length=1000)]
    actions: RuleActionsBody
    active: bool = True
    position: Annotated[int, Field(ge=1, le=1000)] | None = None
    group: Line | None = None

    def value(self) -> NewRule:
        """As transactions takes it."""
        plain = self.model_dump(exclude={"actions"})
        return NewRule(**plain, actions=self.actions.value())


class RuleChangesBody(Body):
    """Changes of a rule; what is left out stays."""

    name: Line | None = None
    condition: Annotated[str, Field(min_length=1, max_length=1000)] | None = None
    actions: RuleActionsBody | None = None
    active: bool | None = None
    position: Annotated[int, Field(ge=1, le=1000)] | None = None
    group: Line | None = None

    def value(self) -> RuleChanges:
        """As transactions takes it. A group of null takes the rule out of its group."""
        plain = self.model_dump(exclude={"actions"})
        if "group" in self.model_fields_set and self.group is None:
            plain["group"] = ""
        return RuleChanges(**plain, actions=None if self.actions is None else self.actions.value())


class RuleGroupBody(Body):
    """Which rules to run: all, or those of a group."""

    group: Line | None = None


class SimilarBody(Body):
    """Whether to change the similar rows, or only to say which they are."""

    dry_run: bool = True


class DecisionBody(Body):
    """What a doubtful row is."""

    decision: Decision
