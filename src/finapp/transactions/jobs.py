"""Whether a start has something to go on with: asked of the data before anything else of the context is there."""

from pathlib import Path

from sqlalchemy import text

from finapp.platform.database import Database

_UNFINISHED = text(
    "SELECT 1 FROM imports WHERE status IN ('queued', 'running') "
    "OR (status = 'cancelled' AND EXISTS (SELECT 1 FROM statements WHERE statements.import_id = imports.id)) LIMIT 1"
)


def has_unfinished_imports(database: Database, directory: Path) -> bool:
    """Whether a stopped process has left imports to run or to take back, or files of them."""
    spool = directory / "spool"
    if spool.is_dir() and any(spool.iterdir()):
        return True
    with database.read() as connection:
        return connection.execute(_UNFINISHED).first() is not None
