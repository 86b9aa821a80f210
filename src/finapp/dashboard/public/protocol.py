"""The promise of dashboard."""

from datetime import date
from decimal import Decimal
from typing import Protocol

from finapp.dashboard.public.digest import Digest, DigestPeriod
from finapp.dashboard.public.goals import Goal, GoalPage, NewGoal
from finapp.dashboard.public.health import HealthScore
from finapp.dashboard.public.overview import InsightsTile, Kpis, Overview
from finapp.dashboard.public.rupee import Every, NextRupee, RupeeQuestion
from finapp.dashboard.public.webhooks import Delivery, DeliveryPage, NewWebhook, Webhook, WebhookPage
from finapp.kernel.money import Rate
from finapp.kernel.once import Once
from finapp.kernel.portable import PortableHousehold


class Dashboard(PortableHousehold, Protocol):
    """One screen for a household, and its goals. `as_of` is the day of the question."""

    def version(self, *, owner: str) -> str:
        """Names the state of everything the answers depend on. Raises Unavailable when a neighbour is down."""

    def currency(self, *, owner: str) -> str:
        """The household's currency, for goals that name none."""

    def dashboard(self, *, owner: str, as_of: date, version: str | None = None) -> Overview:
        """Every tile; one whose context fails or is slow is unavailable, the others answer.

        Here and below, `version` is what `version` has just answered; None has it asked again.
        """

    def kpis(self, *, owner: str, as_of: date, version: str | None = None) -> Kpis:
        """The figures to watch; None with the reason `unavailable` where a neighbour does not answer."""

    def health_score(self, *, owner: str, as_of: date, version: str | None = None) -> HealthScore:
        """The health score with its parts; what a neighbour does not answer lowers the coverage."""

    def insights(self, *, owner: str, as_of: date) -> InsightsTile:
        """What is worth acting on, as on its tile."""

    def digest(self, *, owner: str, period: DigestPeriod, year: int | None = None, as_of: date) -> Digest:
        """The last whole week, month or year before the day in short; `year` names another year. Raises Invalid."""

    def dismiss_insight(self, *, owner: str, person: str, insight_id: str, as_of: date) -> None:
        """Hides an insight until it expires. Raises InsightNotFound for one that is not noticed on the day."""

    def recall_insights(self, *, owner: str, person: str) -> None:
        """Shows every dismissed insight again."""

    def next_rupee(
        self,
        *,
        owner: str,
        amount: Decimal,
        every: Every = "once",
        invest_return: Rate | None,
        inflation: Rate | None,
        as_of: date,
    ) -> NextRupee:
        """Where the household's next money does most. Left out, the plan's real return and 4 % inflation hold.
        Raises Invalid, Unavailable."""

    def next_rupee_of(self, *, owner: str, question: RupeeQuestion, as_of: date) -> NextRupee:
        """The same for given inputs; nothing is stored. Raises Invalid, Unavailable."""

    def goals(self, *, owner: str, as_of: date, limit: int = 500, cursor: str | None = None) -> GoalPage:
        """Goals with their progress, oldest first."""

    def goal(self, *, owner: str, goal_id: str, as_of: date) -> Goal:
        """A goal. Raises GoalNotFound."""

    def create_goal(self, *, owner: str, person: str, new: NewGoal, as_of: date, once: Once | None = None) -> Goal:
        """Sets a goal. Raises Invalid, also for an account or asset that is unknown or of another currency."""

    def change_goal(
        self, *, owner: str, person: str, goal_id: str, new: NewGoal, as_of: date, expected: int | None = None
    ) -> Goal:
        """Replaces what is stated of a goal. Raises GoalNotFound, PreconditionFailed, Invalid."""

    def delete_goal(self, *, owner: str, person: str, goal_id: str, expected: int | None = None) -> None:
        """Deletes a goal. Raises GoalNotFound, PreconditionFailed."""

    def webhooks(self, *, owner: str) -> WebhookPage:
        """Addresses that are told when something happens, oldest first, without their secrets."""

    def webhook(self, *, owner: str, webhook_id: str) -> Webhook:
        """A webhook without its secret. Raises WebhookNotFound."""

    def create_webhook(self, *, owner: str, person: str, new: NewWebhook, once: Once | None = None) -> Webhook:
        """Adds a webhook and tells its secret. Raises Invalid, Unavailable for a name that cannot be resolved;
        addresses that are not public are refused with the code `address_refused`."""

    def change_webhook(
        self, *, owner: str, person: str, webhook_id: str, new: NewWebhook, expected: int | None = None
    ) -> Webhook:
        """Replaces what is stated of a webhook. Raises WebhookNotFound, PreconditionFailed, and as when adding."""

    def delete_webhook(self, *, owner: str, person: str, webhook_id: str, expected: int | None = None) -> None:
        """Deletes a webhook and what was sent. Raises WebhookNotFound, PreconditionFailed."""

    def test_webhook(self, *, owner: str, person: str, webhook_id: str) -> Delivery:
        """Queues a message of the event `test`. Raises WebhookNotFound."""

    def deliveries(self, *, owner: str, webhook_id: str, limit: int, cursor: str | None) -> DeliveryPage:
        """Messages of a webhook, newest first. Raises WebhookNotFound."""
