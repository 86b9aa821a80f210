"""HTTP of auth, a file for each thing it keeps."""

from finapp.auth.router import api_tokens, household, passkeys, people, sessions, totp
from finapp.platform.operations import Router

router = Router()
for part in (people, sessions, api_tokens, totp, passkeys, household):
    router.include_router(part.router)
