"""Computes anew what a solver, a simulation or a schedule found: from the inputs that the basis lists, or by replay."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Any

from finapp.kernel.months import add_months

Inputs = Sequence[Mapping[str, Any]]
Method = Callable[[Any, Any, str, Inputs], Iterator[str]]
"""The walk, the part of the answer with the basis, the figure's name, its inputs -> what does not hold, in words."""
CENT = Decimal("0.01")
_AT = re.compile(r"([\d.]+) at ([\d.]+)")


def _number(value: Any) -> Decimal:
    return Decimal(str(value))


def _given(inputs: Inputs) -> dict[str, Decimal]:
    return {given["id"]: Decimal(given["value"]) for given in inputs if _is_number(given["value"])}


def _is_number(text: str | None) -> bool:
    return text is not None and re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def _paths(walk: Any, holder: Any, name: str, inputs: Inputs) -> Iterator[str]:
    """The share of paths that are not depleted, and the same by running the listed inputs once more."""
    spent = sum((holder["depletion_years"] or {"by_year": {}})["by_year"].values())
    share = 1 - Decimal(spent) / holder["paths"]
    if share != _number(holder["success_rate"]):
        yield f"{share} of the paths are not depleted"
    again = walk.post("/fire/simulation", _simulated(inputs))["success_rate"]
    if again != holder["success_rate"]:
        yield f"its inputs give {again} when they are run again"


def _simulated(inputs: Inputs, **changed: Any) -> dict[str, Any]:
    by_id = {given["id"]: given["value"] for given in inputs}
    body: dict[str, Any] = {
        "portfolio": by_id["portfolio"],
        "annual_spending": by_id["annual_spending"],
        "years": int(by_id["years"]),
        "contributions": by_id["contributions"],
        "retire_after_years": int(by_id["retire_after_years"]),
        "timing": by_id["timing"],
        "mean": by_id["market.mean"],
        "volatility": by_id["market.volatility"],
        "paths": int(by_id["paths"]),
        "seed": int(by_id["seed"]),
        "flows": [_flow(given) for given in inputs if given["id"].startswith("flows.")],
    }
    return {**body, **changed}


def _flow(given: Mapping[str, Any]) -> dict[str, Any]:
    said = _when(given)
    whole = {name: int(value) for name, value in said.items() if name in ("year", "from_year", "to_year")}
    return {"amount": given["value"], "name": given["name"], **said, **whole, "real": said["real"] == "True"}


def _when(given: Mapping[str, Any]) -> dict[str, str]:
    """When a flow is paid, as its source says: `every month; start 2026-12-10; real False`."""
    pairs = (part.split(" ", 1) for part in given["source"].split("; "))
    return dict(pairs)


def _solved(walk: Any, holder: Any, name: str, inputs: Inputs) -> Iterator[str]:
    """The value meets the wanted success, and a cent more does not meet it better."""
    value = Decimal(holder["value"])
    rate = walk.post("/fire/simulation", _simulated(inputs, annual_spending=str(value)))["success_rate"]
    if rate < holder["success"]:
        yield f"spending it succeeds in {rate} only"
    more = walk.post("/fire/simulation", _simulated(inputs, annual_spending=f"{value * Decimal('1.01'):.2f}"))
    if more["success_rate"] >= holder["success"]:
        yield "spending a hundredth more succeeds as often"


def _cohorts(walk: Any, holder: Any, name: str, inputs: Inputs) -> Iterator[str]:
    starts = [cohort["success"] for cohort in holder["cohorts"]]
    share = sum(starts) / len(starts)
    if abs(share - holder["success_rate"]) > 1e-12:
        yield f"{share} of the cohorts succeed"


def _fire_number(walk: Any, holder: Any, name: str, inputs: Inputs) -> Iterator[str]:
    given = _given(inputs)
    times = {"month": 12, "year": 1}
    lasting = [each for each in inputs if _is_for_life(each)]
    for_life = sum((Decimal(each["value"]) * times[_when(each)["every"]] for each in lasting), Decimal(0))
    number = (given["annual_expenses"] - for_life) / given["withdrawal_rate"]
    if abs(number - Decimal(holder["fire_number"])) > CENT:
        yield f"{holder['fire_number']}, computed {number:.2f}"


def _is_for_life(given: Mapping[str, Any]) -> bool:
    return given["id"].startswith("flows.") and not {"end", "to_year", "date", "year"} & _when(given).keys()


def _arrival(walk: Any, holder: Any, name: str, inputs: Inputs) -> Iterator[str]:
    """Month by month: what is there grows, then the month's savings and flows come; until it is the number."""
    given = _given(inputs)
    number, held = Decimal(holder["fire_number"]), given["invested"]
    growth = (1 + given["real_return"]) ** (Decimal(1) / 12)
    day, months = date.fromisoformat(holder["as_of"]), 0
    while held < number and months < 1200:
        months += 1
        paid = sum((Decimal(each["value"]) for each in inputs if _is_due(each, day, months)), Decimal(0))
        held = held * growth + given["monthly_savings"] + paid
    if months != holder["months"]:
        yield f"{holder['months']} months, step by step {months}"


def _is_due(given: Mapping[str, Any], day: date, month: int) -> bool:
    if "flows." not in given["id"]:
        return False
    said = _when(given)
    assert said["every"] == "month"
    days = (add_months(date.fromisoformat(said["start"]), number) for number in range(1200))
    paid = (each for each in days if str(each) <= said.get("end", "9"))
    return any(add_months(day, month - 1) <= each < add_months(day, month) for each in paid)


def _levers(walk: Any, holder: Any, name: str, inputs: Inputs) -> Iterator[str]:
    """Each change of one input, projected anew by the same means as the plan."""
    plan = walk.answer("/fire/projection")
    months = plan["basis"]["figures"]["months"]["inputs"]
    base = {given["id"]: Decimal(given["value"]) for given in months if "flows." not in given["id"]}
    changed = {lever["name"]: lever for lever in holder["levers"]}
    amount = {lever: Decimal(found["values"][0]["amount"]) for lever, found in changed.items() if found["values"]}
    tried = {
        "save_more": {"monthly_savings": base["monthly_savings"] + amount["save_more"]},
        "lump_sum": {"invested": base["invested"] + amount["lump_sum"]},
        "higher_return": {"real_return": base["real_return"] + CENT},
        "spend_less": {
            "annual_expenses": base["annual_expenses"] - amount["spend_less"],
            "monthly_savings": base["monthly_savings"] + amount["spend_less"] / 12,
        },
    }
    for lever, inputs_ in tried.items():
        given = {**base, **inputs_}
        number = given["annual_expenses"] / given["withdrawal_rate"]
        as_if = [{**each, "value": str(given[each["id"]])} if each["id"] in given else each for each in months]
        answer = {**changed[lever], "as_of": holder["as_of"], "fire_number": str(number)}
        yield from (f"{lever}: {fault}" for fault in _arrival(walk, answer, lever, as_if))


def _loans(walk: Any, holder: Any, name: str, inputs: Inputs) -> Iterator[str]:
    """Each plan's schedule: interest of every row on the balance before it, parts that add up to the cost."""
    said = [_AT.fullmatch(given["value"]) for given in inputs if given["kind"] == "assumption"]
    owed = {given["id"]: found.groups() for given, found in zip(inputs, said, strict=True) if found}
    for plan in holder["strategies"]:
        cost = Decimal(plan["total_interest"]) + Decimal(plan["total_fees"]) - Decimal(plan["tax_saved"])
        if cost != Decimal(plan["total_cost"]):
            yield f"{plan['name']}: interest, charges and tax make {cost}, not {plan['total_cost']}"
        rows = plan["rows"]
        if sum((Decimal(row["interest"]) for row in rows), Decimal(0)) != Decimal(plan["total_interest"]):
            yield f"{plan['name']}: its rows' interest is not {plan['total_interest']}"
        if len(owed) == 1:
            yield from _one_loan(plan, *next(iter(owed.values())))


def _one_loan(plan: Mapping[str, Any], outstanding: str, rate: str) -> Iterator[str]:
    balance = Decimal(outstanding)
    for row in plan["rows"]:
        interest = (balance * Decimal(rate) / 12).quantize(CENT, ROUND_HALF_EVEN)
        if interest != Decimal(row["interest"]):
            yield f"{plan['name']} {row['date']}: interest {row['interest']}, computed {interest}"
        balance = balance + interest - Decimal(row["payment"]) - Decimal(row["prepayment"])
        if balance != Decimal(row["balance"]):
            yield f"{plan['name']} {row['date']}: balance {row['balance']}, computed {balance}"
            return


def _gap(walk: Any, holder: Any, name: str, inputs: Inputs) -> Iterator[str]:
    best = next(plan for plan in holder["strategies"] if plan["name"] == holder["best"])
    gap = Decimal(best["total_cost"]) - Decimal(holder["lower_bound"])
    if gap != Decimal(holder["gap"]):
        yield f"{holder['gap']}, computed {gap}"


def _swept(walk: Any, holder: Any, name: str, inputs: Inputs) -> Iterator[str]:
    """Interest of every day on closing balances at the listed rates; the gain over leaving the money where it is."""
    rates = {}
    for given in inputs:
        found = _AT.fullmatch(given["value"]) if given["kind"] == "account" else None
        if found:
            rates[given["id"]] = Decimal(found.group(2))
    by_name = {each["name"]: each for each in holder["scenarios"]}
    for each in by_name.values():
        if Decimal(each["interest"]) - Decimal(each["costs"]) - Decimal(each["tax"]) != Decimal(each["net"]):
            yield f"{each['name']}: interest less costs and tax is not {each['net']}"
        for day in each["daily"]:
            earned = sum((Decimal(held) * rates[account] for account, held in day["balances"].items()), Decimal(0))
            if abs(earned / 365 - Decimal(day["interest"])) > CENT:
                yield f"{each['name']} {day['date']}: interest {day['interest']}, computed {earned / 365:.2f}"
    gain = Decimal(by_name[holder["best"]]["net"]) - Decimal(by_name["none"]["net"])
    if gain != Decimal(holder["gain"]):
        yield f"gain {holder['gain']}, computed {gain}"


def _forecast(walk: Any, holder: Any, name: str, inputs: Inputs) -> Iterator[str]:
    """Each account's days: the listed balance, the listed rows as they come, and the everyday amount of each day."""
    given = _given(inputs)
    for account in holder["accounts"]:
        here = account["account_id"]
        balance, everyday = given[here], given[f"{here}.everyday"]
        rows = [each for each in inputs if each["id"].startswith(f"{here}.rows.")]
        for number, day in enumerate(account["daily"], start=1):
            come = sum((Decimal(each["value"]) for each in rows if each["source"] <= day["date"]), Decimal(0))
            expected = balance + come + everyday * number
            if abs(expected - Decimal(day["balance"])) > CENT / 2:
                yield f"{account['name']} {day['date']}: {day['balance']}, computed {expected:.2f}"


def _worth_ahead(walk: Any, holder: Any, name: str, inputs: Inputs) -> Iterator[str]:
    """Each point is what is owned less what is owed; what is put aside grows by the saving and what is freed."""
    saving = next(Decimal(given["value"]) for given in inputs if given["id"] == "monthly_saving")
    freed = {loan["ends_on"]: Decimal(loan["frees"]) for loan in holder["loan_ends"] if loan["ends_on"]}
    before = Decimal(0)
    for number, point in enumerate(holder["points"], start=1):
        if Decimal(point["assets"]) - Decimal(point["liabilities"]) != Decimal(point["net_worth"]):
            yield f"{point['date']}: assets less liabilities are not {point['net_worth']}"
        more = sum((amount for ends, amount in freed.items() if ends <= point["date"]), Decimal(0))
        step = Decimal(point["put_aside"]) - before
        if number > 1 and not saving - CENT <= step <= saving + more + CENT:
            yield f"{point['date']}: {step} is put aside, {saving} is saved and {more} freed"
        before = Decimal(point["put_aside"])


def _scenarios(walk: Any, holder: Any, name: str, inputs: Inputs) -> Iterator[str]:
    """The plan as its projection has it; each scenario with what it assumes otherwise, step by step."""
    plan = walk.answer("/fire/projection")
    given = plan["basis"]["figures"]["months"]["inputs"]
    own = {each["id"]: each["own"] for each in walk.answer("/fire/scenarios")["items"]}
    for item in holder["items"]:
        said = {key: value for key, value in (own.get(item["id"]) or {}).items() if value is not None}
        changed = [{**each, "value": str(said.get(each["id"], each["value"]))} for each in given]
        by_id = _given(changed)
        number = by_id["annual_expenses"] / by_id["withdrawal_rate"]
        if abs(number - Decimal(item["fire_number"])) > CENT:
            yield f"{item['name']}: number {item['fire_number']}, computed {number:.2f}"
        yield from _arrival(walk, {**item, "as_of": holder["as_of"]}, name, changed)


def _schedule(walk: Any, holder: Any, name: str, inputs: Inputs) -> Iterator[str]:
    """The level payment rounded up to the unit, interest of each month on the balance before it, nothing left."""
    given = {each["id"]: Decimal(each["value"]) for each in inputs}
    rate, balance = given["terms.annual_rate"] / 12, given["terms.principal"]
    level = balance * rate / (1 - (1 + rate) ** -given["terms.instalments"])
    if level.quantize(Decimal(1), ROUND_CEILING) != Decimal(holder["instalment"]):
        yield f"instalment {holder['instalment']}, computed {level:.2f}"
    for row in holder["rows"]:
        interest = (balance * rate).quantize(CENT, ROUND_HALF_UP)
        balance += interest - Decimal(row["payment"])
        if (interest, balance) != (Decimal(row["interest"]), Decimal(row["balance"])):
            yield f"row {row['number']}: interest {interest}, balance {balance} computed"
            return
    if balance:
        yield f"{balance} is left"


def _discounted(walk: Any, holder: Any, name: str, inputs: Inputs) -> Iterator[str]:
    """What was paid in and received, each discounted at the rate from its day, leaves nothing."""
    worth = next(Decimal(each["value"]) for each in inputs if each["id"] == "value")
    flows = [(date.fromisoformat(sale["date"]), Decimal(sale["in_hand"])) for sale in _items(walk, "/liquidations")]
    for asset in _items(walk, "/assets"):
        lots = _items(walk, f"/assets/{asset['id']}/lots")
        flows += [(date.fromisoformat(lot["date"]), -Decimal(lot["cost"]) - Decimal(lot["fees"])) for lot in lots]
    flows.append((date.fromisoformat(holder["as_of"]), worth))
    first = min(day for day, _ in flows)
    left = sum(float(amount) * (1 + holder["xirr"]) ** (-(day - first).days / 365) for day, amount in flows)
    if abs(left) > 0.01:
        yield f"discounted at {holder['xirr']} the flows leave {left:.2f}"


def _items(walk: Any, path: str) -> list[Any]:
    found: list[Any] = walk.answer(path)["items"]
    return found


METHODS: dict[str, Method] = {
    "as in fire.projection, for each scenario": _scenarios,
    "P prod(1 + r f_k) / sum_j prod_(k>j)(1 + r f_k); interest = balance x r x f, rounded per row": _schedule,
    "sum a (1 + xirr)^(-days / 365) = 0": _discounted,
    "paths paid in full / paths": _paths,
    "successful cohorts / complete cohorts": _cohorts,
    "success(spending) = 0.95": _solved,
    "months - months with the change, both projected": _levers,
    "step by step until A >= F": _arrival,
    "ln((F r + S)/(A r + S))/ln(1 + r), F = (E - I)/w": _arrival,
    "(annual_expenses - income for life)/withdrawal_rate": _fire_number,
    "balance + rows + everyday x days": _forecast,
    "interest + charges - tax saved": _loans,
    "total cost of the best plan - lower_bound": _gap,
    "net - net of none, net = interest - costs - tax": _swept,
    "sum of class x (1 + growth)^(months / 12) + accruing + put aside - debts": _worth_ahead,
}
"""Formula, as the basis writes it -> how its answer is computed anew."""
