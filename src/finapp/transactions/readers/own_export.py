"""Our own exports, told by what only they have: they come back as what they were, text by text."""

import re
from collections.abc import Sequence
from dataclasses import fields, replace

from finapp.transactions.domain.statement import AccountHint, Mapping

_COLUMNS = "id date account amount currency description category category_name merchant flow need tags note".split()
_TABLE = Mapping(
    date="date", date_order="ymd", amount="amount", sign="as_printed", decimal=".", descriptions=("description",),
    account="account", currency="currency", bank_id="id", category="category", tags="tags",
    original_amount="original_amount", original_currency="original_currency", rate="rate",
)  # fmt: skip
_BEAN_NAME = re.compile(
    r'(?m)^\d{4}-\d\d-\d\d open (?P<account>\S+)\n  name: "(?P<name>(?:[^"\\]|\\.)*)"(?:\n  kind: "(?P<kind>\w+)")?'
)
_LEDGER_NAME = re.compile(r"(?m)^; account (?P<account>\S+)(?: \((?P<kind>\w+)\))? = (?P<name>.*)$")
_TOLD = re.compile(
    r'^\s+(?P<key>id|category|whole|text|note|tags|status): "(?P<value>(?:[^"\\]|\\.)*)"$'
    r"|;\s*id:(?P<id>\w+), category:(?P<category>\w+)\s*$"
    r"|^    +; (?P<name>whole|text|note|tags|status):(?P<said>.*)$"
)


_ESCAPED = {"n": "\n", "t": "\t"}


def laid_over(headings: Sequence[str], given: Mapping) -> Mapping:
    """How our table is read, below what a person says of it; what was given, for any other table."""
    if [heading.strip() for heading in headings[: len(_COLUMNS)]] != _COLUMNS:
        return given
    said = {field.name: value for field in fields(given) if (value := getattr(given, field.name)) is not None}
    return replace(_TABLE, **said)


def unescaped(text: str) -> str:
    """A text of a beancount ledger without its backslashes."""
    return re.sub(r"\\(.)", lambda found: _ESCAPED.get(found[1], found[1]), text)


def own_accounts(text: str, beancount: bool) -> dict[str, AccountHint]:
    """What a journal of ours says of its accounts, by what it calls them; nothing for other journals."""
    found = (_BEAN_NAME if beancount else _LEDGER_NAME).finditer(text)
    return {each["account"]: _hint(each, beancount) for each in found}


def _hint(found: re.Match[str], beancount: bool) -> AccountHint:
    # Earlier releases did not write the kind.
    kind = found["kind"] or ("credit_card" if found["account"].startswith("Liabilities:") else None)
    return AccountHint(name=unescaped(found["name"]) if beancount else found["name"], kind=kind)


def told(line: str) -> dict[str, str]:
    """What a line says of the row that a posting stands for: its id, its category, its own words."""
    match = _TOLD.search(line)
    if match is None:
        return {}
    if match["key"]:
        return {match["key"]: unescaped(match["value"])}
    return (
        {match["name"]: unescaped(match["said"])}
        if match["name"]
        else {"id": match["id"], "category": match["category"]}
    )
