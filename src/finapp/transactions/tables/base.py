"""The MetaData of the ledger's own tables."""

from finapp.platform.tables import new_metadata

metadata = new_metadata()
