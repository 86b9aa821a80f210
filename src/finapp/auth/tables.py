"""auth's own tables."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Text

from finapp.platform.columns import Flag, Id, Instant, Json, Whole
from finapp.platform.tables import new_metadata, table

metadata = new_metadata()

households = table(
    "households",
    metadata,
    Column("owner", Id, primary_key=True, autoincrement=False),
    Column("currency", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
)

people = table(
    "people",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, ForeignKey(households.c.owner), nullable=False, index=True),
    Column("email", Text, nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("role", Text, CheckConstraint("role IN ('administrator', 'member')", name="role"), nullable=False),
    Column("disabled", Flag, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("version", Whole, nullable=False),
)

sessions = table(
    "sessions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, ForeignKey(people.c.id), nullable=False),
    Column("generation", Whole, nullable=False),
    Column("digest", Text, nullable=False),
    Column("rotated_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("agent", Text, nullable=False),
    Index(None, "person"),
)

api_tokens = table(
    "api_tokens",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, ForeignKey(people.c.id), nullable=False),
    Column("name", Text, nullable=False),
    Column("scopes", Json, nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Index(None, "person"),
)

security_events = table(
    "security_events",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Instant, nullable=False, index=True),
    Column("agent", Text, nullable=False),
    Column("subject", Id),
    Index(None, "owner", "person", "id"),
)

totps = table(
    "totps",
    metadata,
    Column("person", Id, ForeignKey(people.c.id), primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("secret", Text, nullable=False),
    Column("confirmed", Flag, nullable=False),
    Column("last_step", Whole, nullable=False),
    Column("created_at", Instant, nullable=False),
)

invitations = table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, ForeignKey(households.c.owner), nullable=False, index=True),
    Column("person", Id, nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
)

passkeys = table(
    "passkeys",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, ForeignKey(people.c.id), nullable=False),
    Column("name", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("credential_id", Text, nullable=False, unique=True),
    Column("public_key", Text, nullable=False),
    Column("sign_count", Whole, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("last_used_at", Instant),
    Index(None, "person"),
)

spent_tickets = table(
    "spent_tickets",
    metadata,
    Column("id", Text, primary_key=True),
    Column("owner", Id, nullable=False),
    Column("spent_at", Instant, nullable=False),
    Index(None, "owner", "spent_at"),
)
