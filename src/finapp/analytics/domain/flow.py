"""Where the money of a period came from and went to: nodes and links that balance exactly."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from finapp.analytics.public import CategoryFigure, CategoryTree, FlowLink, FlowNode, MoneyFlow
from finapp.kernel.basis import Basis, Figure
from finapp.kernel.money import from_minor

VERSION = 1
MIDDLE = "money"
BALANCES_IN, BALANCES_OUT = "from_balances", "to_balances"


def money_flow(tree: CategoryTree) -> MoneyFlow:
    """Sources lead to the middle, the middle to uses and on to their parts.

    A use that gave back more than it took (refunds, redemptions) is a source, income that was reversed a use. What is
    left over went to balances; what is missing came from them.
    """
    zero = from_minor(0, tree.currency)
    sources = [node for each in tree.items for node in _sources(each)]
    uses = [use for each in tree.items for use in _uses(each)]
    nodes = [*sources, *(node for node, _ in uses), *(part for _, parts in uses for part in parts)]
    links = [FlowLink(source=node.id, target=MIDDLE, amount=node.amount) for node in sources]
    for use, parts in uses:
        links.append(FlowLink(source=MIDDLE, target=use.id, amount=use.amount))
        links += [FlowLink(source=use.id, target=part.id, amount=part.amount) for part in parts]
    came = sum((node.amount for node in sources), zero)
    went = sum((use.amount for use, _ in uses), zero)
    if came > went:
        nodes.append(_balances(BALANCES_OUT, "use", came - went))
        links.append(FlowLink(source=MIDDLE, target=BALANCES_OUT, amount=came - went))
    if went > came:
        nodes.append(_balances(BALANCES_IN, "source", went - came))
        links.append(FlowLink(source=BALANCES_IN, target=MIDDLE, amount=went - came))
    middle = FlowNode(id=MIDDLE, name=MIDDLE, kind="middle", amount=max(came, went), transactions_query=None)
    return MoneyFlow(
        as_of=tree.as_of,
        first=tree.first,
        last=tree.last,
        currency=tree.currency,
        nodes=(middle, *nodes) if nodes else (),
        links=tuple(links),
        other_currencies=tree.other_currencies,
        basis=_basis(tree, nodes),
    )


def _parts(item: CategoryFigure) -> tuple[CategoryFigure, ...]:
    """A heading without rows of its own is its children; any other category is itself."""
    below = sum((child.amount for child in item.children), Decimal(0))
    return item.children if item.children and below == item.amount else (item,)


def _sources(item: CategoryFigure) -> Iterable[FlowNode]:
    is_income = item.kind == "income"
    for part in _parts(item):
        amount = part.amount if is_income else -part.amount
        if amount > 0:
            yield _node(part, "source", amount)


def _uses(item: CategoryFigure) -> Iterable[tuple[FlowNode, list[FlowNode]]]:
    sign = -1 if item.kind == "income" else 1
    parts = [_node(part, "use", sign * part.amount) for part in _parts(item) if sign * part.amount > 0]
    is_heading = _parts(item) != (item,)
    if is_heading and parts and item.kind != "income":
        whole = sum((part.amount for part in parts), Decimal(0))
        # The heading's own query would list the rows of its sources too, where it has any.
        query = item.transactions_query if whole == item.amount else None
        yield FlowNode(id=_id(item), name=item.name, kind="use", amount=whole, transactions_query=query), parts
    else:
        yield from ((part, []) for part in parts)


def _node(item: CategoryFigure, kind: str, amount: Decimal) -> FlowNode:
    return FlowNode(
        id=_id(item),
        name=item.name,
        kind="source" if kind == "source" else "use",
        amount=amount,
        transactions_query=item.transactions_query,
    )


def _id(item: CategoryFigure) -> str:
    return f"{item.kind}.{item.id}"


def _balances(name: str, kind: str, amount: Decimal) -> FlowNode:
    return FlowNode(
        id=name, name=name, kind="source" if kind == "source" else "use", amount=amount, transactions_query=None
    )


def _explained(tree: CategoryTree, node: FlowNode) -> Figure:
    """The category's own explanation; a source that is no income, or a use that is, has the opposite sign."""
    figure = tree.basis.figures[node.id]
    is_turned = (node.kind == "source") != node.id.startswith("income.")
    return replace(figure, formula=f"0 - ({figure.formula})") if is_turned and figure.formula else figure


def _basis(tree: CategoryTree, nodes: list[FlowNode]) -> Basis:
    figures = {node.id: _explained(tree, node) for node in nodes if node.transactions_query is not None}
    return Basis(
        formula="analytics.flow",
        version=VERSION,
        assumptions={**tree.basis.assumptions, "balances": "what came less what went, transfers left out"},
        rows=tree.basis.rows,
        figures=figures,
    )
