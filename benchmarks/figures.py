"""What was measured of one household, and its JSON."""

import json
from dataclasses import asdict, dataclass, field
from math import nan

from benchmarks.peers import Asked
from benchmarks.starts import Start


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What one household costs: medians in milliseconds of CPU, uploads in rows per second of CPU, memory in MB."""

    rows: int
    measured: str
    """When, UTC."""
    hello: float
    """H: the median over the whole run."""
    start: Start
    medians: dict[str, float]
    uploads: dict[str, float]
    memory: dict[str, float]
    costs: dict[str, list[tuple[str, float]]]
    """Of a workload: its largest costs with their share, the largest first; empty when not profiled."""
    limits: dict[str, float]
    """Of a workload: the median milliseconds of CPU of a few lines of SQL on the same file."""
    peers: list[Asked]
    load: float
    """Programs that wanted a processor, on average over the last minute."""
    upload_limits: dict[str, float] = field(default_factory=dict)
    """Of an upload: the rows per second of CPU of a few lines that read and store, or read and look up."""
    beside: dict[str, float] = field(default_factory=dict)
    """Of a workload: H just before and after it, because a machine's speed changes from minute to minute."""

    def hellos(self, name: str) -> float:
        """The median of a workload as a multiple of H beside it."""
        return self.median(name) / self.beside.get(name, self.hello)

    def median(self, name: str) -> float:
        """The median of a workload; not a number when the figures are older than it."""
        return self.medians.get(name, nan)


def measured_text(found: Measured) -> str:
    """JSON of everything."""
    return json.dumps(asdict(found), indent=1)


def measured_from(text: str) -> Measured:
    """What `measured_text` wrote."""
    told = json.loads(text)
    told["costs"] = {name: [(part, share) for part, share in own] for name, own in told["costs"].items()}
    return Measured(**{**told, "peers": [Asked(**each) for each in told["peers"]], "start": Start(**told["start"])})
