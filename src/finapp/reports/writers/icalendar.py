"""Expected payments as an iCalendar feed (RFC 5545): one all-day event each, with an id that stays the same."""

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from finapp.reports.public import ExpectedPayment, RecurringCalendar

if TYPE_CHECKING:
    from icalendar import Event

MEDIA_TYPE = "text/calendar; charset=utf-8"


def write(calendar: RecurringCalendar, currency: str, alarm_days: int | None = None) -> bytes:
    """The feed; with `alarm_days` each event reminds so many days before."""
    from icalendar import Calendar

    feed = Calendar()
    feed.add("prodid", "-//finapp//recurring payments//EN")
    feed.add("version", "2.0")
    feed.add("calscale", "GREGORIAN")
    feed.add("x-wr-calname", "finapp")
    feed.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    stamp = datetime.combine(calendar.as_of, time(), UTC)
    for item in calendar.items:
        feed.add_component(_event(item, currency, stamp, alarm_days))
    return bytes(feed.to_ical())


def _event(item: ExpectedPayment, currency: str, stamp: datetime, alarm_days: int | None) -> "Event":
    from icalendar import Alarm, Event

    about = "" if item.certain else "about "
    event = Event()
    event.add("uid", f"{item.stream_id}-{item.date:%Y%m%d}@finapp")
    event.add("dtstamp", stamp)
    event.add("dtstart", item.date)
    event.add("dtend", item.date + timedelta(days=1))
    event.add("summary", f"{_line(item.name)}: {about}{item.amount} {currency}")
    event.add("transp", "TRANSPARENT")
    if alarm_days is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _line(item.name))
        alarm.add("trigger", -timedelta(days=alarm_days))
        event.add_component(alarm)
    return event


def _line(text: str) -> str:
    """A name on one line, whatever a bank has put into it."""
    return " ".join(text.split())
