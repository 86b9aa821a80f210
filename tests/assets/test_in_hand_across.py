"""An amount in hand from several assets: compared with every choice there is, and through the facade."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from finapp.assets.domain.in_hand_across import Offer, in_hand, least_tax, most_of_a_unit, tax_of
from finapp.assets.domain.lots import OpenLot
from finapp.assets.domain.tax import Gains, TaxClass
from finapp.assets.public import AssetDetails, InHandQuestion, NewLot, NewValuation
from finapp.kernel.errors import Invalid
from tests.assets.support import TODAY, Household, household

D = Decimal
EQUITY = TaxClass(
    name="equity",
    long_after_months=12,
    short_rate=D("0.2"),
    long_rate=D("0.125"),
    long_exemption=D(100),
    set_off=True,
)
DEBT = TaxClass(
    name="debt", long_after_months=36, short_rate=D("0.3"), long_rate=D("0.3"), long_exemption=D(0), set_off=True
)
CRYPTO = TaxClass(
    name="crypto", long_after_months=36, short_rate=D("0.3"), long_rate=D("0.3"), long_exemption=D(0), set_off=False
)
LOTS = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.integers(0, 900),
        st.sampled_from(["short", "long"]),
        st.sampled_from([EQUITY, DEBT, CRYPTO]),
    ),
    min_size=1,
    max_size=5,
)
PRICES = {"equity": D(200), "debt": D(150), "crypto": D(330)}


def offers(lots: Sequence[tuple[int, int, str, TaxClass]], whole: bool) -> list[Offer]:
    return [
        Offer(
            asset_id=rules.name,
            lot=OpenLot(id=f"{number}", acquired_on=date(2025, 1, 1), quantity=D(units), cost=D(cost) * units),
            term=term,  # type: ignore[arg-type]
            rules=rules,
            unit_net=PRICES[rules.name],
            whole_units=whole,
        )
        for number, (units, cost, term, rules) in enumerate(lots)
    ]


@settings(max_examples=60, deadline=None)
@given(lots=LOTS, share=st.integers(5, 100), earlier=st.integers(-300, 300))
def test_no_other_whole_number_of_units_is_taxed_less(
    lots: list[tuple[int, int, str, TaxClass]], share: int, earlier: int
) -> None:
    offered = offers(lots, whole=True)
    before = {offer.rules.name: Gains(D(earlier), D(-earlier)) for offer in offered}
    everything = {index: offer.lot.quantity for index, offer in enumerate(offered)}
    target = in_hand(offered, everything, before) * share / 100
    assume(target > 0)
    made = least_tax(offered, before, target)
    assert made.proven
    spare = max(most_of_a_unit(offer) for offer in offered)
    least = min(
        tax_of(offered, choice, before)
        for units in product(*(range(int(offer.lot.quantity) + 1) for offer in offered))
        if target <= in_hand(offered, choice := dict(enumerate(map(D, units))), before) <= target + spare
    )
    assert target <= in_hand(offered, made.quantities, before) <= target + spare
    assert tax_of(offered, made.quantities, before) == pytest.approx(least, abs=D("0.001"))


def test_a_unit_whose_loss_saves_tax_may_bring_more_than_its_price() -> None:
    lossy = offers([(1, 900, "short", EQUITY)], whole=True)
    before = {EQUITY.name: Gains(D(1000), D(0))}
    made = least_tax(lossy, before, D("1.00"))
    assert (made.quantities, made.proven) == ({0: D(1)}, True)
    assert in_hand(lossy, made.quantities, before) == D(200) + D(700) * EQUITY.short_rate


@settings(max_examples=40, deadline=None)
@given(lots=LOTS, share=st.integers(5, 100))
def test_parts_of_units_bring_the_amount_itself_at_no_more_tax_than_whole_ones(
    lots: list[tuple[int, int, str, TaxClass]], share: int
) -> None:
    before = {rules.name: Gains() for rules in (EQUITY, DEBT, CRYPTO)}
    parts, wholes = offers(lots, whole=False), offers(lots, whole=True)
    everything = {index: offer.lot.quantity for index, offer in enumerate(parts)}
    target = in_hand(parts, everything, before) * share / 100
    assume(target > 0)
    made = least_tax(parts, before, target)
    assert 0 <= in_hand(parts, made.quantities, before) - target < D("0.01")
    exact = in_hand(wholes, least_tax(wholes, before, target).quantities, before)
    again = least_tax(parts, before, exact)
    of_wholes = tax_of(wholes, least_tax(wholes, before, exact).quantities, before)
    assert tax_of(parts, again.quantities, before) <= of_wholes + D("0.001")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Household]:
    with household(tmp_path) as made:
        yield made


def held(home: Household, name: str, bought: date, cost: int, **more: object) -> str:
    details = AssetDetails(name=name, kind="stock", currency="INR", liquidity="days")
    details = AssetDetails(**{**details.__dict__, **more})
    asset_id = home.facade.create_asset(**home.who, details=details).id
    home.facade.add_lots(**home.who, asset_id=asset_id, new=(NewLot(date=bought, quantity=D(100), cost=D(cost)),))
    mark = NewValuation(date=TODAY, unit_price=D(100))
    home.facade.add_valuations(**home.who, asset_id=asset_id, new=(mark,))
    return asset_id


def test_the_dear_lots_of_any_asset_go_first_and_what_cannot_be_sold_is_named(home: Household) -> None:
    cheap = held(home, "cheap", date(2026, 6, 1), 2000)
    dear = held(home, "dear", date(2026, 6, 1), 9900)
    locked = held(home, "locked", date(2026, 6, 1), 9999, liquidity="locked")
    abroad = held(home, "abroad", date(2026, 6, 1), 9999, currency="USD")
    made = home.facade.plan_in_hand(owner=home.owner, question=InHandQuestion(target_amount=D("9980.00"), date=TODAY))
    assert [(sale.asset_id, sale.quantity) for sale in made.sales] == [(dear, D(100))]
    assert (made.in_hand, made.tax, made.proven) == (D("9980.00"), D("20.00"), True)
    assert {(item.asset_id, item.reason) for item in made.left_out} == {(locked, "locked"), (abroad, "other_currency")}
    more = home.facade.plan_in_hand(owner=home.owner, question=InHandQuestion(target_amount=D("12000.00"), date=TODAY))
    assert more.in_hand >= D("12000.00")
    assert more.in_hand == more.proceeds - more.tax
    assert {sale.asset_id for sale in more.sales} == {cheap, dear}
    assert sum(item.short_gain + item.long_gain for item in more.by_class) == sum(sale.gain for sale in more.sales)
    with pytest.raises(Invalid) as refusal:
        home.facade.plan_in_hand(owner=home.owner, question=InHandQuestion(target_amount=D(50000), date=TODAY))
    assert refusal.value.field == "target_amount"
