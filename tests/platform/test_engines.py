"""What SQLite's readers meet while a writer changes the schema."""

import threading
from pathlib import Path

from finapp.platform.engines import SqliteEngines


def test_an_index_of_texts_is_read_while_the_schema_changes(tmp_path: Path) -> None:
    """SQLite fails to open a virtual table when the schema changes meanwhile: of such statements three in ten did."""
    engines = SqliteEngines(tmp_path, "texts")
    with engines.writing(interim=True) as connection:
        connection.exec_driver_sql("CREATE VIRTUAL TABLE texts USING fts5 (text, tokenize = 'trigram')")
        connection.exec_driver_sql("INSERT INTO texts VALUES ('swiggy')")
        for number in range(200):
            connection.exec_driver_sql(f"CREATE TABLE other_{number} (one, two)")
    found: list[int] = []
    failed: list[Exception] = []

    def read() -> None:
        while len(found) < 100 and not failed:
            borrowed = engines.reader.raw_connection()
            try:
                cursor = borrowed.cursor()
                cursor.execute("SELECT rowid FROM texts WHERE texts MATCH ?", ('"swi"',))
                found.append(len(cursor.fetchall()))
            except Exception as fault:
                failed.append(fault)
            finally:
                borrowed.close()

    reader = threading.Thread(target=read)
    reader.start()
    while reader.is_alive():
        with engines.writing(interim=True) as connection:
            connection.exec_driver_sql("CREATE VIEW seen AS SELECT 1")
            connection.exec_driver_sql("DROP VIEW seen")
    reader.join()
    engines.close()
    assert (failed, set(found)) == ([], {1})
