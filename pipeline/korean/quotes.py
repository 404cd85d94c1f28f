"""Quotation marks: of what somebody says, and of names and thoughts."""

from __future__ import annotations

#: The straight one, which opens and closes.
STRAIGHT = '"'
#: What opens and closes what is said, and titles in such brackets.
SAID_OPENING, SAID_CLOSING = "“", "”"
OPENING, CLOSING = f"{SAID_OPENING}「『", f"{SAID_CLOSING}」』"
#: Of what is said, in either form.
SPEECH = f"{SAID_OPENING}{SAID_CLOSING}{STRAIGHT}"
#: Around a name or a thought, beside those of what is said.
SINGLE_OPENING, SINGLE_CLOSING = "‘'", "’'"
#: What opens, and what closes, any of both.
OPENS = f"{SINGLE_OPENING}{SAID_OPENING}{STRAIGHT}"
CLOSES = f"{SINGLE_CLOSING}{SAID_CLOSING}{STRAIGHT}"
#: All.
MARKS = f"{OPENING}{CLOSING}{SINGLE_OPENING}{SINGLE_CLOSING}{STRAIGHT}"
