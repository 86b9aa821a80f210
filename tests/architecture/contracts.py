"""A contract type for import-linter: what a module may import is listed, everything else is refused."""

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.application import contract_utils
from importlinter.domain.helpers import module_expressions_to_modules

IMPURE = frozenset(
    """
    asyncio builtins concurrent ctypes fcntl ftplib glob http imaplib importlib logging marshal mmap multiprocessing
    os pathlib pickle pkgutil poplib runpy secrets select selectors shelve shutil signal smtplib socket socketserver
    sqlite3 ssl subprocess sys tempfile threading time urllib uuid webbrowser xmlrpc
    """.split()
)
"""Modules of the standard library that reach a file, a socket, another process, the clock or the interpreter."""


class AllowListContract(Contract):
    """The source packages import nothing but what is listed, neither at the top nor inside a function.

    Options:
        source_modules: packages or modules the contract holds for, with everything in them; wildcards are allowed.
        pure:           refuse the modules in IMPURE; the rest of the standard library is always allowed. (Optional.)
        libraries:      installed packages that may be imported. (Optional.)
        allowed:        parts of the root package that may be imported, with everything in them. (Optional.)
        own:            siblings of the source module that may be imported, with everything in them. (Optional.)
        ignore_imports: imports that are let pass, each with its reason beside it; one that is gone is an error.
    """

    source_modules = fields.SetField(subfield=fields.ModuleExpressionField())
    pure = fields.BooleanField(default=False)
    libraries = fields.SetField(subfield=fields.StringField(), required=False)
    allowed = fields.SetField(subfield=fields.StringField(), required=False)
    own = fields.SetField(subfield=fields.StringField(), required=False)
    ignore_imports = fields.SetField(subfield=fields.ImportExpressionField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Looks at every direct import of every module in the source packages."""
        ignored = contract_utils.remove_ignored_imports_and_report(
            graph=graph, ignore_imports=self.ignore_imports, unmatched_alerting=contract_utils.AlertLevel.ERROR
        )
        illegal = []
        for source in module_expressions_to_modules(graph, self.source_modules, raise_if_unmatched=True):
            for module in {source.name} | graph.find_descendants(source.name):
                for imported in graph.find_modules_directly_imported_by(module):
                    if not self._allows(source.name, imported):
                        lines = graph.get_import_details(importer=module, imported=imported)
                        illegal.append(f"{module} -> {imported} (l.{lines[0]['line_number']})")
        return ContractCheck(
            kept=not illegal,
            metadata={"illegal": sorted(illegal)},
            ignored_import_count=ignored.ignored_import_count,
        )

    def _allows(self, source: str, imported: str) -> bool:
        if imported in sys.stdlib_module_names:
            return not (self.pure and imported in IMPURE)
        parent = source.rpartition(".")[0]
        inside = {source, *(self.allowed or ()), *(f"{parent}.{name}" for name in self.own or ())}
        within = any(imported == package or imported.startswith(f"{package}.") for package in inside)
        return within or imported in (self.libraries or ())

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Lists the imports that are not allowed."""
        for text in check.metadata["illegal"]:
            output.print_error(f"- {text}", bold=False)
        output.new_line()
