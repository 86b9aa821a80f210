"""transactions: which days changed at which version, where months were known, so that a day is read again alone."""

from calendar import monthrange

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, Index, Text

from finapp.platform.columns import Id, Whole
from finapp.platform.tables import NAMING, table

revision = "0010"
down_revision = "0009"
metadata = sa.MetaData(naming_convention=NAMING)
days = table(
    "changed_days",
    metadata,
    Column("owner", Id, primary_key=True, autoincrement=False),
    Column("day", Text, primary_key=True),
    Column("version", Whole, nullable=False),
    Index(None, "owner", "version"),
    sqlite_with_rowid=False,
)
months = table(
    "changed_months",
    metadata,
    Column("owner", Id, primary_key=True, autoincrement=False),
    Column("period", Text, primary_key=True),
    Column("version", Whole, nullable=False),
    sqlite_with_rowid=False,
)


def upgrade() -> None:
    """Takes every day of a month that changed for changed."""
    connection = op.get_bind()
    days.create(connection)
    for owner, period, version in connection.execute(sa.select(months)).all():
        last = monthrange(int(period[:4]), int(period[5:]))[1]
        rows = [{"owner": owner, "day": f"{period}-{day:02d}", "version": version} for day in range(1, last + 1)]
        connection.execute(days.insert(), rows)
    months.drop(connection)


def downgrade() -> None:
    """Takes the months of the days that changed."""
    connection = op.get_bind()
    months.create(connection)
    period = sa.func.substr(days.c.day, 1, 7)
    found = sa.select(days.c.owner, period, sa.func.max(days.c.version)).group_by(days.c.owner, period)
    connection.execute(months.insert().from_select(["owner", "period", "version"], found))
    days.drop(connection)
