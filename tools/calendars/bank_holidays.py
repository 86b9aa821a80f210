"""Writes the bank holidays that the reports know, from the `holidays` package, which takes half a second to import.

Run it after an update of that package: python tools/calendars/bank_holidays.py
"""

from pathlib import Path

from finapp.reports.domain.recurring.working_days import CALENDARS, YEARS, looked_up

TABLE = Path(__file__).resolve().parents[2] / "src/finapp/reports/data/bank_holidays.txt"


def lines() -> list[str]:
    """One line for each calendar and year: its name, the year, and the days as MMDD."""
    return [
        " ".join([calendar, str(year), *(f"{day:%m%d}" for day in sorted(looked_up(calendar, year)))])
        for calendar in CALENDARS.values()
        for year in YEARS
    ]


if __name__ == "__main__":
    TABLE.write_text("\n".join(lines()) + "\n")
