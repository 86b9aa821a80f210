"""How a household writes amounts, shares and days: by its locale, as the Unicode CLDR has it."""

from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from finapp.kernel.money import exponent

if TYPE_CHECKING:
    from babel import Locale
    from babel.numbers import NumberPattern

_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " "})
"""Spaces that do not break are written as plain ones: a mail program shows some of them as signs."""


@dataclass(frozen=True, kw_only=True)
class Writing:
    """Writes in the forms of a locale."""

    locale: "Locale"

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount with its currency's sign and all of its decimals."""
        pattern = _with(self.locale.currency_formats["standard"], exponent(currency))
        shown: str = pattern.apply(amount, self.locale, currency=currency, currency_digits=False)
        return shown.translate(_PLAIN)

    def share(self, part: Decimal, places: int = 0) -> str:
        """A fraction as so many percent."""
        shown: str = _with(self.locale.percent_formats[None], places).apply(part, self.locale)
        return shown.translate(_PLAIN)

    def number(self, value: Decimal) -> str:
        """A number with the decimals it has."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self.locale, decimal_quantization=False).translate(_PLAIN)

    def day(self, day: date) -> str:
        """A day of the calendar."""
        from babel.dates import format_date

        return format_date(day, format="medium", locale=self.locale).translate(_PLAIN)


def _with(pattern: "NumberPattern", places: int) -> "NumberPattern":
    """The pattern with so many decimals, whatever its own are."""
    made = copy(pattern)
    made.frac_prec = (places, places)
    return made


def writing_of(locale: str) -> Writing:
    """The writing of a locale such as `en-IN`; of its language alone where the country is unknown, else English."""
    from babel import Locale, UnknownLocaleError

    for name in (locale.replace("-", "_"), locale.replace("_", "-").split("-")[0]):
        try:
            return Writing(locale=Locale.parse(name))
        except (UnknownLocaleError, ValueError):
            continue
    return Writing(locale=Locale.parse("en"))
