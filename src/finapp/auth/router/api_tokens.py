"""HTTP of API tokens."""

from typing import Annotated

from finapp.auth.public import ApiTokenPage, Auth, MadeApiToken
from finapp.auth.router.secrecy import Secret
from finapp.auth.schemas import ApiTokenBody
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import given

router = Router(tags=["auth"])
Facade = Annotated[Auth, given("auth")]


@router.get("/auth/api-tokens")
def api_tokens(caller: Caller, facade: Facade) -> ApiTokenPage:
    """The own API tokens, without their secrets."""
    return facade.api_tokens(person=caller.person)


@router.post("/auth/api-tokens", status_code=201)
def create_api_token(body: ApiTokenBody, caller: Caller, facade: Facade, shown: Secret = None) -> MadeApiToken:
    """Makes an API token for a program. The secret is shown this once; send it like an access token.

    A token reaches only the contexts in its scopes, never changes anything of `auth`, and never administers.
    """
    return facade.create_api_token(person=caller.person, session_id=caller.session, new=body.value())


@router.delete("/auth/api-tokens/{token_id}", status_code=204)
def delete_api_token(token_id: str, caller: Caller, facade: Facade) -> None:
    """Ends an API token at once."""
    facade.delete_api_token(person=caller.person, session_id=caller.session, token_id=token_id)
