"""`python -m finapp.app.cli`."""

from finapp.app.cli.main import app

app()
