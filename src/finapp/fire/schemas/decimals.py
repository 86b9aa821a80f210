"""Money of a body is held against the decimals of its currency."""

from decimal import Decimal
from functools import cache
from typing import Any

from finapp.kernel.money import to_minor
from finapp.platform.fields import Body, Money


def check_money(body: Body, currency: str, inside: str = "") -> None:
    """Raises Invalid naming the first amount, also of a body or list within, that `currency` cannot write."""
    for name, value in body:
        _check(value, currency, f"{inside}{name}", is_money=name in _amounts(type(body)))


def _check(value: Any, currency: str, field: str, *, is_money: bool) -> None:
    if isinstance(value, Body):
        check_money(value, currency, f"{field}.")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _check(item, currency, f"{field}.{index}", is_money=False)
    elif is_money and isinstance(value, Decimal):
        to_minor(value, currency, field)


@cache
def _amounts(kind: type[Body]) -> frozenset[str]:
    """The fields that are money, by the schema that all money has."""
    pattern = Money.__metadata__[-1].json_schema["pattern"]  # type: ignore[attr-defined]
    shapes = kind.model_json_schema()["properties"]
    return frozenset(
        name
        for name, shape in shapes.items()
        if any(each.get("pattern") == pattern for each in (shape, *shape.get("anyOf", ())))
    )
