"""What the postings of an entry come to: nothing, in each commodity, and what one leaves out is what that takes."""

from collections.abc import Sequence
from decimal import Decimal

from finapp.transactions.readers.commodities import Quantity
from finapp.transactions.readers.journal_lines import Entry, Posting


def fill_in(entry: Entry) -> str | None:
    """Fills the one posting without an amount by what the others weigh, with one for each commodity.

    Gives what is wrong when it cannot be filled.
    """
    open_ones = [at for at, posting in enumerate(entry.postings) if posting.quantity is None]
    if not open_ones:
        return None
    weights = [posting.weight for posting in entry.postings if posting.quantity is not None]
    known = [weight for weight in weights if weight is not None]
    if len(open_ones) > 1 or not known or len(known) < len(weights):
        return "the amount of a posting cannot be inferred"
    at, rests = open_ones[0], lacking(known)
    rests = [rest for rest in rests if rest.value] or rests[:1]
    made = [Posting(entry.postings[at].account, rest, rest) for rest in rests]
    entry.postings[at] = made[0]
    entry.postings += made[1:]
    entry.lines += [entry.lines[at]] * len(made[1:])
    return None


def lacking(weights: Sequence[Quantity]) -> list[Quantity]:
    """What each commodity lacks to come to zero: each balances on its own."""
    rests: dict[str | None, Quantity] = {}
    for weight in weights:
        kind = weight.currency or weight.commodity
        before = rests.get(kind, Quantity(Decimal(0), weight.commodity))
        rests[kind] = before._replace(value=before.value - weight.value)
    return list(rests.values())


def is_unbalanced(entry: Entry) -> bool:
    """Whether an entry in one commodity does not come to zero, by more than the rounding of its amounts.

    As beancount has it, that is half a unit of the last decimal of the least exact amount that has decimals.
    """
    weights = [posting.weight for posting in entry.postings if posting.weight is not None]
    rests = lacking(weights)
    if len(rests) != 1 or len(weights) < len(entry.postings):
        return False
    exponents = [int(weight.value.as_tuple().exponent) for weight in weights]
    last = max((exponent for exponent in exponents if exponent < 0), default=None)
    return abs(rests[0].value) > (Decimal(0) if last is None else Decimal("0.5").scaleb(last))
