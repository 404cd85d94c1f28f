"""What stands before facts of a text, as boards, mails and interviews label them."""

from __future__ import annotations

from .dates import FIRST, LATER

TITLE = "제목"
#: Styles of headings, as word processors call them.
STYLES = f"heading|개요|{TITLE}"
#: Who wrote it, the likeliest first.
SIGNERS = ("글쓴이", "작성자")
#: When it came out, as fields of records are called, the likeliest first.
DATES = ("작성일", "게시일", "입력일", "발행일", "등록일")
#: … and as boards write it: any of what is done with a text, on which day.
STAMPS = (*(f"{done}{on}" for done in FIRST for on in ("일", "일자", "일시")), f"{LATER[0]}일")
#: Heads of a mail: who sent it, to whom, when.
SENDERS = ("보낸 사람", "보낸 이", "보낸 분", "발신", "발신자", "발신인")
RECIPIENTS = (
    "받는 사람", "받는 이", "받은 사람", "받은 이", "받는 분", "받은 분", "수신", "수신자", "수신인", "참조",
    "숨은 참조",
)  # fmt: skip
SENT = ("보낸 날짜", "보낸 시간", "보낸 일시", "발신일", "받은 날짜")
ATTACHED = ("첨부", "첨부파일")
#: Letters of a question and of its answer in an interview: Q. 문: 답1.
ASKS, ANSWERS = "Q문", "A답"


def closed_up(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Labels without their spaces, as they are compared."""
    return tuple(label.replace(" ", "") for label in labels)
