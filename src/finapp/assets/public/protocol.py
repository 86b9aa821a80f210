"""The promise of assets."""

from datetime import date
from typing import Protocol

from finapp.assets.public import change, credit_lines, holdings, imports, loans, payments, returns, sales, wealth
from finapp.kernel.once import Once
from finapp.kernel.portable import PortableHousehold


class Holdings(Protocol):
    """Assets with their valuations, lots, corporate actions and income."""

    def assets(self, *, owner: str, as_of: date, limit: int = 500, cursor: str | None = None) -> holdings.AssetPage:
        """Assets, oldest first, with their value on a day."""

    def asset(self, *, owner: str, asset_id: str, as_of: date) -> holdings.Asset:
        """An asset. Raises AssetNotFound."""

    def create_asset(
        self,
        *,
        owner: str,
        person: str,
        details: holdings.AssetDetails,
        valuation: holdings.NewValuation | None = None,
        once: Once | None = None,
    ) -> holdings.Asset:
        """Enters an asset, with what it is worth where that is known. Raises Invalid, AccountLinked."""

    def change_asset(
        self, *, owner: str, person: str, asset_id: str, details: holdings.AssetDetails, expected: int | None = None
    ) -> holdings.Asset:
        """Replaces what is stated of an asset; its currency stays. Raises AssetNotFound, AccountLinked,
        PreconditionFailed, Invalid."""

    def delete_asset(self, *, owner: str, person: str, asset_id: str, expected: int | None = None) -> None:
        """Deletes an asset with everything entered for it. Raises AssetNotFound, PreconditionFailed."""

    def valuations(
        self, *, owner: str, asset_id: str, limit: int = 500, cursor: str | None = None
    ) -> holdings.ValuationPage:
        """Valuations of an asset, newest first. Raises AssetNotFound."""

    def add_valuations(
        self,
        *,
        owner: str,
        person: str,
        asset_id: str,
        new: tuple[holdings.NewValuation, ...],
        once: Once | None = None,
    ) -> tuple[holdings.Valuation, ...]:
        """Enters valuations, all or none. Raises AssetNotFound; Invalid for a second one on a day."""

    def change_valuation(
        self, *, owner: str, person: str, asset_id: str, valuation_id: str, new: holdings.NewValuation
    ) -> holdings.Valuation:
        """Replaces a valuation. Raises AssetNotFound, EntryNotFound, Invalid."""

    def lots(self, *, owner: str, asset_id: str, as_of: date) -> tuple[holdings.Lot, ...]:
        """Purchases by date, with what is left of each on a day. Raises AssetNotFound."""

    def add_lots(
        self, *, owner: str, person: str, asset_id: str, new: tuple[holdings.NewLot, ...], once: Once | None = None
    ) -> tuple[holdings.Lot, ...]:
        """Enters purchases, all or none. Raises AssetNotFound, Invalid."""

    def corporate_actions(self, *, owner: str, asset_id: str) -> tuple[holdings.CorporateAction, ...]:
        """Splits and bonus issues by date. Raises AssetNotFound."""

    def add_corporate_action(
        self,
        *,
        owner: str,
        person: str,
        asset_id: str,
        new: holdings.NewCorporateAction,
        once: Once | None = None,
    ) -> holdings.CorporateAction:
        """Enters a split or bonus. Raises AssetNotFound, Invalid."""

    def incomes(self, *, owner: str, asset_id: str) -> tuple[holdings.Income, ...]:
        """What an asset paid, by date. Raises AssetNotFound."""

    def add_income(
        self, *, owner: str, person: str, asset_id: str, new: holdings.NewIncome, once: Once | None = None
    ) -> holdings.Income:
        """Enters income. Raises AssetNotFound, Invalid."""

    def delete_entry(self, *, owner: str, person: str, asset_id: str, kind: holdings.EntryKind, entry_id: str) -> None:
        """Deletes a valuation, lot, corporate action or income. Raises AssetNotFound, EntryNotFound; Invalid when a
        sale would be left without what it sold."""


class Liabilities(Protocol):
    """Liabilities with their schedules, rate changes and part payments."""

    def liabilities(
        self, *, owner: str, as_of: date, limit: int = 500, cursor: str | None = None
    ) -> loans.LiabilityPage:
        """Liabilities, oldest first, with what is owed on a day."""

    def liability(self, *, owner: str, liability_id: str, as_of: date) -> loans.Liability:
        """A liability. Raises LiabilityNotFound."""

    def liability_details(self, *, owner: str, liability_id: str) -> loans.StatedLiability:
        """What was stated of a liability, nothing filled in. Raises LiabilityNotFound."""

    def create_liability(
        self, *, owner: str, person: str, details: loans.LiabilityDetails, once: Once | None = None
    ) -> loans.Liability:
        """Enters a liability. Raises Invalid, AccountLinked."""

    def change_liability(
        self,
        *,
        owner: str,
        person: str,
        liability_id: str,
        details: loans.LiabilityDetails,
        expected: int | None = None,
    ) -> loans.Liability:
        """Replaces what is stated of a liability; its currency stays. Raises LiabilityNotFound, AccountLinked,
        PreconditionFailed, Invalid."""

    def delete_liability(self, *, owner: str, person: str, liability_id: str, expected: int | None = None) -> None:
        """Deletes a liability with everything entered for it. Raises LiabilityNotFound, PreconditionFailed."""

    def liability_schedule(self, *, owner: str, liability_id: str, as_of: date) -> loans.Schedule:
        """The whole schedule. Raises LiabilityNotFound; Invalid when too little is stated for one."""

    def rate_changes(self, *, owner: str, liability_id: str) -> tuple[loans.StoredRateChange, ...]:
        """Resets of the rate, by date. Raises LiabilityNotFound."""

    def add_rate_change(
        self, *, owner: str, person: str, liability_id: str, new: loans.RateChange, once: Once | None = None
    ) -> loans.StoredRateChange:
        """Enters a reset. Raises LiabilityNotFound; Invalid, also when the loan would no longer be repaid."""

    def part_payments(self, *, owner: str, liability_id: str) -> tuple[loans.StoredPartPayment, ...]:
        """Part payments, by date. Raises LiabilityNotFound."""

    def add_part_payment(
        self, *, owner: str, person: str, liability_id: str, new: loans.NewPartPayment, once: Once | None = None
    ) -> loans.StoredPartPayment:
        """Enters a part payment. Raises LiabilityNotFound; Invalid, also when it is more than is owed."""

    def delete_liability_entry(
        self, *, owner: str, person: str, liability_id: str, kind: loans.LiabilityEntryKind, entry_id: str
    ) -> None:
        """Deletes a rate change or part payment. Raises LiabilityNotFound, EntryNotFound, Invalid."""

    def schedule(self, *, terms: loans.LoanTerms, currency: str | None, as_of: date) -> loans.Schedule:
        """The schedule of any loan; stores nothing. Raises Invalid."""

    def loans(self, *, owner: str, as_of: date) -> loans.Loans:
        """Every liability that owes something on a day."""


class Liquidations(Protocol):
    """Sales of assets. Whoever sells more than is held is refused, and nothing is changed."""

    def preview_liquidation(self, *, owner: str, new: sales.NewLiquidation) -> sales.Disposal:
        """What a sale would do; stores nothing. Raises AssetNotFound, Invalid."""

    def plan_in_hand(self, *, owner: str, question: sales.InHandQuestion) -> sales.InHandPlan:
        """Which lots of which assets bring an amount in hand at the least tax; stores nothing. Raises AssetNotFound;
        Invalid, also when everything together brings less."""

    def record_liquidation(
        self, *, owner: str, person: str, new: sales.NewLiquidation, once: Once | None = None
    ) -> sales.Liquidation:
        """Records a sale. Raises AssetNotFound, Invalid."""

    def liquidation(self, *, owner: str, liquidation_id: str) -> sales.Liquidation:
        """A recorded sale. Raises EntryNotFound."""

    def liquidations(
        self, *, owner: str, asset_id: str | None = None, limit: int = 50, cursor: str | None = None
    ) -> sales.LiquidationPage:
        """Recorded sales, newest first."""

    def undo_liquidation(self, *, owner: str, person: str, liquidation_id: str, expected: int | None = None) -> None:
        """Takes a sale back: its lots are held again. Raises EntryNotFound, PreconditionFailed."""

    def measure_returns(self, *, question: returns.ReturnsQuestion) -> returns.Returns:
        """Returns of any payments; stores nothing. Raises Invalid."""

    def asset_returns(self, *, owner: str, asset_id: str | None, kind: str | None, as_of: date) -> returns.Returns:
        """Returns of one asset, of all of a kind, or of everything with lots, up to a day, in the household's
        currency. Nothing bought, or no exchange rate: no return, and why. Raises AssetNotFound."""


class Wealth(Protocol):
    """What it is all worth."""

    def net_worth(self, *, owner: str, as_of: date) -> wealth.NetWorth:
        """Net worth at the end of a day, every linked account once."""

    def net_worth_timeline(
        self, *, owner: str, first: date, last: date, by: wealth.Step, as_of: date
    ) -> wealth.NetWorthTimeline:
        """Net worth at the end of every month, quarter or year from `first` to `last`, the last point capped to
        `as_of`. Raises Invalid for more than 1,200 points."""

    def liquid_by_tier(self, *, owner: str, as_of: date) -> wealth.LiquidTiers:
        """Assets by how soon they are money."""

    def invested(self, *, owner: str, as_of: date) -> wealth.Invested:
        """What works for the household in the long run."""


class Changes(Protocol):
    """How net worth has changed and may change."""

    def net_worth_attribution(self, *, owner: str, first: date, last: date) -> change.Attribution:
        """Why net worth changed between the ends of two days. Raises Invalid unless first < last."""

    def net_worth_projection(
        self, *, owner: str, question: change.ProjectionQuestion, as_of: date
    ) -> change.Projection:
        """Net worth ahead under stated assumptions. Raises Invalid."""

    def net_worth_snapshots(self, *, owner: str, as_of: date, limit: int = 120) -> change.Snapshots:
        """Month ends as they were known then, compared with what is known now."""

    def keep_snapshot(self, *, owner: str) -> None:
        """Stores the last complete month's end, once. Reading net worth asks for it by itself."""


class Payments(Protocol):
    """Real payments beside a schedule, and credit without one."""

    def payments_matched(self, *, owner: str, liability_id: str, as_of: date) -> payments.PaymentsMatched:
        """Due rows beside the ledger's payments. Raises LiabilityNotFound; Invalid without a schedule."""

    def revolve(self, *, question: credit_lines.RevolvingQuestion) -> credit_lines.Revolving:
        """How long a card balance lasts; stores nothing. Raises Invalid."""

    def park(self, *, question: credit_lines.OverdraftQuestion) -> credit_lines.Overdraft:
        """What an overdraft costs and parking saves; stores nothing. Raises Invalid."""


class Imports(Protocol):
    """Holdings and prices from files."""

    def import_holdings(
        self, *, owner: str, person: str, file: imports.HoldingsFile, once: Once | None = None
    ) -> imports.HoldingsImported:
        """Enters the rows of a file; the same file again adds nothing. Raises Invalid when it cannot be read."""


class Assets(Holdings, Liabilities, Liquidations, Wealth, Changes, Payments, Imports, PortableHousehold, Protocol):
    """What a household owns and owes."""

    def version(self, *, owner: str) -> str:
        """Names the state of everything the answers depend on."""

    def currency(self, *, owner: str) -> str:
        """The household's currency, in which everything is totalled."""
