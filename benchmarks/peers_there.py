"""Asks beancount, beanquery and fava, those that this Python has, about the journal named; prints JSON.

Run by `benchmarks.peers` with the Python of an environment that has them, so that finapp need not.
"""

import importlib.util
import json
import sys
import time
from collections.abc import Callable, Iterator

_SPENT = "WHERE account ~ '^Expenses'"
_QUERIES = {
    "category by month": f"SELECT year, month, account, sum(position) {_SPENT} GROUP BY year, month, account",
    "top payees": f"SELECT payee, sum(position) {_SPENT} GROUP BY payee ORDER BY sum(position) DESC LIMIT 20",
    "newest of a category": f"SELECT date, narration, position {_SPENT} ORDER BY date DESC LIMIT 50",
    "text search": "SELECT date, narration WHERE narration ~ 'zqxjvabsent' LIMIT 50",
}
_PAGES = {
    "category by month": "api/income_statement?interval=month",
    "net worth by month": "api/balance_sheet?interval=month",
    "newest rows": "api/journal_page?page=1&order=desc",
    "text search": "api/journal_page?page=1&order=desc&filter=zqxjvabsent",
}


def main(journal: str) -> None:
    """Prints a list of objects with the program, the question and the seconds of CPU."""
    found = []
    for program, asking in (("beancount", _beancount), ("fava", _fava)):
        if importlib.util.find_spec(program) is not None:
            found += [{"program": told, "question": named, "cpu_s": cpu} for told, named, cpu in asking(journal)]
    print(json.dumps(found))


def _beancount(journal: str) -> Iterator[tuple[str, str, float]]:
    from beancount import loader

    (entries, _, options), spent = _timed(lambda: loader.load_file(journal))
    yield "beancount", "load, which it does after each edit", spent
    if importlib.util.find_spec("beanquery") is not None:
        from beanquery.query import run_query

        for named, query in _QUERIES.items():
            yield "beanquery", named, _timed(lambda query=query: run_query(entries, options, query))[1]


def _fava(journal: str) -> Iterator[tuple[str, str, float]]:
    from fava.application import create_app

    app, spent = _timed(lambda: create_app([journal], load=True))
    yield "fava", "load, which it does after each edit", spent
    client = app.test_client()
    home = client.get("/", follow_redirects=True).request.path.split("/")[1]
    for named, page in _PAGES.items():
        answer, spent = _timed(lambda page=page: client.get(f"/{home}/{page}"))
        if answer.status_code == 200:
            yield "fava", named, spent


def _timed(work: Callable[[], object]) -> tuple:
    before = time.process_time()
    found = work()
    return found, time.process_time() - before


if __name__ == "__main__":
    main(sys.argv[1])
