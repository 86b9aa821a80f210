"""The pages of the product, as its own navigation lists them."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FRONTEND = ROOT / "frontend"
_ENTRY = re.compile(r'\{ name: "(?P<name>\w+)", path: "(?P<path>[^"]+)"')
REPORTS = ("cash-forecast", "loan-prepayment", "salary-sweep", "emergency-fund")
SETTINGS = ("accounts", "categories", "rules", "security", "household")
THEMES = ("light", "dark")


def pages() -> list[str]:
    """The address of each page that a signed-in person sees."""
    listed = _ENTRY.findall((FRONTEND / "src" / "app" / "navigation.ts").read_text())
    fronts = [path.removesuffix("/*") for _, path in listed]
    return [*fronts, *(f"/reports/{name}" for name in REPORTS), *(f"/settings/{name}" for name in SETTINGS)]
