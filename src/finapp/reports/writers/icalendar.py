"""Expected payments as an iCalendar feed (RFC 5545): one all-day event each, with an id that stays the same."""

from datetime import timedelta

from finapp.reports.public import ExpectedPayment, RecurringCalendar

MEDIA_TYPE = "text/calendar; charset=utf-8"
_LINE = 75


def write(calendar: RecurringCalendar, currency: str, alarm_days: int | None = None) -> bytes:
    """The feed; with `alarm_days` each event reminds so many days before. Lines end with CRLF and are folded at 75
    octets, as the standard wants."""
    stamp = f"{calendar.as_of:%Y%m%d}T000000Z"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//finapp//recurring payments//EN", "CALSCALE:GREGORIAN"]
    lines += ["X-WR-CALNAME:finapp", "REFRESH-INTERVAL;VALUE=DURATION:P1D"]
    for item in calendar.items:
        lines += [*_event(item, currency, stamp), *_alarm(item, alarm_days), "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(item: ExpectedPayment, currency: str, stamp: str) -> list[str]:
    about = "" if item.certain else "about "
    return [
        "BEGIN:VEVENT",
        f"UID:{item.stream_id}-{item.date:%Y%m%d}@finapp",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{item.date:%Y%m%d}",
        f"DTEND;VALUE=DATE:{item.date + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(f'{item.name}: {about}{item.amount} {currency}')}",
        "TRANSP:TRANSPARENT",
    ]


def _alarm(item: ExpectedPayment, days: int | None) -> list[str]:
    if days is None:
        return []
    return [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escaped(item.name)}",
        f"TRIGGER:-P{days}D" if days else "TRIGGER:PT0S",
        "END:VALARM",
    ]


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    return " ".join(text.split())


def _folded(line: str) -> bytes:
    """The line in UTF-8, continued on lines that begin with a space; never broken inside a character."""
    parts: list[bytes] = []
    current = b""
    for letter in line:
        encoded = letter.encode()
        if len(current) + len(encoded) > _LINE - (1 if parts else 0):
            parts.append(current)
            current = b""
        current += encoded
    return b"\r\n ".join([*parts, current]) + b"\r\n"
