"""Files attached to rows: kept, served, refused, taken off and brought back."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from finapp.transactions.domain.attachments import LARGEST, media_type_of
from tests.support import client

API = "/api/v1"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 300


@pytest.fixture(scope="module")
def signed_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client(tmp_path_factory.mktemp("product")) as found:
        yield found


@pytest.fixture
def row(signed_in: TestClient) -> str:
    account = signed_in.post(f"{API}/accounts", json={"name": "A", "kind": "checking", "currency": "INR"}).json()["id"]
    body = {"account_id": account, "date": "2026-05-03", "amount": "-700.00", "description": "DMART"}
    return str(signed_in.post(f"{API}/transactions", json=body).json()["id"])


def attach(signed_in: TestClient, row: str, content: bytes, name: str = "receipt.png") -> Any:
    return signed_in.post(f"{API}/transactions/{row}/attachments", files={"file": (name, content)})


def newest(signed_in: TestClient) -> Any:
    return signed_in.get(f"{API}/transactions/changes?limit=1").json()["items"][0]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"),
        ("Bought at Müller, 3 €\n".encode(), "text/plain"),
        (b"<html><script>alert(1)</script>", None),
        (b"  <?xml version='1.0'?><svg/>", None),
        (b"MZ\x90\x00", None),
        (b"PK\x03\x04", None),
        (b"text\x00with nul", None),
        (b"\x1b[31mred", None),
        (b"\xef\xbb\xbf  \r\n", None),
        ("Fett \u202e gedreht".encode(), None),
    ],
)
def test_the_first_bytes_say_what_a_file_is(content: bytes, kind: str | None) -> None:
    assert media_type_of(content) == kind


def test_a_file_is_served_as_it_was_and_never_run(signed_in: TestClient, row: str) -> None:
    made = attach(signed_in, row, PNG, "../Quittung Müller.html").json()
    assert (made["media_type"], made["size"], made["filename"]) == ("image/png", len(PNG), "Quittung Müller.html")
    assert [one["id"] for one in signed_in.get(f"{API}/transactions/{row}/attachments").json()["items"]] == [made["id"]]
    served = signed_in.get(f"{API}/attachments/{made['id']}/content")
    assert served.content == PNG
    assert served.headers["x-content-type-options"] == "nosniff"
    assert served.headers["content-type"] == "image/png"
    assert served.headers["content-disposition"] == "attachment; filename*=UTF-8''Quittung%20M%C3%BCller.html"
    assert signed_in.get(f"{API}/attachments/{made['id']}").json() == made


def test_a_text_is_looked_through_piece_by_piece() -> None:
    letters = "Müller, 3 €\n".encode()
    assert media_type_of(letters[:2], [letters[2:10], letters[10:12], letters[12:]]) == "text/plain"
    assert media_type_of(b"  ", [b" \n", b" <svg/>"]) is None
    assert media_type_of(b"bill", [b" of ", b"\x00"]) is None
    assert media_type_of(letters[:2]) is None


def test_a_file_larger_than_other_bodies_may_be_is_kept_whole(signed_in: TestClient, row: str) -> None:
    large = PNG + bytes(range(256)) * 4096 * 9
    made = attach(signed_in, row, large).json()
    assert made["size"] == len(large) > 8 * 1024 * 1024
    served = signed_in.get(f"{API}/attachments/{made['id']}/content")
    assert served.content == large
    assert served.headers["etag"] == f'"{hashlib.sha256(large).hexdigest()}"'


def test_a_file_taken_off_comes_back_and_both_stand_in_the_history(signed_in: TestClient, row: str) -> None:
    made = attach(signed_in, row, PNG).json()
    assert signed_in.delete(f"{API}/attachments/{made['id']}").status_code == 204
    assert signed_in.get(f"{API}/attachments/{made['id']}/content").status_code == 404
    kinds = [entry["kind"] for entry in signed_in.get(f"{API}/transactions/{row}/history").json()["items"]]
    assert kinds == ["detached", "attached", "created"]
    assert signed_in.post(f"{API}/transactions/undo/{newest(signed_in)['id']}").status_code == 200
    assert signed_in.get(f"{API}/attachments/{made['id']}/content").content == PNG
    signed_in.delete(f"{API}/transactions/{row}")
    assert signed_in.get(f"{API}/transactions/{row}/attachments").status_code == 404
    signed_in.post(f"{API}/transactions/{row}/restore")
    assert len(signed_in.get(f"{API}/transactions/{row}/attachments").json()["items"]) == 1


def test_files_that_are_empty_too_large_or_of_another_kind_are_refused(signed_in: TestClient, row: str) -> None:
    assert attach(signed_in, row, b"").status_code == 422
    assert attach(signed_in, row, b"MZ\x90\x00").status_code == 415
    assert attach(signed_in, row, PNG + bytes(LARGEST)).status_code == 413
    assert attach(signed_in, "0000000000000", PNG).status_code == 404
    assert signed_in.get(f"{API}/transactions/{row}/attachments").json()["items"] == []


def test_a_file_sent_again_with_its_key_is_kept_once(signed_in: TestClient, row: str) -> None:
    def send(content: bytes, name: str = "receipt.png") -> Any:
        files = {"file": (name, content)}
        headers = {"Idempotency-Key": f"upload-{row}"}
        return signed_in.post(f"{API}/transactions/{row}/attachments", files=files, headers=headers)

    first, again = send(PNG), send(PNG)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert len(signed_in.get(f"{API}/transactions/{row}/attachments").json()["items"]) == 1
    assert [send(PNG + b"x").status_code, send(PNG, "other.png").status_code] == [409, 409]


def test_the_history_of_a_row_names_its_files(signed_in: TestClient, row: str) -> None:
    made = attach(signed_in, row, PNG, "bill.png").json()
    signed_in.delete(f"{API}/attachments/{made['id']}")
    signed_in.post(f"{API}/transactions/undo/{newest(signed_in)['id']}")
    seen = signed_in.get(f"{API}/transactions/{row}/history").json()["items"][:3]
    there, gone = {"attachment": "bill.png"}, {"attachment": None}
    assert [(one["kind"], one["before"], one["after"]) for one in seen] == [
        ("undo", gone, there),
        ("detached", there, gone),
        ("attached", gone, there),
    ]


def test_the_files_of_parts_go_to_the_whole_and_back(signed_in: TestClient, row: str) -> None:
    splits = f"{API}/transactions/{row}/splits"
    halves = {"parts": [{"amount": "-350.00"}, {"amount": "-350.00"}]}

    def files(of: str) -> list[str]:
        return [one["filename"] for one in signed_in.get(f"{API}/transactions/{of}/attachments").json()["items"]]

    first = signed_in.put(splits, json=halves).json()["parts"][0]["id"]
    attach(signed_in, first, PNG, "part.png")
    attach(signed_in, row, PNG, "whole.png")
    signed_in.put(splits, json=halves)
    assert sorted(files(row)) == ["part.png", "whole.png"]
    signed_in.post(f"{API}/transactions/undo/{newest(signed_in)['id']}")
    assert (files(row), files(first)) == (["whole.png"], ["part.png"])
    signed_in.delete(splits)
    assert sorted(files(row)) == ["part.png", "whole.png"]
    signed_in.post(f"{API}/transactions/undo/{newest(signed_in)['id']}")
    assert (files(row), files(first)) == (["whole.png"], ["part.png"])
    signed_in.post(f"{API}/transactions/undo/{newest(signed_in)['id']}")
    assert sorted(files(row)) == ["part.png", "whole.png"]
