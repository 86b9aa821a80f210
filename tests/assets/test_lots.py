"""Tax lots, sales and the least tax."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from finapp.assets.domain.disposal import Ground
from finapp.assets.domain.lots import Happening, Purchase, Sale, replay
from finapp.assets.domain.selling import plan_sale
from finapp.assets.domain.tax import Gains, TaxClass, TaxPolicy, tax_on, term_of
from finapp.assets.public import CorporateAction, NewLiquidation
from finapp.kernel.errors import Invalid

D = Decimal
DAY = date(2026, 3, 2)
EQUITY = TaxClass(
    name="equity",
    long_after_months=12,
    short_rate=D("0.20"),
    long_rate=D("0.125"),
    long_exemption=D("100"),
    set_off=True,
)
POLICY = TaxPolicy(
    name="test",
    valid_from=date(2020, 1, 1),
    source="a test",
    year_starts=(4, 1),
    classes={"equity": EQUITY},
    kinds={},
)


def bought(lot_id: str, day: str, quantity: str, cost: str, fees: str = "0.00") -> Purchase:
    return Purchase(id=lot_id, date=date.fromisoformat(day), quantity=D(quantity), cost=D(cost), fees=D(fees))


THREE = (
    bought("a", "2024-01-10", "100", "1000.00"),
    bought("b", "2025-01-10", "100", "3000.00"),
    bought("c", "2025-12-10", "100", "2000.00"),
)


def ground(happenings: Sequence[Happening] = THREE, **more: object) -> Ground:
    stated = {
        "asset_id": "x",
        "currency": "INR",
        "happenings": happenings,
        "rules": EQUITY,
        "policy": POLICY,
        "before": Gains(),
    }
    return Ground(**{**stated, **more})  # type: ignore[arg-type]


def sale(**more: object) -> NewLiquidation:
    stated = {"asset_id": "x", "date": DAY, "unit_price": D(25)}
    return NewLiquidation(**{**stated, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("method", "lots", "basis"),
    [
        ("fifo", [("a", 100), ("b", 50)], "2500.00"),
        ("lifo", [("c", 100), ("b", 50)], "3500.00"),
        ("hifo", [("b", 100), ("c", 50)], "4000.00"),
        ("average", [("a", 100), ("b", 50)], "3000.00"),
    ],
)
def test_each_method_takes_its_lots_at_their_cost(method: str, lots: list[tuple[str, int]], basis: str) -> None:
    _, made = plan_sale(sale(quantity=D(150), method=method), ground(), None)
    assert [(lot.lot_id, int(lot.quantity)) for lot in made.lots] == lots
    assert made.basis == D(basis)
    assert made.gain == D("3750.00") - D(basis)
    assert made.basis_left == D("6000.00") - D(basis)
    assert made.quantity_left == 150


def test_chosen_lots_are_taken_in_their_order() -> None:
    _, made = plan_sale(sale(quantity=D(120), method="lots", lot_ids=("c", "a")), ground(), None)
    assert [(lot.lot_id, int(lot.quantity)) for lot in made.lots] == [("c", 100), ("a", 20)]
    with pytest.raises(Invalid, match="hold 50 units less"):
        plan_sale(sale(quantity=D(150), lot_ids=("c",)), ground(), None)


def test_fees_on_both_sides_lower_the_gain() -> None:
    lots = (bought("a", "2024-01-10", "10", "100.00", "5.00"),)
    _, made = plan_sale(sale(quantity=D(4), fees=D("1.00"), fee_rate=D("0.01")), ground(lots), None)
    assert (made.gross, made.fees, made.proceeds) == (D("100.00"), D("2.00"), D("98.00"))
    assert made.basis == D("42.00")
    assert made.gain == D("56.00")


def test_gains_are_split_by_holding_period() -> None:
    _, made = plan_sale(sale(quantity=D(300), method="fifo"), ground(), None)
    assert [(item.term, item.gain) for item in made.by_term] == [("short", D("500.00")), ("long", D("1000.00"))]
    assert made.tax_estimate is not None
    assert made.tax_estimate.tax == D("500") * D("0.2") + D("900") * D("0.125")
    assert made.in_hand == D("7500.00") - D("212.50")
    assert (made.quantity_left, made.basis_left) == (D(0), D(0))


def test_the_anniversary_is_still_short_term() -> None:
    assert term_of(date(2025, 3, 2), date(2026, 3, 2), 12) == "short"
    assert term_of(date(2025, 3, 2), date(2026, 3, 3), 12) == "long"
    assert term_of(date(2024, 2, 29), date(2025, 2, 28), 12) == "short"


def test_losses_are_set_off_as_the_rules_say() -> None:
    assert tax_on(Gains(D(-50), D(250)), EQUITY) == D("12.5")
    assert tax_on(Gains(D(50), D(-250)), EQUITY) == D(10)
    assert tax_on(Gains(D(-50), D(-250)), EQUITY) == 0


def test_a_split_keeps_the_cost_and_a_bonus_costs_nothing() -> None:
    actions = (
        CorporateAction(id="s", date=date(2025, 1, 10), kind="split", ratio=D(2)),
        CorporateAction(id="t", date=date(2025, 6, 1), kind="bonus", ratio=D("0.5")),
    )
    book = replay([*THREE[:2], *actions], "INR")
    assert [(lot.id, lot.quantity, lot.cost) for lot in book.open] == [
        ("a", D(200), D("1000.00")),
        ("b", D(100), D("3000.00")),
        ("t", D(150), D(0)),
    ]


def test_selling_more_than_is_held_is_refused() -> None:
    with pytest.raises(Invalid, match="301 is more than the 300 held") as refused:
        plan_sale(sale(quantity=D(301)), ground(), None)
    assert refused.value.field == "quantity"
    with pytest.raises(Invalid, match="more than the 0 held"):
        plan_sale(sale(quantity=D(1), date=date(2024, 1, 9)), ground(), None)


def test_a_sale_that_would_starve_a_later_one_is_refused() -> None:
    later = Sale(id="z", date=date(2026, 6, 1), quantity=D(250), net=D(1), method="fifo")
    with pytest.raises(Invalid, match="held on 2026-06-01"):
        plan_sale(sale(quantity=D(100)), ground((*THREE, later)), None)


METHODS = st.sampled_from(["fifo", "lifo", "hifo", "average"])
QUANTITIES = st.integers(1, 10**9).map(lambda units: D(units) / 10**4)


@given(
    lots=st.lists(st.tuples(st.integers(0, 2000), QUANTITIES, st.integers(0, 10**9)), min_size=1, max_size=12),
    sales=st.lists(st.tuples(st.integers(0, 400), st.integers(1, 100), METHODS), max_size=6),
    seed=st.randoms(use_true_random=False),
)
def test_basis_sold_and_basis_left_are_what_was_paid_whatever_the_order_of_entry(
    lots: list[tuple[int, Decimal, int]], sales: list[tuple[int, int, str]], seed: object
) -> None:
    happenings: list[Happening] = [
        Purchase(
            id=f"{number:03}",
            date=date(2015, 1, 1) + timedelta(days=day),
            quantity=quantity,
            cost=D(cost) / 100,
            fees=D("1.23"),
        )
        for number, (day, quantity, cost) in enumerate(lots)
    ]
    paid = sum((lot.cost + lot.fees for lot in happenings if isinstance(lot, Purchase)), D(0))
    left = sum((lot.quantity for lot in happenings if isinstance(lot, Purchase)), D(0))
    for number, (gap, share, method) in enumerate(sales):
        quantity = left if share == 100 else (left * share / 100).quantize(D("0.0001"))
        if quantity <= 0:
            continue
        left -= quantity
        happenings.append(
            Sale(
                id=f"s{number:03}",
                date=date(2021, 1, 1) + timedelta(days=400 * number + gap),
                quantity=quantity,
                net=D("1000.00"),
                method=method,  # type: ignore[arg-type]
            )
        )
    book = replay(happenings, "INR")
    assert sum((part.basis for part in book.taken), D(0)) + book.cost == paid
    assert book.quantity == left
    assert book.steps[-1].quantity == left
    assert book.steps[-1].cost == book.cost
    if left == 0:
        assert book.cost == 0
        assert book.open == []
    seed.shuffle(happenings)  # type: ignore[attr-defined]
    again = replay(happenings, "INR")
    assert (again.taken, again.open) == (book.taken, book.open)


@given(
    lots=st.lists(st.tuples(st.booleans(), st.integers(1, 4), st.integers(1, 60)), min_size=1, max_size=4),
    share=st.integers(1, 100),
    before=st.tuples(st.integers(-100, 200), st.integers(-100, 200)),
)
def test_the_least_tax_with_whole_units_is_that_of_trying_every_choice(
    lots: list[tuple[bool, int, int]], share: int, before: tuple[int, int]
) -> None:
    happenings = [
        Purchase(
            id=f"{number}",
            date=date(2026, 1, 1) if short else date(2020, 1, 1),
            quantity=D(quantity),
            cost=D(quantity * cost),
            fees=D(0),
        )
        for number, (short, quantity, cost) in enumerate(lots)
    ]
    realised = Gains(D(before[0]), D(before[1]))
    standing = ground(happenings, whole_units=True, before=realised)
    everything = plan_sale(sale(quantity=D(sum(lot[1] for lot in lots))), standing, None)[1]
    assert everything.in_hand is not None
    target = (everything.in_hand * share / 100).quantize(D("0.01"))
    assume(target > 0)
    _, made = plan_sale(sale(target_amount=target), standing, None)
    assert made.tax_estimate is not None
    assert made.in_hand is not None
    assert made.in_hand >= target
    cheapest = _cheapest(lots, realised, target)
    assert cheapest - D("0.005") <= made.tax_estimate.tax <= cheapest + D("0.005")


def _cheapest(lots: list[tuple[bool, int, int]], realised: Gains, target: Decimal) -> Decimal:
    """The least tax over all numbers of short-term and long-term units of which neither can be one less."""
    taxes: dict[tuple[int, int], Decimal] = {}
    for chosen in product(*(range(int(lot[1]) + 1) for lot in lots)):
        gains = {True: D(0), False: D(0)}
        units = {True: 0, False: 0}
        for number, (short, _, cost) in zip(chosen, lots, strict=True):
            gains[short] += D(number) * (25 - cost)
            units[short] += number
        tax = tax_on(realised + Gains(gains[True], gains[False]), EQUITY) - tax_on(realised, EQUITY)
        pair = units[True], units[False]
        taxes[pair] = min(tax, taxes.get(pair, tax))
    in_hand = {pair: D(sum(pair)) * 25 - tax for pair, tax in taxes.items()}
    # Rounding the tax to cents may bring the last fraction of a cent when everything is sold.
    enough = {pair for pair, amount in in_hand.items() if amount >= min(target, max(in_hand.values()))}
    return min(taxes[a, b] for a, b in enough if not {(a - 1, b), (a, b - 1)} & enough)


@given(
    lots=st.lists(st.tuples(st.booleans(), st.integers(1, 400), st.integers(1, 60)), min_size=1, max_size=6),
    share=st.integers(1, 99),
    grid=st.integers(2, 40),
)
def test_no_other_mix_of_holding_periods_is_taxed_less(
    lots: list[tuple[bool, int, int]], share: int, grid: int
) -> None:
    happenings = [
        Purchase(
            id=f"{number}",
            date=date(2026, 1, 1) if short else date(2020, 1, 1),
            quantity=D(quantity),
            cost=D(quantity * cost),
            fees=D(0),
        )
        for number, (short, quantity, cost) in enumerate(lots)
    ]
    standing = ground(happenings)
    everything = plan_sale(sale(quantity=D(sum(lot[1] for lot in lots))), standing, None)[1]
    assert everything.in_hand is not None
    target = (everything.in_hand * share / 100).quantize(D("0.01"))
    _, made = plan_sale(sale(target_amount=target), standing, None)
    assert made.tax_estimate is not None
    assert made.in_hand is not None
    assert D(0) <= made.in_hand - target < D("0.05")
    short = [lot for lot in happenings if lot.date == date(2026, 1, 1)]
    for step in range(grid + 1):
        part = sum((lot.quantity for lot in short), D(0)) * step / grid
        others = _with_short_units(happenings, short, part, target)
        if others is not None:
            assert made.tax_estimate.tax <= others + D("0.02")


def _with_short_units(
    happenings: list[Purchase], short: list[Purchase], part: Decimal, target: Decimal
) -> Decimal | None:
    """The tax of selling `part` short-term units and just enough long-term ones, each kind highest cost first."""

    def gain(lots: list[Purchase], units: Decimal) -> Decimal:
        total = D(0)
        for lot in sorted(lots, key=lambda lot: -lot.cost / lot.quantity):
            taken = min(units, lot.quantity)
            total += taken * (25 - lot.cost / lot.quantity)
            units -= taken
        return total

    long = [lot for lot in happenings if lot not in short]
    low, high = D(0), sum((lot.quantity for lot in long), D(0))

    def tax(units: Decimal) -> Decimal:
        return tax_on(Gains(gain(short, part), gain(long, units)), EQUITY)

    if (part + high) * 25 - tax(high) < target or part * 25 - tax(D(0)) > target + D("0.05"):
        return None
    for _ in range(60):
        middle = (low + high) / 2
        if (part + middle) * 25 - tax(middle) < target:
            low = middle
        else:
            high = middle
    return tax(high)


def test_what_selling_everything_brings_to_the_cent_can_be_asked_for() -> None:
    """Tax of 0.204 is 0.20 to the cent, so 24.80 arrive although the unrounded sale would bring 24.796."""
    lots = [Purchase(id="a", date=date(2026, 1, 1), quantity=D(1), cost=D("23.98"), fees=D(0))]
    for whole_units in (True, False):
        standing = ground(lots, whole_units=whole_units)
        everything = plan_sale(sale(quantity=D(1)), standing, None)[1]
        made = plan_sale(sale(target_amount=everything.in_hand), standing, None)[1]
        assert (made.quantity, made.in_hand) == (D(1), everything.in_hand) == (D(1), D("24.80"))


def test_an_amount_in_hand_by_a_named_method_takes_the_fewest_units() -> None:
    _, made = plan_sale(sale(target_amount=D(2000), method="fifo"), ground(whole_units=True), None)
    assert made.in_hand is not None
    assert made.in_hand >= 2000
    fewer = plan_sale(sale(quantity=made.quantity - 1, method="fifo"), ground(whole_units=True), None)[1]
    assert fewer.in_hand is not None
    assert fewer.in_hand < 2000


def test_more_than_everything_brings_is_refused() -> None:
    for method in (None, "fifo"):
        with pytest.raises(Invalid) as refused:
            plan_sale(sale(target_amount=D(10_000_000), method=method), ground(), None)
        assert refused.value.field == "target_amount"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"quantity": D(-1)}, "quantity"),
        ({"quantity": None}, "quantity"),
        ({"unit_price": None}, "unit_price"),
        ({"proceeds": D(5)}, "proceeds"),
        ({"fees": D(-1)}, "fees"),
        ({"fees": D(1000)}, "fees"),
        ({"fee_rate": D(1)}, "fee_rate"),
        ({"lot_ids": ("a", "a")}, "lot_ids"),
        ({"method": "lots"}, "lot_ids"),
        ({"date": date(1, 1, 1)}, "date"),
    ],
)
def test_impossible_sales_are_refused_by_field(changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        plan_sale(replace(sale(quantity=D(1)), **changes), ground(), None)  # type: ignore[arg-type]
    assert refused.value.field == field


@pytest.mark.parametrize(("quantity", "ratio"), [("0.000000000000000001", "0.1"), ("1000000000000000", "10000000")])
@pytest.mark.parametrize("kind", ["split", "bonus"])
def test_a_split_or_bonus_that_leaves_no_countable_units_is_refused(quantity: str, ratio: str, kind: str) -> None:
    action = CorporateAction(id="z", date=DAY, kind=kind, ratio=D(ratio))  # type: ignore[arg-type]
    with pytest.raises(Invalid) as refusal:
        replay([bought("a", "2025-01-01", quantity, "1.00"), action], "INR")
    assert refusal.value.field == "ratio"
