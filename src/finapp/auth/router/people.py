"""HTTP of people."""

from typing import Annotated

from fastapi import Request
from starlette.responses import Response

from finapp.auth.public import Auth, Person, PersonPage
from finapp.auth.schemas import ProfileBody, RegisterBody, UserBody, UserChangesBody
from finapp.kernel.errors import Forbidden
from finapp.kernel.who import Who
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import Cursor, Expected, Limit, OnceKey, given, tagged

router = Router(tags=["auth"])
Facade = Annotated[Auth, given("auth")]


@router.post("/auth/register", status_code=201)
def register(body: RegisterBody, facade: Facade) -> Person:
    """Registers a person with a household of one."""
    return facade.register(new=body.value())


@router.get("/auth/me", response_model=Person)
def me(request: Request, caller: Caller, facade: Facade) -> Response:
    """The person who asks."""
    person = facade.person(person=caller.person)
    return tagged(request, person, person.version)


@router.patch("/auth/me", response_model=Person)
def change_me(body: ProfileBody, request: Request, caller: Caller, facade: Facade, expected: Expected) -> Response:
    """Changes the own profile."""
    person = facade.change_person(person=caller.person, changes=body.value(), expected=expected)
    return tagged(request, person, person.version)


@router.delete("/auth/me", status_code=204)
def delete_me(caller: Caller, facade: Facade) -> None:
    """Deletes the person; with the last member goes everything the household has stored."""
    facade.delete_person(person=caller.person)


@router.get("/auth/users")
def users(caller: Caller, facade: Facade, limit: Limit = 50, cursor: Cursor = None) -> PersonPage:
    """Everyone; for administrators."""
    _require_administrator(caller)
    return facade.people(limit=limit, cursor=cursor)


@router.post("/auth/users", status_code=201)
def create_user(body: UserBody, caller: Caller, facade: Facade, once: OnceKey) -> Person:
    """A new person; for administrators."""
    _require_administrator(caller)
    return facade.create_person(new=body.value(), role=body.role, once=once)


@router.get("/auth/users/{user_id}", response_model=Person)
def user(user_id: str, request: Request, caller: Caller, facade: Facade) -> Response:
    """A person; for administrators."""
    _require_administrator(caller)
    person = facade.person(person=user_id)
    return tagged(request, person, person.version)


@router.patch("/auth/users/{user_id}", response_model=Person)
def change_user(
    user_id: str, body: UserChangesBody, request: Request, caller: Caller, facade: Facade, expected: Expected
) -> Response:
    """Changes, disables or enables a person; for administrators."""
    _require_administrator(caller)
    person = facade.change_person(person=user_id, changes=body.value(), expected=expected)
    return tagged(request, person, person.version)


@router.delete("/auth/users/{user_id}", status_code=204)
def delete_user(user_id: str, caller: Caller, facade: Facade) -> None:
    """Deletes a person; for administrators."""
    _require_administrator(caller)
    facade.delete_person(person=user_id)


@router.delete("/auth/users/{user_id}/totp", status_code=204)
def reset_totp(user_id: str, caller: Caller, facade: Facade) -> None:
    """Takes away the second factor of someone who has lost it, and ends their sign-ins; for administrators."""
    _require_administrator(caller)
    facade.reset_totp(person=user_id)


def _require_administrator(caller: Who) -> None:
    if not caller.administrator:
        raise Forbidden("only administrators may do this")
