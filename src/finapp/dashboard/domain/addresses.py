"""Where figures can be asked, and formulas over figures that stand there."""

from datetime import date

from finapp.kernel.basis import Figure, Input


def source(path: str, as_of: date, **asked: object) -> str:
    """The address of another answer for the same day."""
    return f"/api/v1/{path}?" + "&".join(f"{name}={value}" for name, value in {**asked, "as_of": as_of}.items())


def given(called: str, value: object, where: str, *, there: str | None = None) -> Input:
    """A figure of another answer, which a formula names `called`; `there` is its name in that answer."""
    said = None if value is None else str(value)
    return Input(id=there or called, kind="figure", name=called, value=said, source=where)


def how(formula: str, *inputs: Input) -> Figure:
    """A formula over figures of other answers."""
    return Figure(kind="formula", formula=formula, inputs=inputs)
