"""The local implementation of auth."""

from finapp.auth.facade.local import LocalAuth
from finapp.auth.facade.tokens import AccessTokens

__all__ = ["AccessTokens", "LocalAuth"]
