"""The fire context's own answers."""

from finapp.fire.facade.local import LocalFire

__all__ = ["LocalFire"]
