"""How the web page is served: the page for its own addresses, the API's own refusals for the rest."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from finapp.app import page
from finapp.platform import problems


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<title>finapp</title>")
    (tmp_path / "start.js").write_text("//")
    (tmp_path / "assets" / "index-1a2b.js").write_text("let plain = 1;")
    (tmp_path / "assets" / "index-1a2b.js.gz").write_bytes(b"packed")
    return tmp_path


def client(built: Path) -> TestClient:
    app = FastAPI(docs_url=None, redoc_url=None)

    @app.get("/api/v1/goals")
    def goals() -> dict[str, str]:
        return {"items": "none"}

    page.install(app, built)
    problems.install(app)
    return TestClient(app, follow_redirects=False)


@pytest.mark.parametrize("path", ["/", "/transactions", "/settings/rules", "/reports/loans?x=1"])
def test_addresses_of_the_page_give_the_page_under_its_policy(built: Path, path: str) -> None:
    answer = client(built).get(path)
    assert answer.text == "<title>finapp</title>"
    assert answer.headers["content-security-policy"] == page.POLICY
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api", "/assets/none.js", "/favicon.png", "/docs/none"])
def test_what_is_nowhere_is_not_found_and_not_the_page(built: Path, path: str) -> None:
    answer = client(built).get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_other_methods_do_not_reach_the_page(built: Path) -> None:
    assert client(built).post("/transactions").status_code == 405


def test_assets_are_kept_for_ever_and_come_packed_to_those_who_take_it(built: Path) -> None:
    asked = client(built)
    plain = asked.get("/assets/index-1a2b.js", headers={"Accept-Encoding": "identity"})
    assert plain.text == "let plain = 1;"
    assert "immutable" in plain.headers["cache-control"]
    with asked.stream("GET", "/assets/index-1a2b.js", headers={"Accept-Encoding": "gzip"}) as packed:
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.headers["content-type"].startswith(("text/javascript", "application/javascript"))
        assert packed.headers["vary"] == "Accept-Encoding"


def test_files_beside_the_page_are_given_by_name(built: Path) -> None:
    assert client(built).get("/start.js").text == "//"


def test_without_a_built_page_the_front_leads_to_the_documentation(tmp_path: Path) -> None:
    answer = client(tmp_path).get("/")
    assert (answer.status_code, answer.headers["location"]) == (307, "/docs")
