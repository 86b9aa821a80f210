"""How many streams of the written histories are found, and how many that are none."""

from dataclasses import dataclass, field

from finapp.reports.domain.recurring.detection import streams
from finapp.reports.domain.recurring.separation import MATURE_AT
from finapp.reports.public.recurring import RecurringStream
from tests.reports.histories import LAST, Truth, history


@dataclass(kw_only=True)
class Tally:
    """Mature streams found, wrongly found, and there to be found; how far next days were off."""

    found: int = 0
    false: int = 0
    true: int = 0
    off: list[int] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false)

    @property
    def recall(self) -> float:
        return self.found / self.true

    def share_off_at_most(self, days: int) -> float:
        """Share of live streams whose next day is at most so many days from the rule's."""
        return sum(off <= days for off in self.off) / len(self.off)


def tally(households: int) -> Tally:
    """Detection held against that many histories of each country."""
    total = Tally()
    for country, calendar_ in (("in", "IN"), ("us", "US"), ("gb", "GB-ENG"), ("eu", "XECB")):
        for seed in range(households):
            made = history(country, seed)
            _compare(total, made.truths, streams(made.rows, LAST, calendar=calendar_))
    return total


def _compare(total: Tally, truths: list[Truth], found: list[RecurringStream]) -> None:
    """A stream is right when a truth of its direction and rhythm shares 60 % of the rows of the larger of the two."""
    ripe = {truth.name: truth for truth in truths if len(truth.ids) >= MATURE_AT.get(truth.frequency, 3)}
    total.true += len(ripe)
    for stream in found:
        if stream.status == "early":
            continue
        same = [truth for truth in truths if _is(truth, stream)]
        right = next((truth for truth in same if truth.name in ripe), None)
        if right is None:
            total.false += not same
            continue
        del ripe[right.name]
        total.found += 1
        if right.next_on and stream.next_on:
            total.off.append(abs((right.next_on - stream.next_on).days))


def _is(truth: Truth, stream: RecurringStream) -> bool:
    shared = len(truth.ids & set(stream.transaction_ids))
    alike = truth.direction == stream.direction and truth.frequency == stream.frequency
    return alike and shared >= 0.6 * max(len(truth.ids), stream.occurrences)
