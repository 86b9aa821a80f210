"""Refusals of whole files, in words a person understands."""

from typing import Literal

from finapp.kernel.errors import Invalid

Reason = Literal[
    "empty",
    "binary",
    "encrypted",
    "wrong_password",
    "damaged",
    "truncated",
    "no_rows",
    "no_table",
    "too_large",
    "forbidden_content",
    "unknown_format",
    "archive",
    "does_not_reconcile",
    "bad_mapping",
]


class UnreadableStatement(Invalid):
    """The file cannot be read as a statement. `reason` is a stable code, the message says what to do."""

    code = "unreadable_statement"
    title = "The file cannot be read as a statement"

    def __init__(self, reason: Reason, message: str, field: str = "file") -> None:
        super().__init__(field, message)
        self.reason = reason
        self.facts["reason"] = reason
