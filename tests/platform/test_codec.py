"""The wire format: every supported hint comes back exactly, everything else is refused with its path."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from time import process_time
from typing import Any, Literal, Optional, Union

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finapp.kernel.basis import Basis, Figure, Input, Rows
from finapp.kernel.money import Rate
from finapp.kernel.months import Month
from finapp.platform import codec


class Side(Enum):
    OUT = -1
    IN = 1


@dataclass(frozen=True, kw_only=True)
class Row:
    id: str
    amount: Decimal
    on: date
    note: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Branch:
    name: str
    children: tuple["Branch", ...] = ()
    parent: Optional["Branch"] = None


@dataclass(frozen=True, kw_only=True)
class Everything:
    row: Row
    rate: Rate
    month: Month
    at: datetime
    raw: bytes
    side: Side
    flow: Literal["in", "out"]
    share: float
    count: int
    known: bool
    by_month: Mapping[Month, Decimal]
    pair: tuple[int, str]
    names: frozenset[str]
    either: Row | Branch | None
    nothing: None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Positive:
    count: int

    def __post_init__(self) -> None:
        if self.count <= 0:
            raise ValueError("must be positive")


DECIMALS = st.decimals(allow_nan=False, allow_infinity=False)
INSTANTS = st.datetimes(timezones=st.just(UTC)).map(lambda instant: instant.replace(fold=0))
TEXTS = st.text(st.characters(exclude_categories=()))
ROWS = st.builds(
    Row,
    id=TEXTS,
    amount=DECIMALS,
    on=st.dates(),
    note=st.none() | TEXTS,
    tags=st.lists(TEXTS, max_size=3).map(tuple),
)
BRANCHES = st.recursive(
    st.builds(Branch, TEXTS),
    lambda inner: st.builds(Branch, TEXTS, st.lists(inner, max_size=3).map(tuple), st.none() | inner),
    max_leaves=8,
)
EVERYTHING = st.builds(
    Everything,
    row=ROWS,
    rate=DECIMALS,
    month=st.dates().map(lambda day: Month(f"{day:%Y-%m}")),
    at=INSTANTS,
    raw=st.binary(),
    side=st.sampled_from(Side),
    flow=st.sampled_from(["in", "out"]),
    share=st.floats(allow_nan=False, allow_infinity=False),
    count=st.integers(),
    known=st.booleans(),
    by_month=st.dictionaries(TEXTS.map(Month), DECIMALS, max_size=3),
    pair=st.tuples(st.integers(), TEXTS),
    names=st.frozensets(TEXTS, max_size=4),
    either=st.none() | ROWS | BRANCHES,
    extra=st.dictionaries(TEXTS, TEXTS, max_size=3),
)
SCALARS: list[tuple[Any, st.SearchStrategy[Any]]] = [
    (str, TEXTS),
    (int, st.integers()),
    (bool, st.booleans()),
    (float, st.floats(allow_nan=False, allow_infinity=False)),
    (Decimal, DECIMALS),
    (date, st.dates()),
    (datetime, INSTANTS),
    (bytes, st.binary()),
    (None, st.none()),
    (Side, st.sampled_from(Side)),
    (Literal["a", 1, True, None], st.sampled_from(["a", 1, True, None])),
    (Row, ROWS),
]


def _grown(inner: st.SearchStrategy[tuple[Any, st.SearchStrategy[Any]]]) -> st.SearchStrategy[Any]:
    return st.one_of(
        inner.map(lambda pair: (tuple[pair[0], ...], st.lists(pair[1], max_size=3).map(tuple))),
        inner.map(lambda pair: (Sequence[pair[0]], st.lists(pair[1], max_size=3).map(tuple))),
        inner.map(lambda pair: (Mapping[str, pair[0]], st.dictionaries(TEXTS, pair[1], max_size=3))),
        inner.map(lambda pair: (Optional[pair[0]], st.none() | pair[1])),  # noqa: UP045  # `None | None` is no hint
        st.tuples(inner, inner).map(lambda two: (tuple[two[0][0], two[1][0]], st.tuples(two[0][1], two[1][1]))),
    )


HINTS = st.recursive(st.sampled_from(SCALARS), _grown, max_leaves=5)


def same(value: Any, back: Any) -> bool:
    """Equal, of one type, and exact where equality is lenient: 1.0 and 1.00, 0 and -0, True and 1."""
    return repr(value) == repr(back) and value == back


def through(value: Any, hint: Any) -> Any:
    return codec.from_bytes(codec.to_bytes(value, hint), hint)


@given(EVERYTHING)
def test_a_value_of_all_hints_comes_back_exactly(value: Everything) -> None:
    back = through(value, Everything)
    assert back == value
    for name in ("row", "rate", "at", "share", "by_month", "pair", "either", "extra"):
        assert same(getattr(value, name), getattr(back, name))


@given(st.data())
def test_any_combination_of_hints_comes_back_exactly(data: st.DataObject) -> None:
    hint, values = data.draw(HINTS)
    value = data.draw(values)
    assert same(value, through(value, hint))


@given(BRANCHES)
def test_a_class_may_contain_itself(branch: Branch) -> None:
    assert through(branch, Branch) == branch


def test_the_basis_of_an_answer_comes_back() -> None:
    figure = Figure(kind="formula", formula="a / b", inputs=(Input(id="a", kind="figure", name="a", value=None),))
    basis = Basis(formula="x", version=1, rows=Rows(count=2, first=date(2026, 1, 1)), figures={"rate": figure})
    assert through(basis, Basis) == basis


@pytest.mark.parametrize("text", ["1.50", "1E+3", "-0", "-0.00", "0E-7", "123456789012345678901234567890.123456789"])
def test_a_decimal_keeps_every_digit_and_its_exponent(text: str) -> None:
    assert codec.encode(Decimal(text), Rate) == text
    assert through(Decimal(text), Rate).as_tuple() == Decimal(text).as_tuple()


def test_an_instant_of_another_zone_comes_back_in_utc() -> None:
    instant = datetime(2026, 11, 1, 5, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    back = through(instant, datetime)
    assert back == instant
    assert back.tzinfo is UTC


def test_a_union_is_tagged_by_class_name() -> None:
    assert codec.encode(Branch("a"), Row | Branch) == {"Branch": {"name": "a", "children": [], "parent": None}}


def test_a_missing_field_takes_its_default() -> None:
    assert codec.decode({"id": "a", "amount": "1", "on": "2026-01-01"}, Row) == Row(
        id="a", amount=Decimal(1), on=date(2026, 1, 1)
    )


def test_a_sequence_comes_back_as_a_tuple() -> None:
    assert through([1, 2], Sequence[int]) == (1, 2)


@given(st.frozensets(TEXTS))
def test_equal_sets_give_equal_bytes(names: frozenset[str]) -> None:
    again = frozenset(sorted(names, reverse=True))
    assert codec.to_bytes(names, frozenset[str]) == codec.to_bytes(again, frozenset[str])


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (1, str),
        (True, int),
        (1, bool),
        (1.0, int),
        ("1", float),
        (True, float),
        (float("nan"), float),
        (float("inf"), float),
        (2**60, float),
        (1, Decimal),
        (1.0, Decimal),
        (Decimal("NaN"), Decimal),
        (Decimal("-Infinity"), Decimal),
        (datetime(2026, 1, 1, tzinfo=UTC), date),
        (date(2026, 1, 1), datetime),
        (datetime(2026, 1, 1), datetime),  # noqa: DTZ001  # a naive one must be refused
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=5))), datetime),
        ("a", bytes),
        ("b", Literal["a"]),
        (True, Literal[1]),
        ([], Literal["a"]),
        ("OUT", Side),
        ("ab", tuple[str, ...]),
        ("ab", Sequence[str]),
        ([1], tuple[int, ...]),
        ((1,), tuple[int, int]),
        ({1}, frozenset[int]),
        ((), Mapping[str, str]),
        ({1: "a"}, Mapping[str, str]),
        (None, str),
        ("a", None),
        (Branch("a"), Row),
        (Side.IN, Row | Branch),
        (None, Row | Branch),
    ],
)
def test_a_value_that_does_not_fit_its_hint_is_not_sent(value: Any, hint: Any) -> None:
    with pytest.raises(codec.Malformed):
        codec.encode(value, hint)


def test_a_subclass_is_not_sent_in_place_of_its_base() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Longer(Row):
        more: str

    with pytest.raises(codec.Malformed, match="expected Row, got Longer"):
        codec.encode(Longer(id="a", amount=Decimal(1), on=date(2026, 1, 1), more="x"), Row)


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (1, str),
        (True, int),
        (1.0, int),
        ("1", int),
        ("1", float),
        (1, Decimal),
        ("one", Decimal),
        ("NaN", Decimal),
        ("Infinity", Decimal),
        ("2026-02-30", date),
        (20260101, date),
        ("2026-01-01T00:00:00", datetime),
        ("0001-01-01T00:00:00+05:00", datetime),
        ("?", bytes),
        ("=", bytes),
        ("c", Literal["a"]),
        ({}, Literal["a"]),
        ("UP", Side),
        (1, Side),
        ("ab", tuple[str, ...]),
        ({"a": 1}, tuple[str, ...]),
        ([1], tuple[int, int]),
        ([], Mapping[str, str]),
        ({"a": 1}, Mapping[str, str]),
        ({"today": 1}, Mapping[date, int]),
        ([], Row),
        ({}, Row | Branch),
        ({"Branch": {}, "Row": {}}, Row | Branch),
        ({"Side": {}}, Row | Branch),
        ({"count": 0}, Positive),
    ],
)
def test_malformed_data_is_refused(data: Any, hint: Any) -> None:
    with pytest.raises(codec.Malformed):
        codec.decode(data, hint)


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"[" * 100_000, b"NaN", b"1e999", b"-Infinity"])
def test_what_is_not_finite_json_is_refused(text: bytes) -> None:
    with pytest.raises(codec.Malformed):
        codec.from_bytes(text, float)


GOOD: dict[str, Any] = {"id": "a", "amount": "1", "on": "2026-01-01"}


@pytest.mark.parametrize(
    ("data", "hint", "message"),
    [
        ([GOOD, {**GOOD, "amount": 1}], tuple[Row, ...], "[1].amount: expected a decimal as text, got int"),
        ({**GOOD, "tags": ["a", 2]}, Row, "tags[1]: expected text, got int"),
        ({"id": "a", "amount": "1"}, Row, "on: is missing"),
        ({**GOOD, "more": 1}, Row, "value: Row has no field 'more'"),
        ({"a": 1, "b": "secret"}, Mapping[str, int], "values()[1]: expected a whole number, got str"),
        ({"secret": 1}, Mapping[date, int], "keys()[0]: expected a date as text, got other text"),
        ({"name": "a", "children": [{"name": 3}]}, Branch, "children[0].name: expected text, got int"),
        ([1, "secret"], tuple[int, int], "[1]: expected a whole number, got str"),
        ({"Branch": {"name": 3}}, Row | Branch, "name: expected text, got int"),
        ([{"count": 0}], tuple[Positive, ...], "[0]: Positive refuses its fields"),
    ],
)
def test_a_refusal_names_the_path_and_never_the_value(data: Any, hint: Any, message: str) -> None:
    with pytest.raises(codec.Malformed) as refusal:
        codec.decode(data, hint)
    assert str(refusal.value) == message


def test_the_path_of_a_value_that_cannot_be_sent_is_named() -> None:
    rows = (Row(id="a", amount=Decimal(1), on=date(2026, 1, 1)), Row(id="a", amount=5, on=date(2026, 1, 1)))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^\[1\]\.amount: expected a finite Decimal, got int$"):
        codec.encode(rows, tuple[Row, ...])


@dataclass
class Changeable:
    name: str


@dataclass(frozen=True)
class Computed:
    name: str
    length: int = field(init=False, default=0)


@dataclass(frozen=True)
class Holder:
    good: Row
    bad: object


@pytest.mark.parametrize(
    "hint",
    [
        Any,
        object,
        dict,
        dict[str, str],
        list[str],
        tuple,
        set[str],
        complex,
        Changeable,
        Computed,
        Holder,
        int | str,
        Row | str,
        Mapping[int, str],
        Mapping[float, str],
        Mapping[str | None, str],
        Literal[b"a"],
        tuple[Any, ...],
        "Row",
    ],
)
def test_a_hint_without_a_wire_format_is_refused_before_any_value(hint: Any) -> None:
    for _ in range(2):
        with pytest.raises(TypeError):
            codec.converter(hint)


def test_classes_of_one_name_cannot_stand_in_one_union() -> None:
    other = dataclass(frozen=True)(type("Branch", (), {"__annotations__": {"name": str}}))
    hint: Any = Union[Branch, other]  # noqa: UP007  # mypy takes a class in a variable only so
    with pytest.raises(TypeError, match="different names"):
        codec.converter(hint)


def test_a_number_that_json_does_not_know_is_not_written() -> None:
    with pytest.raises(ValueError, match="JSON"):
        codec.write_json(float("nan"))


def test_a_converter_is_built_once() -> None:
    assert codec.converter(tuple[Row, ...]) is codec.converter(tuple[Row, ...])


def test_ten_thousand_small_records_pass_in_a_fraction_of_a_second() -> None:
    """Not a benchmark, a tripwire: about a twentieth of the limit is normal, quadratic work goes beyond it."""
    rows = tuple(Row(id=f"{i}", amount=Decimal(i).scaleb(-2), on=date(2026, 1, 1), tags=("a",)) for i in range(10_000))
    started = process_time()
    assert through(rows, tuple[Row, ...]) == rows
    assert process_time() - started < 2.0


def test_the_wire_is_plain_ascii_json() -> None:
    text = codec.to_bytes("₹ \ud800", str)
    assert text.isascii()
    assert json.loads(text) == "₹ \ud800"
