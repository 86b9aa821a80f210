"""Bodies that cannot be taken apart are refused with the field and the reason, in every way they can be broken."""

from pathlib import Path

import pytest

from tests.support import client

BROKEN = {
    "not JSON": b"{",
    "NaN": b'{"name": NaN}',
    "infinity": b'{"opening_balance": 1e999}',
    "nested": b"[" * 100_000,
    "long integer": b'{"name": ' + b"1" * 5_000 + b"}",
    "not UTF-8": b'{"name": "\xff"}',
    "lone surrogate": b'{"name": "\\ud800", "kind": "cash", "currency": "INR"}',
    "empty": b"",
    "null": b"null",
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_body_is_refused_with_field_and_reason(body: bytes, tmp_path: Path) -> None:
    with client(tmp_path) as signed_in:
        answer = signed_in.post("/api/v1/accounts", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 422, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert all(item["field"] and item["message"] for item in answer.json()["errors"])
        assert signed_in.get("/api/v1/accounts").json()["items"] == []


def test_a_body_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with client(tmp_path, max_body=1_000) as signed_in:
        declared = signed_in.post("/api/v1/accounts", content=b"x" * 2_000)
        chunked = signed_in.post("/api/v1/accounts", content=(b"x" * 100 for _ in range(20)))
        assert [answer.status_code for answer in (declared, chunked)] == [413, 413]
        assert {answer.headers["content-type"] for answer in (declared, chunked)} == {"application/problem+json"}


def test_a_path_with_an_id_has_the_limit_of_its_files_and_others_below_it_have_not(tmp_path: Path) -> None:
    with client(tmp_path, max_body=1_000, max_attachment=3_000) as signed_in:
        large = {"file": ("note.txt", b"x" * 2_000)}
        limits = {
            path: signed_in.post(f"/api/v1/transactions/{path}", files=large).status_code
            for path in ("0000000000000/attachments", "0000000000000/attachments/x", "0000000000000/splits")
        }
        assert limits == dict(zip(limits, (404, 413, 413), strict=True))
        begins = b'--b\r\nContent-Disposition: form-data; name="file"; filename="note.txt"\r\n\r\n'
        chunked = signed_in.post(
            "/api/v1/transactions/0000000000000/attachments",
            content=iter([begins, *[b"x" * 100] * 40]),
            headers={"Content-Type": "multipart/form-data; boundary=b"},
        )
        assert chunked.status_code == 413
