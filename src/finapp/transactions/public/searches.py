"""Searches that a person keeps, and the alerts on them."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from finapp.kernel.errors import NotFound
from finapp.kernel.events import Event
from finapp.transactions.public.ledger import Transaction

AlertKind = Literal["each", "spent", "received"]
Period = Literal["week", "month", "year"]


@dataclass(frozen=True, kw_only=True)
class Alert:
    """When a saved search is to be heard of.

    `each`: every new row it finds; with a threshold those of at least that size. `spent`, `received`: when what its
    rows of one period come to reaches the threshold, out or in, once a period and currency.
    """

    kind: AlertKind
    threshold: Decimal | None = None
    """In the currency of the rows; positive."""
    period: Period | None = None
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class SavedSearch:
    """A query under a name."""

    id: str
    name: str
    query: str
    alert: Alert | None
    hits: int
    """How often its alert has been raised."""
    newest_hit: dt.datetime | None
    version: int


@dataclass(frozen=True, kw_only=True)
class SavedSearchPage:
    """Every saved search, oldest first."""

    items: tuple[SavedSearch, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class NewSavedSearch:
    """A search to keep."""

    name: str
    query: str
    alert: Alert | None = None


@dataclass(frozen=True, kw_only=True)
class SavedSearchChanges:
    """What to change of a search; None leaves as it is."""

    name: str | None = None
    query: str | None = None
    alert: Alert | None = None
    drop_alert: bool = False


@dataclass(frozen=True, kw_only=True)
class AlertHit:
    """One time that an alert was raised: by a row, or by what the rows of a period come to."""

    id: str
    search_id: str
    at: dt.datetime
    period: str | None
    """The period it is of: `2026-W23`, `2026-06` or `2026`; None for a single row."""
    amount: Decimal
    """Of the row, signed; or what the period's rows came to, positive."""
    currency: str
    transaction: Transaction | None
    """The row, unless it is of a period or is gone."""


@dataclass(frozen=True, kw_only=True)
class AlertHitPage:
    """One page of hits, newest first."""

    items: tuple[AlertHit, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class AlertRaised(Event):
    """An alert on a saved search was raised, `hits` times by one write."""

    owner: str
    search_id: str
    hits: int


class SavedSearchNotFound(NotFound):
    """No saved search of this household has this id."""

    code = "saved_search_not_found"
    title = "No such saved search"
