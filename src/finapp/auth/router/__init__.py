"""HTTP of auth, a file for each thing it keeps."""

from fastapi import APIRouter

from finapp.auth.router import api_tokens, household, people, sessions, totp

router = APIRouter()
for part in (people, sessions, api_tokens, totp, household):
    router.include_router(part.router)
