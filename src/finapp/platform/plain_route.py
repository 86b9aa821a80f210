"""A route of FastAPI whose arguments are found by a plan."""

from collections.abc import Callable, Coroutine
from inspect import iscoroutinefunction
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute, serialize_response
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from finapp.platform.arguments import NotPlain, Plan


class PlainRoute(APIRoute):
    """A route of FastAPI that finds the arguments of a plain request by a plan."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request. One that is not plain, and an operation without a plan, is FastAPI's."""
        careful = super().get_route_handler()
        try:
            plan = Plan(self)
        except NotPlain:
            return careful
        in_the_loop = iscoroutinefunction(self.endpoint)

        async def handle(request: Request) -> Response:
            try:
                arguments = await plan.arguments(request)
            except NotPlain:
                return await careful(request)
            if in_the_loop:
                made = await self.endpoint(**arguments)
            else:
                made = await run_in_threadpool(self.endpoint, **arguments)
            return made if isinstance(made, Response) else await self._rendered(made, in_the_loop)

        return handle

    async def _rendered(self, made: Any, in_the_loop: bool) -> Response:
        field, status = self.response_field, self.status_code or 200
        content = await serialize_response(
            field=field, response_content=made, is_coroutine=in_the_loop, dump_json=field is not None
        )
        if field is not None:
            return Response(content, status, media_type="application/json")
        answer = JSONResponse(content, status)
        if status == 204:
            answer.body = b""
        return answer
