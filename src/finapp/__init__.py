"""finapp: personal finance a household can trust. The map of the contexts is in docs/architecture.md."""

__version__ = "0.1.0"
