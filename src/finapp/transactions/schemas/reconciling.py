"""Bodies of reconciliation."""

from typing import Annotated

from pydantic import Field

from finapp.platform.fields import Body, Day, Money


class BalanceBody(Body):
    """What an account held at the end of a day; a debt is negative."""

    date: Day
    balance: Money


class ImportProfileBody(Body):
    """How files are read, as an import or another account's profile shows it."""

    mapping: Annotated[
        dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=500)]],
        Field(min_length=1, max_length=60),
    ]
