"""What is counted of the requests."""

from pathlib import Path

from tests.support import client


def test_requests_are_counted_by_the_shape_of_their_path_and_no_id_is_kept(tmp_path: Path) -> None:
    with client(tmp_path) as household:
        household.get("/api/v1/accounts/secret1", headers={"X-Request-ID": "one"})
        household.request("MADEUP", "/api/v1/accounts")
        told = household.get("/metrics").text
    counted = [line for line in told.splitlines() if line.startswith("finapp_request_seconds_count")]
    assert any('method="GET"' in line and "{account_id}" in line and 'status="404"' in line for line in counted)
    assert any('method="other"' in line for line in counted)
    assert "secret1" not in told
    assert "MADEUP" not in told
