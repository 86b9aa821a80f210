"""The OpenAPI document, with the errors that really are answered: problem documents, not the framework's own shape."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from finapp.platform.operations import every_route
from finapp.platform.problems import MEDIA_TYPE

_FRAMEWORK = ("HTTPValidationError", "ValidationError")
_PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "description": "Why a request was refused (RFC 9457). `code` is stable; some refusals have further members.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "For bad input: each field that is wrong, and why.",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
    "additionalProperties": True,
}
_SIGNED_OUT = "Nobody is signed in, or the token is not good any more"
_ERRORS = {
    "401": _SIGNED_OUT,
    "404": "There is no such thing in this household",
    "422": "The input is not valid; each field that is wrong is named",
    "default": "Any other refusal",
}
_METHODS = ("get", "post", "put", "patch", "delete")


def install(app: FastAPI) -> None:
    """Makes the application describe its errors as they are."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            described = get_openapi(
                title=app.title, version=app.version, summary=app.summary, routes=list(every_route(app))
            )
            app.openapi_schema = with_problems(described)
        return app.openapi_schema

    # FastAPI documents this as the way to extend it.
    app.openapi = document  # type: ignore[method-assign]


def with_problems(document: dict[str, Any]) -> dict[str, Any]:
    """The document with `Problem` as the body of every refusal an operation may answer."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name in _FRAMEWORK:
        schemas.pop(name, None)
    schemas["Problem"] = _PROBLEM
    for path, item in document.get("paths", {}).items():
        for method in _METHODS:
            if method in item:
                _describe(path, item[method])
    return document


def _describe(path: str, operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    had_input = "422" in answers
    answers.pop("422", None)
    wanted = {
        "401": bool(operation.get("security")),
        "404": "{" in path,
        "422": had_input,
        "default": True,
    }
    for status in (status for status, fits in wanted.items() if fits):
        answers.setdefault(status, _answer(_ERRORS[status]))


def _answer(description: str) -> dict[str, Any]:
    return {
        "description": description,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
