"""An amount in hand from all assets together."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection

from finapp.assets.domain import checks
from finapp.assets.domain.in_hand_across import Offer
from finapp.assets.domain.in_hand_plan import Market, Priced, plan
from finapp.assets.domain.lots import replay
from finapp.assets.domain.tax import TaxPolicy, policy_on
from finapp.assets.facade.desk import Desk, require_asset
from finapp.assets.facade.sales import market_price, policies, realised
from finapp.assets.public import InHandPlan, InHandQuestion, LeftOut
from finapp.assets.store import parents, sales
from finapp.assets.tables import assets
from finapp.kernel.errors import Invalid
from finapp.kernel.money import to_minor


@dataclass(frozen=True, kw_only=True)
class _Stall:
    """What can be sold, and what cannot."""

    priced: Sequence[Priced]
    offers: Sequence[Offer]
    left_out: Sequence[LeftOut]


class InHandDesk(Desk):
    """Keeps `plan_in_hand` of `finapp.assets.public.Liquidations`."""

    def plan_in_hand(self, *, owner: str, question: InHandQuestion) -> InHandPlan:
        home = self._auth.household(owner=owner).currency
        checks.check_date("date", question.date)
        checks.check_amount("target_amount", question.target_amount)
        to_minor(question.target_amount, home, "target_amount")
        if not 0 <= question.fee_rate < 1:
            raise Invalid("fee_rate", "must be at least 0 and below 1")
        policy = policy_on(policies(), question.policy or ("india" if home == "INR" else "plain"), question.date)
        if policy is None:
            raise Invalid("policy", "has no rules for the day")
        with self._database.read() as connection:
            stall = _stall(connection, owner, home, policy, question)
            rules = {offer.rules.name: offer.rules for offer in stall.offers}
            before = {
                name: realised(connection, owner, home, policy, each, question.date, None)
                for name, each in rules.items()
            }
        if not stall.offers:
            raise Invalid("target_amount", "nothing held on the day can be sold")
        market = Market(currency=home, policy=policy, priced=stall.priced, offers=stall.offers, before=before)
        return plan(question, market, tuple(stall.left_out))


def _stall(connection: Connection, owner: str, home: str, policy: TaxPolicy, question: InHandQuestion) -> _Stall:
    chosen = [require_asset(connection, owner, asset_id) for asset_id in dict.fromkeys(question.asset_ids)]
    priced: list[Priced] = []
    offers: list[Offer] = []
    left_out: list[LeftOut] = []
    for row in chosen or parents.every(connection, assets, owner):
        book = replay(sales.happenings_of(connection, owner, row.id, row.currency), row.currency, until=question.date)
        if not book.open and not chosen:
            continue
        price = market_price(connection, owner, row, question.date)
        locked = row.liquidity == "locked" and (row.locked_until is None or row.locked_until > question.date)
        if not book.open:
            left_out.append(LeftOut(asset_id=row.id, name=row.name, reason="not_held"))
        elif row.currency != home:
            left_out.append(LeftOut(asset_id=row.id, name=row.name, reason="other_currency"))
        elif locked:
            left_out.append(LeftOut(asset_id=row.id, name=row.name, reason="locked"))
        elif not price:
            left_out.append(LeftOut(asset_id=row.id, name=row.name, reason="no_price"))
        else:
            rules = policy.class_of(row.kind, row.tax_class)
            priced.append(Priced(asset_id=row.id, name=row.name, price=price))
            offers.extend(
                Offer(
                    asset_id=row.id,
                    lot=lot,
                    term=rules.term_of(lot.acquired_on, question.date),
                    rules=rules,
                    unit_net=price * (Decimal(1) - question.fee_rate),
                    whole_units=row.whole_units,
                )
                for lot in book.open
            )
    return _Stall(priced=priced, offers=offers, left_out=left_out)
