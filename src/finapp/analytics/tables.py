"""analytics stores nothing of its own: it has the standard tables alone."""

from finapp.platform.tables import new_metadata

metadata = new_metadata()
