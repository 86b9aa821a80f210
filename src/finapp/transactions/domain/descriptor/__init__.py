"""What a bank printed, taken apart: channel, payee core, handle, note, reference, city, account, direction.

`parse(text, direction)` is pure and remembered per distinct text. The payee core is what rows are grouped, matched and
learned by: the same shop gives the same core whatever the reference number, date, terminal or city beside it.
"""

from finapp.transactions.domain.descriptor.parsing import parse
from finapp.transactions.domain.descriptor.values import Channel, Descriptor, Direction

__all__ = ["Channel", "Descriptor", "Direction", "parse"]
