"""What a person may call themselves, and which passwords are too easy."""

from email_validator import EmailNotValidError, validate_email

from finapp.auth.public import WeakPassword
from finapp.kernel.errors import Invalid

SHORTEST, LONGEST = 8, 1024
LOOKED_AT = 72
"""zxcvbn takes time that grows with the square of the length; more characters only make a password stronger."""
STRENGTH = 2
"""zxcvbn's scale of 0-4: 2 withstands guessing by an attacker who is slowed down."""


def address(email: str) -> str:
    """The address in the form it is stored: lower case, normalised. Raises Invalid for the field `email`."""
    try:
        checked = validate_email(email, check_deliverability=False, test_environment=True)
    except EmailNotValidError as fault:
        raise Invalid("email", str(fault)) from None
    return checked.normalized.lower()


def locale_of(currency: str) -> str:
    """English as it is written where a currency is from; of several countries' money, as the world writes it.

    ISO 4217 codes begin with the country's code in ISO 3166, but for those of several countries.
    """
    if currency == "EUR":
        return "en-150"
    return "en-001" if currency.startswith("X") else f"en-{currency[:2]}"


def require_strong(password: str, *known: str, field: str = "password") -> None:
    """Raises WeakPassword when the password is too short, too long, or easily guessed; `known` are words about them."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(field, f"must have {SHORTEST} to {LONGEST} characters")
    # Its lists of words take a while to read, and most starts ask nobody for a new password.
    from zxcvbn import zxcvbn

    found = zxcvbn(password[:LOOKED_AT], user_inputs=[word for word in known if word])
    if found["score"] < STRENGTH:
        hint = found["feedback"]["warning"] or "add another word or two; uncommon words are better"
        raise WeakPassword(field, f"is too easy to guess: {hint}")
