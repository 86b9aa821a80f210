"""Fills the demo household of a running server."""

import time
from datetime import date
from typing import Any, Literal

Profile = Literal["in", "us", "gb", "eu"]


def fill_when_started(server: Any, url: str, today: date) -> None:
    """Waits for the server of this process and fills its demo household."""
    while not server.started:
        time.sleep(0.05)
    fill_at(url, "in", 1, today)


def fill_at(url: str, profile: Profile, seed: int, today: date) -> None:
    """Fills the demo household over HTTP and prints how to sign in. Does nothing when it is there already."""
    import httpx2

    from finapp.app.demo.fill import DemoError, fill_demo

    try:
        with httpx2.Client(base_url=url, timeout=60, trust_env=False) as client:
            filled = fill_demo(client, profile=profile, seed=seed, until=today)
    except (DemoError, httpx2.HTTPError) as fault:
        print(f"The demo household could not be filled: {fault}", flush=True)
        return
    state = "is there already" if filled.already else f"has {filled.rows} rows from {filled.files} statements"
    print(f"The demo household {state}. Sign in as {filled.email} with the password {filled.password}", flush=True)
