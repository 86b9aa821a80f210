"""Answers that show a secret."""

from typing import Annotated

from fastapi import Depends, Response


async def _never_stored(response: Response) -> None:
    response.headers["Cache-Control"] = "no-store"


Secret = Annotated[None, Depends(_never_stored)]
"""A route's parameter: the answer shows a secret, so that nothing on the way may keep it."""
