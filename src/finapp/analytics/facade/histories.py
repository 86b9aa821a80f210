"""One part of the money month by month."""

from datetime import date

from finapp.analytics.domain import cash_flow, history
from finapp.analytics.domain.categories import KINDS, below
from finapp.analytics.domain.history import BANK_CHARGES, PASSIVE_INCOME, Subject
from finapp.analytics.domain.sums import SPENDING, Sums, totals
from finapp.analytics.facade.budgets import BudgetDesk
from finapp.analytics.facade.setting import Setting
from finapp.analytics.public import History, HistoryKind, HistorySubject, Scope
from finapp.auth.public import Auth
from finapp.kernel.errors import Invalid
from finapp.platform.database import Database
from finapp.platform.memory import Latest
from finapp.transactions.public import Transactions


class HistoryDesk(BudgetDesk):
    """The part of the facade that looks at one part of the money."""

    def __init__(self, *, database: Database, auth: Auth, transactions: Transactions) -> None:
        super().__init__(database=database, auth=auth, transactions=transactions)
        self._histories = Latest[History]()

    def category_history(
        self, *, owner: str, category_id: str, kind: HistoryKind | None, scope: Scope, as_of: date
    ) -> History:
        return self._history(owner, "category", category_id, kind, scope, as_of)

    def bank_charges(self, *, owner: str, scope: Scope, as_of: date) -> History:
        return self._history(owner, "bank_charges", BANK_CHARGES[0], "expense", scope, as_of)

    def passive_income(self, *, owner: str, scope: Scope, as_of: date) -> History:
        return self._history(owner, "passive_income", PASSIVE_INCOME[0], "income", scope, as_of)

    def _history(
        self,
        owner: str,
        subject: HistorySubject,
        category_id: str,
        kind: HistoryKind | None,
        scope: Scope,
        as_of: date,
    ) -> History:
        branches = self._branches(owner)
        inside = below(category_id, branches)
        if category_id not in {branch.id for branch in branches}:
            raise Invalid("category_id", "is unknown to this household")
        setting = self._setting(owner, scope, as_of)
        sums = self._sums(owner, setting)
        did = kind or _did(sums, inside)
        asked = Subject(
            name=subject,
            category_id=category_id,
            inside=inside,
            flows=SPENDING if did == "expense" else (did,),
            outgoing=did in ("expense", "debt", "investment"),
            beside="expenses" if did == "expense" else "income",
        )
        if setting.missing is not None:
            return history.unknown(setting.place, setting.currency, asked, setting.missing, as_of)
        # A row outside of the period changes nothing.
        return self._histories.answer(
            (owner, subject, category_id, scope, as_of),
            (setting.place, sums, asked, setting.span),
            lambda: _made(setting, sums, asked, as_of),
        )

    def _sums(self, owner: str, setting: Setting) -> Sums:
        return self._ledger.sums(owner, setting.place, setting.currency, setting.calendar)


def _made(setting: Setting, sums: Sums, asked: Subject, as_of: date) -> History:
    whole = getattr(totals(sums.items, sums.currency), asked.beside)
    parts = cash_flow.pieces(setting.place, "month", setting.calendar)
    return history.history(setting.place, sums, parts, asked, whole=whole, span=setting.span, as_of=as_of)


def _did(sums: Sums, inside: frozenset[str]) -> HistoryKind:
    """What most rows of a category did; spending when there are none."""

    def count(kind: HistoryKind) -> int:
        flows = SPENDING if kind == "expense" else (kind,)
        return sum(item.count for item in sums.items if item.category_id in inside and item.flow in flows)

    found: HistoryKind = max(KINDS, key=count)
    return found if count(found) else "expense"
