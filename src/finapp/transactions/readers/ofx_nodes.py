"""The aggregates and values of an OFX file: a tag ends where its value ends, closed or not."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from finapp.transactions.readers.errors import UnreadableStatement

_TAG = re.compile(r"<(/?)([A-Za-z0-9_.]+)(?:\s[^>]*)?>([^<]*)")


@dataclass
class Node:
    """An aggregate of the file: its leaf values, and the aggregates inside it."""

    name: str
    line: int
    values: dict[str, str] = field(default_factory=dict)
    inside: list["Node"] = field(default_factory=list)

    def all(self, name: str) -> Iterator["Node"]:
        """Every aggregate of that name at any depth."""
        for node in self.inside:
            if node.name == name:
                yield node
            yield from node.all(name)

    def value(self, name: str) -> str | None:
        """The first leaf of that name at any depth."""
        if name in self.values:
            return self.values[name]
        return next((found for node in self.inside if (found := node.value(name)) is not None), None)


def parsed(text: str) -> Node:
    """The root of a file. Raises UnreadableStatement for what is cut off or declares a DOCTYPE."""
    if "<!DOCTYPE" in text[:4000].upper() or "<!ENTITY" in text[:4000].upper():
        raise UnreadableStatement("forbidden_content", "the file declares a DOCTYPE, which a bank's file never does")
    start = re.search(r"<OFX>", text, re.IGNORECASE)
    if start is None:
        raise UnreadableStatement("damaged", "the file has an OFX header but no content")
    if re.search(r"</OFX\s*>", text, re.IGNORECASE) is None:
        raise UnreadableStatement("truncated", "the file is cut off: its end is missing; download it again")
    root = Node("ROOT", 1)
    open_nodes = [root]
    line, at = text.count("\n", 0, start.start()) + 1, start.start()
    for match in _TAG.finditer(text, start.start()):
        line += text.count("\n", at, match.start())
        at = match.start()
        closing, name, value = match[1], match[2].upper(), html.unescape(match[3]).strip()
        if closing:
            names = [node.name for node in open_nodes]
            if name in names[1:]:
                del open_nodes[len(names) - 1 - names[::-1].index(name) :]
        elif value:
            open_nodes[-1].values.setdefault(name, value)
        elif f"</{match[2]}>" in text[match.end() : match.end() + len(name) + 8]:
            continue
        elif len(open_nodes) < 60:
            node = Node(name, line)
            open_nodes[-1].inside.append(node)
            open_nodes.append(node)
    return root
