"""What the rules over the sources let pass, each with its reason. An entry that is no longer needed fails the tests."""

FLOATS: dict[str, str] = {
    "transactions/domain/categorizer/model.py::Model.__init__": "The weights of a learned model are statistics.",
    "transactions/domain/categorizer/model.py::Model.likeliest": "A probability, learned from rows, is a statistic.",
    "transactions/domain/ledger.py::light": "How sure the categorizer was is a statistic, not money.",
}
"""`file::function` in the kernel, or in the domain or store of a context that keeps money, that may call float()."""

LONG_FILES: dict[str, str] = {}
"""Files of more than 300 lines."""

LONG_FUNCTIONS: dict[str, str] = {}
"""`file::function` of more than 40 lines, its docstring not counted."""
