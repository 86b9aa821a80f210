"""Walks from a derived figure down to its leaves over HTTP: adds up the rows of sums, computes formulas anew."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from tests.acceptance.formulas import IN_WORDS, Unanswered, computed
from tests.acceptance.methods import METHODS

API = "/api/v1"
LISTS = f"{API}/transactions?"
LISTED = {"reports.recurring_calendar", "assets.net_worth_timeline", "assets.snapshots"}
"""Answers that are lists of another answer's figures, which the test compares with it one by one."""
Get = Callable[[str], Any]
Post = Callable[[str, Any], Any]


@dataclass
class Walk:
    """One walk; answers and sums are asked once. `faults` says in words what does not hold."""

    get: Get
    post: Post
    faults: list[str] = field(default_factory=list)
    sums: int = 0
    formulas: int = 0
    inputs: int = 0
    by_method: int = 0
    _answers: dict[str, Any] = field(default_factory=dict)
    _totals: dict[str, Decimal] = field(default_factory=dict)

    def answer(self, path: str) -> Any:
        """An answer, asked once."""
        full = path if path.startswith(API) else API + path
        if full not in self._answers:
            self._answers[full] = self.get(full)
        return self._answers[full]

    def found(self, holder: Any, name: str) -> Any:
        """A figure of an answer by its name."""
        return found(holder, name)

    def total(self, query: str) -> Decimal:
        """The rows of a query, page by page, added up."""
        if query not in self._totals:
            whole, cursor = Decimal(0), None
            while True:
                page = self.get(f"{query}&limit=500" + (f"&cursor={cursor}" if cursor else ""))
                whole += sum((Decimal(row["amount"]) for row in page["items"]), Decimal(0))
                cursor = page["next_cursor"]
                if cursor is None:
                    break
            self._totals[query] = whole
        return self._totals[query]

    def down(self, path: str) -> None:
        """Every basis of an answer, down to its leaves."""
        for item in insights(self.answer(path)):
            self._figure(path, {"basis": {"formula": f"insight {item['id']}"}, **item}, "at_stake", item["how"])
        for holder in holders(self.answer(path)):
            basis = holder["basis"]
            if not basis["figures"] and "missing" not in basis["assumptions"] and basis["formula"] not in LISTED:
                self.faults.append(f"{path}: {basis['formula']} explains nothing")
            for name, figure in basis["figures"].items():
                self._figure(path, holder, name, figure)

    def _figure(self, path: str, holder: Any, name: str, figure: Mapping[str, Any]) -> None:
        where = f"{path} {holder['basis']['formula']} {name}"
        if figure["formula"] in METHODS:
            self._replayed(where, holder, name, figure)
            return
        try:
            value = found(holder, name)
        except KeyError:
            self.faults.append(f"{where}: is not in the answer")
            return
        if value is None:
            return
        if figure["kind"] == "sum":
            self.sums += 1
            total = self.total(figure["transactions_query"])
            if abs(number(value)) != abs(total):
                self.faults.append(f"{where}: {value}, its rows {total}")
            return
        self.formulas += 1
        for given in figure["inputs"]:
            self._input(where, holder, given)
        try:
            again = self._computed(holder, name, figure)
        except Unanswered as reason:
            self.faults.append(f"{where}: {reason}")
            return
        if again is not None and not near(value, again):
            self.faults.append(f"{where}: {value}, computed {again} by {figure['formula']}")

    def _replayed(self, where: str, holder: Any, name: str, figure: Mapping[str, Any]) -> None:
        self.by_method += 1
        for given in figure["inputs"]:
            self._input(where, holder, given)
        self.faults += [
            f"{where}: {fault}" for fault in METHODS[figure["formula"]](self, holder, name, figure["inputs"])
        ]

    def _computed(self, holder: Any, name: str, figure: Mapping[str, Any]) -> Decimal | None:
        in_words = IN_WORDS.get(figure["formula"])
        if in_words is not None:
            return in_words(self, holder, name, figure["inputs"])
        known: dict[str, Decimal] = {}
        for given in figure["inputs"]:
            value = given["value"]
            if value is None:
                value = self._beside(holder, given["id"])
            if value is None:
                raise Unanswered(f"input {given['id']} has no value, here or in the answer")
            known[given["name"]] = known[given["id"]] = number(value)
        return computed(figure["formula"], known, lambda name: self._beside(holder, name))

    def _beside(self, holder: Any, name: str) -> Decimal | None:
        """Another figure of the same answer, with its own explanation."""
        for inside in (holder, *(part for part in holder.values() if isinstance(part, dict))):
            try:
                value = found(inside, name)
            except KeyError:
                continue
            if value is not None and not isinstance(value, dict | list):
                return number(value)
        return None

    def _input(self, where: str, holder: Any, given: Mapping[str, Any]) -> None:
        self.inputs += 1
        source, value = given["source"], given["value"]
        if not given["id"]:
            self.faults.append(f"{where}: an input without an id")
        if given["kind"] == "rows" and source.startswith(LISTS) and value is not None and given["name"] != "count":
            if abs(number(value)) != abs(self.total(source)):
                self.faults.append(f"{where}: rows {given['id']} are {value}, and add up to {self.total(source)}")
        elif source == "this answer":
            self._same(where, given, holder)
        elif source.startswith(API) and given["kind"] != "rows":
            answer = self.answer(source)
            if value is not None:
                self._same(where, given, answer)

    def _same(self, where: str, given: Mapping[str, Any], holder: Any) -> None:
        for name in (given["id"], given["name"]):
            try:
                value = found(holder, name)
            except KeyError:
                continue
            if given["value"] is not None and value is not None and not near(value, number(given["value"])):
                self.faults.append(f"{where}: input {given['id']} is {given['value']}, its source says {value}")
            return
        self.faults.append(f"{where}: input {given['id']} is not where it says ({given['source']})")


def holders(answer: Any) -> Iterator[Any]:
    """Every part of an answer with a basis of its own."""
    if isinstance(answer, dict):
        if isinstance(answer.get("basis"), dict):
            yield answer
        if isinstance(answer.get("derivation"), dict):
            yield {**answer, "basis": answer["derivation"]}
        for name, part in answer.items():
            if name not in ("basis", "derivation"):
                yield from holders(part)
    elif isinstance(answer, list):
        for part in answer:
            yield from holders(part)


def insights(answer: Any) -> Iterator[Any]:
    """Every insight of an answer."""
    if isinstance(answer, dict):
        if "how" in answer and "at_stake" in answer:
            yield answer
        for name, part in answer.items():
            if name != "basis":
                yield from insights(part)
    elif isinstance(answer, list):
        for part in answer:
            yield from insights(part)


_NAMES = ("period", "month", "figure", "name", "date")


def found(holder: Any, name: str) -> Any:
    """A figure by its name: fields by name, items of lists by what they are called. Raises KeyError."""
    if isinstance(holder, list):
        return _among(holder, name)
    for inside in (holder, holder.get("total") or {}):
        if name in inside:
            value = inside[name]
            return value["value"] if isinstance(value, dict) and "value" in value else value
    for key in sorted(holder, key=len, reverse=True):
        if name.startswith(f"{key}.") and isinstance(holder[key], dict | list):
            return found(holder[key], name[len(key) + 1 :])
    for part in holder.values():
        if isinstance(part, list):
            try:
                return _among(part, name)
            except KeyError:
                continue
    raise KeyError(name)


def _among(items: list[Any], name: str) -> Any:
    for item in items:
        if isinstance(item, dict):
            try:
                return _of_item(item, name)
            except KeyError:
                continue
    raise KeyError(name)


def _of_item(item: dict[str, Any], name: str) -> Any:
    for called in _called(item):
        if name == called:
            return item["amount"]
        if name.startswith(f"{called}."):
            return found(item, name[len(called) + 1 :])
    return _among(item.get("children") or [], name)


def _called(item: Mapping[str, Any]) -> Iterator[str]:
    if "kind" in item and "id" in item:
        yield f"{item['kind']}.{item['id']}"
    if "merchant_id" in item:
        yield f"{item['merchant_id']}.{item['currency']}"
    if "category_id" in item and "month" in item:
        yield f"{item['category_id']}.{item['month']}"
    if "stream_ids" in item:
        yield f"{item['kind']}.{'.'.join(item['stream_ids'])}"
    if "id" in item:
        yield item["id"]
    yield from (item[name] for name in _NAMES if isinstance(item.get(name), str))


def number(value: Any) -> Decimal:
    """A figure as a number. Raises Unanswered for a text that is none."""
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise Unanswered(f"{value!r} is no number") from None


def near(value: Any, again: Decimal) -> bool:
    """Whether a figure is the computed one, rounded as it is shown."""
    shown = number(value)
    places = -int(shown.as_tuple().exponent) if isinstance(value, str) else 6
    return abs(shown - again) <= Decimal(1).scaleb(-max(places, 0)) / 2 + abs(again) * Decimal("1e-9")
