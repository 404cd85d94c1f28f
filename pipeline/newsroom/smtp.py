"""SMTP: a message is handed over, refused, or nobody knows."""

from __future__ import annotations

import smtplib
import ssl
import time
from collections.abc import Callable
from ipaddress import ip_address

from ..records import SendError
from ..settings import SendingSettings

#: Seconds before a message is tried again; twice as long each time.
WAIT = 2.0
#: Seconds for one answer of the server.
_SECONDS = 60.0


class Mailer:
    """A connection to a mail server, made anew where it breaks.

    Parameters
    ----------
    secret
        The password; empty where there is no user.

    Raises
    ------
    SendError
        ``insecure``: no encryption, and the server is not this computer.
    """

    def __init__(self, settings: SendingSettings, secret: str) -> None:
        self._settings, self._secret = settings, secret
        self._smtp: smtplib.SMTP | None = None
        if settings.security == "none" and not _is_here(settings.server):
            raise SendError("insecure", settings.server)

    def deliver(self, sender: str, recipient: str, message: bytes, begin: Callable[[], None]) -> None:
        """Hand a message over, tried again after errors that pass.

        Parameters
        ----------
        begin
            Called right before the server is given the message: from then on it may have it, whatever
            happens. Called once a try.

        Raises
        ------
        SendError
            ``refused``, ``passing`` (still, after all tries), ``server``, ``login``, ``certificate``: it was
            not handed over; ``unknown``: it may have been.
        """
        for attempt in range(self._settings.retries + 1):
            try:
                self._once(sender, recipient, message, begin)
                return
            except SendError as error:
                if error.reason not in ("passing", "server") or attempt == self._settings.retries:
                    raise
            self.close()
            time.sleep(WAIT * 2**attempt)

    def _once(self, sender: str, recipient: str, message: bytes, begin: Callable[[], None]) -> None:
        smtp = self._connected()
        try:
            _expect(smtp.mail(sender))
            _expect(smtp.rcpt(recipient))
        except (smtplib.SMTPException, OSError) as error:
            raise SendError("server", _words(error)) from error
        begin()
        try:
            code, said = smtp.data(message)
        except smtplib.SMTPDataError as error:  # to DATA itself: the message was not given
            raise _refusal(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise SendError("unknown", _words(error)) from error
        if code != 250:
            raise _refusal(code, said)

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is not None:
            try:
                if self._smtp.rset()[0] == 250:
                    return self._smtp
            except (smtplib.SMTPException, OSError):
                pass
            self.close()
        s = self._settings
        smtp: smtplib.SMTP
        try:
            if s.security == "tls":
                context = ssl.create_default_context()
                smtp = smtplib.SMTP_SSL(s.server, s.port, timeout=_SECONDS, context=context)
            else:
                smtp = smtplib.SMTP(s.server, s.port, timeout=_SECONDS)
            if s.security == "starttls":
                smtp.starttls(context=ssl.create_default_context())
            if s.user:
                smtp.login(s.user, self._secret)
            smtp.ehlo_or_helo_if_needed()
        except ssl.SSLCertVerificationError as error:
            raise SendError("certificate", error.verify_message) from error
        except smtplib.SMTPAuthenticationError as error:
            raise SendError("login", _words(error)) from error
        except UnicodeEncodeError as error:
            raise SendError("login", "user and password are ASCII") from error
        except smtplib.SMTPNotSupportedError as error:
            raise SendError("insecure", _words(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            raise SendError("server", _words(error)) from error
        self._smtp = smtp
        return smtp

    def close(self) -> None:
        """End the connection."""
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (smtplib.SMTPException, OSError):
                self._smtp.close()
            self._smtp = None


def _expect(answer: tuple[int, bytes]) -> None:
    if answer[0] not in (250, 251):
        raise _refusal(*answer)


def _refusal(code: int, said: bytes | str) -> SendError:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return SendError("passing" if 400 <= code < 500 else "refused", f"{code} {' '.join(text.split())}"[:300])


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _refusal(error.smtp_code, error.smtp_error).detail
    return f"{type(error).__name__}: {error}"[:300]


def _is_here(server: str) -> bool:
    if server.casefold() == "localhost":
        return True
    try:
        return ip_address(server).is_loopback
    except ValueError:
        return False
