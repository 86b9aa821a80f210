"""The process: one FastAPI application with every context mounted under `/api/v1`."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from finapp import __version__
from finapp.app import contract, docs, health, household, page, visits
from finapp.app.assembly import Assembly, assemble
from finapp.app.catalogue import PLUGS
from finapp.app.gateway import Gateway
from finapp.app.opening import OpenFirst
from finapp.app.settings import Settings
from finapp.kernel.clock import Clock, DatedClock, SystemClock
from finapp.platform import logs, operations, problems
from finapp.platform.allocation import keep_small
from finapp.platform.answers import Answers
from finapp.platform.bodies import BodyLimit
from finapp.platform.heads import HeadAsGet
from finapp.platform.identity import API, SignInFirst
from finapp.platform.operations import Operations, Section
from finapp.platform.plugs import Plug
from finapp.platform.recall import RecallFirst


def create_app(settings: Settings | None = None, plugs: Sequence[Plug] = PLUGS) -> FastAPI:
    """The application for these settings; its data is migrated before this returns.

    Raises ValueError for settings that contradict each other, DataInUse when another process has the directory.
    """
    settings = settings or Settings()
    keep_small()
    clock = _clock(settings)
    assembly = assemble(settings, clock, plugs)
    app = FastAPI(
        title="finapp",
        version=__version__,
        summary="Personal finance a household can trust.",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(assembly),
    )
    app.state.facades = assembly.facades
    app.state.clock = clock
    app.state.answers = Answers()
    app.state.settings = settings
    app.state.stop = assembly.stop
    app.state.commits = assembly.commits
    sections = [Section(segments=plug.paths, router=plug.router) for plug in plugs]
    own = household.operations(assembly), visits.operations(settings, clock.today)
    asked = operations.serve(app, [*sections, *map(operations.section, own)], prefix=API)
    operations.serve(app, [Section(segments=("internal",), router=assembly.internal_router)])
    operations.serve(app, [operations.section(health.operations(assembly))])
    docs.install(app)
    page.install(app)
    problems.install(app)
    contract.install(app)
    _add_middleware(app, settings, assembly, asked)
    return app


def _add_middleware(app: FastAPI, settings: Settings, assembly: Assembly, asked: Operations) -> None:
    # The last one added sees the request first.
    here = {path: plug.name for plug in assembly.plugs if plug.name in assembly.here for path in plug.paths}
    app.add_middleware(OpenFirst, contexts=here, open_path=_opener(assembly, asked))
    contexts = {path: plug.name for plug in assembly.plugs for path in plug.paths}
    open_paths = visits.OPEN_PATHS.union(*(plug.open_paths for plug in assembly.plugs))
    uploads = {
        f"{API}/imports": settings.max_upload,
        f"{API}/household/restore": settings.max_upload,
        f"{API}/transactions/*/attachments": settings.max_attachment,
        # A hundred thousand rows to find streams in, as no page sends them but a program does.
        f"{API}/reports/recurring-payments/detect": 4 * settings.max_body,
    }
    app.add_middleware(BodyLimit, most=settings.max_body, uploads=uploads)
    if assembly.commits is not None:
        app.add_middleware(RecallFirst, commits=assembly.commits, clock=app.state.clock)
    app.add_middleware(SignInFirst, doorkeeper=assembly.doorkeeper, open_paths=open_paths, contexts=contexts)
    app.add_middleware(Gateway, contexts=contexts, elsewhere=settings.contexts_elsewhere)
    if settings.cors_origins:
        origins = [origin.strip() for origin in settings.cors_origins.split(",")]
        app.add_middleware(CORSMiddleware, allow_origins=origins, allow_methods=["*"], allow_headers=["*"])
    app.add_middleware(logs.RequestLog)
    app.add_middleware(HeadAsGet)


def _opener(assembly: Assembly, asked: Operations) -> Callable[[str, str], None]:
    def open_path(segment: str, context: str) -> None:
        asked.open(segment)
        assembly.facades[context]

    return open_path


def _clock(settings: Settings) -> Clock:
    return SystemClock() if settings.today is None else DatedClock(settings.today)


def _lifespan(assembly: Assembly) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def run(app: FastAPI) -> AsyncIterator[None]:
        assembly.start()
        yield
        assembly.stop()

    return run
