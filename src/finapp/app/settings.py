"""Every setting, read once. Each is an environment variable with the prefix FINAPP_."""

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def _closed(origins: str) -> str:
    if "*" in origins:
        raise ValueError("'*' would let any site read a signed-in person's data: list the origins")
    return origins


class Settings(BaseSettings):
    """How this process runs. The defaults are safe: loopback, own data directory, own keys, no foreign origin."""

    model_config = SettingsConfigDict(env_prefix="FINAPP_", extra="ignore", frozen=True)

    data: Path = Path("data")
    """Directory of the databases, keys and spooled files."""
    database_url: str | None = Field(default=None, pattern=r"^postgresql(\+\w+)?://")
    """A PostgreSQL URL (`postgresql+psycopg://...`) instead of SQLite files. Its role may create roles and schemas."""
    keys: Path | None = None
    """Directory of the signing keys, shared by all processes of one deployment; `<data>/keys` when unset."""
    here: Annotated[str, NoDecode] = ""
    """Contexts served by this process, separated by commas; empty: all that are not elsewhere."""
    elsewhere: Annotated[str, NoDecode] = ""
    """Contexts in other processes: `transactions=http://127.0.0.1:8001,assets=http://127.0.0.1:8002`."""
    wire: bool = False
    """Send every facade call through the wire format, also inside the process; for tests and rehearsals."""
    cors_origins: Annotated[str, NoDecode, AfterValidator(_closed)] = ""
    """Origins of other sites that may call the API, separated by commas; none by default."""
    registration: bool = True
    """Whether newcomers may register themselves. The first person always may."""
    demo: bool | None = None
    """Whether anybody may begin a demo household; when unset, those at this machine may, while registration is open."""
    today: date | None = None
    """A fixed date for demos and tests; the machine's date when unset."""
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")
    max_body: int = Field(default=8 * 1024 * 1024, gt=0)
    """Largest request body in bytes, uploads apart."""
    max_attachment: int = Field(default=25 * 1024 * 1024 + 64 * 1024, gt=0)
    """Largest request body in bytes that attaches a file: the file, of at most 25 MB, and what it is sent in."""
    max_upload: int = Field(default=512 * 1024 * 1024, gt=0)
    """Largest uploaded statement in bytes."""

    @cached_property
    def key_directory(self) -> Path:
        """Where the signing keys are."""
        return self.keys or self.data / "keys"

    @cached_property
    def contexts_elsewhere(self) -> dict[str, str]:
        """Context -> base URL. Raises ValueError for an entry that is not `name=http(s)://...`."""
        found = {}
        for entry in filter(None, (part.strip() for part in self.elsewhere.split(","))):
            name, _, url = entry.partition("=")
            if urlsplit(url).scheme not in ("http", "https"):
                raise ValueError(f"FINAPP_ELSEWHERE: {entry!r} is not of the form context=http://host:port")
            found[name.strip()] = url.strip().rstrip("/")
        return found

    @cached_property
    def contexts_here(self) -> frozenset[str]:
        """The contexts named in `here`; empty when all that are not elsewhere are meant."""
        return frozenset(filter(None, (part.strip() for part in self.here.split(","))))
