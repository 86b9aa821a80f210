"""How a figure made of rows comes about: a sum of rows, or of several currencies' rows at their days' rates."""

from collections.abc import Iterable, Iterator, Mapping

from finapp.analytics.domain.queries import KINDS, Place
from finapp.analytics.domain.sums import SPENDING, DayRate, Sum, Sums, kind_of
from finapp.kernel.basis import Figure, Input
from finapp.kernel.money import from_minor

OUTGOING = ("expense", "debt", "investment")
_SOURCES = {"own": "own", "ecb": "European Central Bank, reference rate"}
_CONVERTED = "own rows + the sum of rows x rate, each product rounded to the currency"
_PARTS = {"income": "income", "debt_service": "debt", "invested": "investment", "transfers": "transfer"}


def figures_of(place: Place, sums: Sums, names: Iterable[str]) -> dict[str, Figure]:
    """How each of the totals `names` (as in `KINDS`) of a place comes about."""
    return {name: _total(place, sums, name) for name in names}


def _total(place: Place, sums: Sums, name: str) -> Figure:
    # Only converted sums are named one by one.
    items = [item for item in sums.items if is_part(item, name)] if sums.converted else []
    if name != "expenses" or not has_foreign(items):
        return made_of(place, sums, items, KINDS[name], outgoing=name not in ("income", "transfers"))
    parts = ("essential", "discretionary")
    inputs = tuple(Input(id=each, kind="figure", name=each, value=None, source="this answer") for each in parts)
    return Figure(kind="formula", formula="essential + discretionary", inputs=inputs)


def is_part(item: Sum, name: str) -> bool:
    """Whether a sum belongs to one of the totals in `KINDS`."""
    return item.flow in SPENDING if name == "expenses" else kind_of(item) == _PARTS.get(name, name)


def has_foreign(items: Iterable[Sum]) -> bool:
    """Whether some of the sums were converted."""
    return any(item.original is not None for item in items)


def made_of(place: Place, sums: Sums, items: list[Sum], conditions: Mapping[str, str], *, outgoing: bool) -> Figure:
    """How the total of `items` comes about; `conditions` are what finds their rows. `outgoing` turns the sign."""
    query = place.query(**conditions, **only(sums))
    if not has_foreign(items):
        return Figure(kind="sum", transactions_query=query)
    own = sum((item.amount for item in items if item.original is None), from_minor(0, sums.currency))
    domestic = Input(id=f"rows.{sums.currency}", kind="rows", name=sums.currency, value=f"{own:f}", source=query)
    formula = f"0 - ({_CONVERTED})" if outgoing else _CONVERTED
    return Figure(kind="formula", formula=formula, inputs=(domestic, *_foreign(place, sums.currency, items)))


def only(sums: Sums) -> dict[str, str]:
    """The condition that leaves rows in other currencies out, where there are any."""
    return {"q": f"currency:{sums.currency}"} if sums.converted or sums.others else {}


def _foreign(place: Place, currency: str, items: Iterable[Sum]) -> Iterator[Input]:
    rates: dict[str, DayRate] = {}
    for item in sorted(items, key=lambda each: (each.on, each.category_id, each.flow, each.need or "")):
        if item.original is None:
            continue
        name = f"{item.original.currency}.{item.on}"
        if name not in rates:
            rates[name] = rate = item.original.rate
            yield Input(
                id=f"rate.{name}",
                kind="assumption",
                name=f"{currency} for one {item.original.currency}",
                value=f"{rate.rate:f}",
                source=f"{_SOURCES[rate.source]}, of {rate.on}",
            )
        yield Input(
            id=f"rows.{name}.{item.category_id}.{item.flow}" + (f".{item.need}" if item.need else ""),
            kind="rows",
            name=name,
            value=f"{item.original.amount:f}",
            source=_rows_of(place, item, item.original.currency),
        )


def _rows_of(place: Place, item: Sum, currency: str) -> str:
    """The query of exactly the rows of one converted sum."""
    here = place.at(item.on, item.on)
    need = {"need": item.need} if item.need else {}
    return here.query(category_id=item.category_id, kind=item.flow, **need, q=f"currency:{currency}")
