"""A ZIP of statements is taken in as if each of them had come alone, and nothing in it can do harm."""

import io
import zipfile
from collections.abc import Mapping
from decimal import Decimal

import pytest

from finapp.transactions.public import Import, ImportAnswers, ImportNotFound
from finapp.transactions.readers.archives import MOST_FILES
from tests.transactions.ledger import OWNER, PERSON, Ledger
from tests.transactions.readers.test_formats import OFX1

JANUARY = b"Date,Description,Amount,Balance\n2026-01-05,RENT,-100.00,900.00\n2026-01-31,SALARY,500.00,1400.00\n"
FEBRUARY = b"Date,Description,Amount,Balance\n2026-02-05,RENT,-100.00,1300.00\n2026-02-28,SALARY,500.00,1800.00\n"


def zipped(files: Mapping[str, bytes], mode: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", mode) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def held(ledger: Ledger) -> list[tuple[str, Decimal]]:
    return [(one.name, one.balance) for one in ledger.facade.accounts(owner=OWNER).items]


def reread(ledger: Ledger, of: Import) -> Import:
    return ledger.facade.import_(owner=OWNER, import_id=of.id)


def test_every_file_of_an_archive_is_an_import_and_the_archive_shows_them_all(ledger: Ledger) -> None:
    files = {"2026/01.csv": JANUARY, "2026/02.csv": FEBRUARY, "__MACOSX/._01.csv": b"x", "2026/.DS_Store": b"x"}
    done = ledger.take(zipped({**files, "2026/": b""}))
    assert (done.status, done.format) == ("done", "zip")
    assert [(file.filename, file.status, file.counts.imported) for file in done.files] == [
        ("01.csv", "done", 2),
        ("02.csv", "done", 2),
    ]
    assert (done.counts.rows, done.counts.imported) == (4, 4)
    assert [balance for _, balance in held(ledger)] == [Decimal("1800.00")]
    alone = ledger.facade.import_(owner=OWNER, import_id=done.files[0].import_id)
    assert alone.archive_id == done.id
    again = ledger.take(zipped(files))
    assert (again.counts.imported, again.counts.duplicates) == (0, 4)


def test_an_archive_is_taken_back_whole_or_file_by_file(ledger: Ledger) -> None:
    account = ledger.account()
    done = ledger.take(zipped({"01.csv": JANUARY, "02.csv": FEBRUARY}), account)
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=done.files[1].import_id)
    left = reread(ledger, done)
    assert ([file.filename for file in left.files], left.counts.imported) == (["01.csv"], 2)
    assert left.version > done.version
    assert [balance for _, balance in held(ledger)] == [Decimal("1400.00")]
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=done.id)
    assert [balance for _, balance in held(ledger)] == [account.balance]
    with pytest.raises(ImportNotFound):
        reread(ledger, done)


def test_files_that_are_queued_while_their_archive_is_taken_back_go_with_it(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: list[tuple[str, str]] = []
    jobs = ledger.facade._jobs
    monkeypatch.setattr(jobs, "submit", lambda name, argument: waiting.append((name, argument)))
    started = ledger.take(zipped({"01.csv": JANUARY, "02.csv": FEBRUARY}))
    holders = ledger.facade._holders

    def unpacked_meanwhile(owner: str) -> tuple[str, ...]:
        monkeypatch.setattr(ledger.facade, "_holders", holders)
        name, argument = waiting.pop()
        jobs._known[name](argument)
        return holders(owner)

    monkeypatch.setattr(ledger.facade, "_holders", unpacked_meanwhile)
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=started.id)
    assert len(waiting) == 2
    for name, argument in waiting:
        jobs._known[name](argument)
    assert held(ledger) == []
    assert {one.status for one in ledger.facade.imports(owner=OWNER, limit=10, cursor=None).items} == {"cancelled"}


def test_a_file_that_asks_or_fails_holds_no_other_back(ledger: Ledger) -> None:
    ledger.take(b"Date,Description,Amount\n2026-05-03,TEA,-9.00\n2026-05-13,TEA,-9.00\n", ledger.account())
    other = b"Date,Description,Amount\n2026-06-03,CAB,-7.00\n2026-06-13,BUS,-1.00\n"
    files = {"a.ofx": OFX1.encode(), "c.csv": other, "readme.txt": b"Thank you for banking here."}
    done = ledger.take(zipped(files))
    assert done.status == "needs_mapping"
    assert {file.filename: file.status for file in done.files}["readme.txt"] == "failed"
    waiting = next(file for file in done.files if file.filename == "c.csv")
    assert [question.field for question in done.questions] == [f"files.{waiting.import_id}.account_id"]
    answers = ImportAnswers(account_id="new")
    ledger.facade.answer_import(owner=OWNER, person=PERSON, import_id=waiting.import_id, answers=answers)
    ended = reread(ledger, done)
    assert ended.status == "done"
    assert ended.version > done.version
    assert all(file.failure for file in ended.files if file.status == "failed")


def test_archives_inside_an_archive_are_refused_without_being_read(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = zipped({"01.csv": JANUARY})
    done = ledger.take(zipped({"a.zip": inner, "b.csv": FEBRUARY, "c.zip": inner}))
    assert [(file.filename, file.status, file.failure_code) for file in done.files] == [
        ("a.zip", "failed", "unreadable_statement"),
        ("b.csv", "done", None),
        ("c.zip", "failed", "unreadable_statement"),
    ]
    assert all("unpack it first" in (file.failure or "") for file in done.files if file.status == "failed")
    submitted: list[str] = []
    submit = ledger.facade._jobs.submit

    def counted(name: str, argument: str) -> None:
        submitted.append(name)
        submit(name, argument)

    monkeypatch.setattr(ledger.facade._jobs, "submit", counted)
    many = ledger.take(zipped({f"{number}.zip": inner for number in range(50)}))
    assert (many.status, many.failure_code, many.files, len(submitted)) == ("failed", "unreadable_statement", (), 1)
    assert "unpack it first" in (many.failure or "")
    assert [path.name for path in ledger.spool.iterdir()] == []


def test_a_dry_run_of_an_archive_changes_nothing(ledger: Ledger) -> None:
    done = ledger.take(zipped({"01.csv": JANUARY}), dry_run=True)
    assert (done.counts.imported, held(ledger)) == (2, [])


def _linked() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        link = zipfile.ZipInfo("statement.csv")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (zipped({f"{number}.csv": JANUARY for number in range(MOST_FILES + 1)}), "more than"),
        (zipped({"zeros.csv": bytes(64 * 1024 * 1024)}), "more than statements can hold"),
        (zipped({"empty/": b""}), "no files"),
        (_linked(), "a link"),
        (zipped({"01.csv": JANUARY})[:-40], "damaged"),
        (zipped({"01.csv": JANUARY, "02.csv": FEBRUARY}, zipfile.ZIP_STORED).replace(b"1800", b"1900"), "damaged"),
    ],
)
def test_an_archive_made_to_harm_is_refused_and_leaves_nothing(ledger: Ledger, content: bytes, said: str) -> None:
    refused = ledger.take(content)
    assert refused.status == "failed"
    assert said in (refused.failure or "")
    assert held(ledger) == []
    assert list(ledger.spool.iterdir()) == []


def test_an_archive_in_an_archive_is_not_opened_and_names_lead_nowhere(ledger: Ledger) -> None:
    done = ledger.take(zipped({"../../up.csv": JANUARY, "inner.zip": zipped({"02.csv": FEBRUARY})}))
    assert [(file.filename, file.status) for file in done.files] == [("up.csv", "done"), ("inner.zip", "failed")]
    assert "unpack it first" in (done.files[1].failure or "")
    assert list(ledger.spool.iterdir()) == []
    assert not (ledger.spool.parent.parent / "up.csv").exists()
