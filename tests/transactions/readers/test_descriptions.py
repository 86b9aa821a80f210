"""A description joined from several fields says everything once and leaves no word out."""

from finapp.transactions.domain.statement import Statement
from finapp.transactions.readers.entry import read_statement
from finapp.transactions.readers.whole import joined


def test_a_word_that_another_one_only_contains_is_kept() -> None:
    assert joined("Vermieter Krause", "Miete") == "Vermieter Krause Miete"
    assert joined("Miete", "Vermieter Krause") == "Miete Vermieter Krause"
    assert joined("Miete Mai", "MIETE") == "Miete Mai"
    assert joined("Miete", "Die Miete (Mai)") == "Die Miete (Mai)"
    assert joined("Vermieter, Miete", "Miete") == "Vermieter, Miete"
    assert joined("A+", "A") == "A+"


def test_columns_of_a_table_are_compared_by_words() -> None:
    table = (
        "Buchungstag;Empfänger;Verwendungszweck;Betrag\n"
        "01.05.2025;Vermieter Krause;Miete;-900,00\n"
        "02.05.2025;Rewe;Rewe Markt;-20,10\n"
        "03.05.2025;Stadtwerke;Strom;-60,00\n"
    )
    statement = read_statement(table.encode(), filename="umsaetze.csv")
    assert isinstance(statement, Statement)
    texts = [row.description for row in statement.rows]
    assert texts == ["Vermieter Krause Miete", "Rewe Markt", "Stadtwerke Strom"]
