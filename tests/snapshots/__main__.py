"""`python -m tests.snapshots [--breaking]`: takes the present contracts as released."""

import json
import sys
import tempfile
from pathlib import Path

from tests.snapshots import contracts

with tempfile.TemporaryDirectory() as directory:
    present = {contracts.OPENAPI: contracts.openapi(Path(directory)), contracts.FACADES: contracts.facades()}
for path, contract in present.items():
    broken = contracts.breaking(json.loads(path.read_text()), contract) if path.exists() else []
    if broken and "--breaking" not in sys.argv:
        sys.exit("\n".join([f"{path.name}: this would break clients; say --breaking if that is meant:", *broken]))
    path.write_text(contracts.text(contract))
