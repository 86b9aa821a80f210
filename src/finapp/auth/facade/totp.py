"""The second factor: time-based one-time passwords (RFC 6238), as authenticator apps make them."""

import hmac
import io
from datetime import datetime

from finapp.auth.facade.base import Base
from finapp.auth.public import TotpActive, TotpEnrolment, TotpNotFound, TotpRequired, WrongTotp
from finapp.auth.store import sessions
from finapp.auth.store import totps as store
from finapp.platform.unit import Unit

ISSUER = "finapp"
STEP_SECONDS = 30
NEARBY = (-1, 0, 1)
"""Steps around the present one that are accepted, for clocks that are not quite right (RFC 6238, 5.2)."""


class Totp(Base):
    """A secret shared with the person's authenticator app; each of its codes is good once."""

    def enrol_totp(self, *, person: str) -> TotpEnrolment:
        """A new secret, replacing one that was never confirmed. Raises TotpActive."""
        import pyotp

        who = self.person(person=person)
        secret = pyotp.random_base32()
        with self._database.write(None) as unit:
            before = store.totp(unit.connection, person)
            if before is not None and before.confirmed:
                raise TotpActive()
            store.replace_totp(unit.connection, who.household_id, person, secret, self._clock.now())
        uri = pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(name=who.email, issuer_name=ISSUER)
        return TotpEnrolment(secret=secret, uri=uri, qr_svg=_picture(uri))

    def confirm_totp(self, *, person: str, session_id: str, code: str) -> None:
        """From now on sign-ins need a code. Raises WrongTotp, TotpNotFound, TotpActive, TooMany."""
        who = self.person(person=person)
        self._codes.hit(person)
        with self._database.write(None) as unit:
            waiting = store.totp(unit.connection, person)
            if waiting is None:
                raise TotpNotFound()
            if waiting.confirmed:
                raise TotpActive()
            if not self._use_code(unit, person, waiting.secret, code):
                raise WrongTotp("code", "does not fit; is the clock of the device right?")
            store.confirm_totp(unit.connection, person)
            agent = sessions.agent(unit.connection, session_id)
            self._record(unit, who.household_id, person, "totp_confirmed", agent=agent)

    def delete_totp(self, *, person: str, session_id: str, password: str) -> None:
        """From now on sign-ins need no code. Raises WrongCredentials, TotpNotFound, TooMany."""
        who = self.person(person=person)
        self._require_password(who, password)
        with self._database.write(None) as unit:
            before = store.totp(unit.connection, person)
            if before is None:
                raise TotpNotFound()
            store.delete_totp(unit.connection, person)
            if before.confirmed:
                agent = sessions.agent(unit.connection, session_id)
                self._record(unit, who.household_id, person, "totp_deleted", agent=agent)

    def reset_totp(self, *, person: str) -> None:
        """Takes away the second factor of someone who has lost it, for administrators; ends every session of theirs."""
        who = self.person(person=person)
        with self._database.write(None) as unit:
            if store.totp(unit.connection, person) is None:
                raise TotpNotFound()
            store.delete_totp(unit.connection, person)
            self._record(unit, who.household_id, person, "totp_deleted", agent="")
            self._end_all(unit, who)

    def _code_is_good(self, person: str, code: str | None) -> bool:
        """Whether the code fits, using it up; True without a second factor. Raises TotpRequired, TooMany."""
        with self._database.read() as connection:
            enrolled = store.totp(connection, person)
        if enrolled is None or not enrolled.confirmed:
            return True
        if code is None:
            raise TotpRequired()
        self._codes.hit(person)
        with self._database.write(None) as unit:
            return self._use_code(unit, person, enrolled.secret, code)

    def _use_code(self, unit: Unit, person: str, secret: str, code: str) -> bool:
        step = _step_of(secret, code, self._clock.now())
        return step is not None and store.use_step(unit.connection, person, step)


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step that a code was made in, when that is close to `now`."""
    import pyotp

    totp = pyotp.TOTP(secret, interval=STEP_SECONDS)
    present = int(now.timestamp()) // STEP_SECONDS
    shown = code.replace(" ", "").encode("utf-8", "surrogatepass")
    fitting = [present + off for off in NEARBY if hmac.compare_digest(totp.generate_otp(present + off).encode(), shown)]
    return fitting[0] if fitting else None


def _picture(text: str) -> str:
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", xmldecl=False, scale=4)
    return out.getvalue().decode().strip()
