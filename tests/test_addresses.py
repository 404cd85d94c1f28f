"""Mailboxes as people write them, and as a mail program reads them back."""

from __future__ import annotations

from email import message_from_string, policy

import pytest

from pipeline.writers.addresses import header, mailboxes

CASES = [
    ("나래 아침, 편집국 <news@example.kr>", [("나래 아침, 편집국", "news@example.kr")]),
    ('"나래 아침, 편집국" <news@example.kr>', [("나래 아침, 편집국", "news@example.kr")]),
    ("나래, 가람, 새솔 소식 <a@b.kr>", [("나래, 가람, 새솔 소식", "a@b.kr")]),
    ("한빛; 아침 <a@b.kr>", [("한빛, 아침", "a@b.kr")]),
    ("(주)나래 <news@example.kr>", [("(주)나래", "news@example.kr")]),
    ("[나래] 편집국 <a@b.kr>", [("[나래] 편집국", "a@b.kr")]),
    ("나래: 편집국 <a@b.kr>", [("나래: 편집국", "a@b.kr")]),
    ("Kim, Lee & Co. <a@b.kr>", [("Kim, Lee & Co.", "a@b.kr")]),
    ('A "quoted" name <a@b.kr>', [('A "quoted" name', "a@b.kr")]),
    ('"Kim \\"Ace\\" Lee" <a@b.kr>', [('Kim "Ace" Lee', "a@b.kr")]),
    ("editor@x.kr <a@b.kr>", [("editor@x.kr", "a@b.kr")]),
    ("=?utf-8?b?x?= <a@b.kr>", [("=?utf-8?b?x?=", "a@b.kr")]),
    ("나래 아침, 편집국 news@example.kr", [("나래 아침, 편집국", "news@example.kr")]),
    ("<a@b.kr>", [("", "a@b.kr")]),
    ("a@b.kr", [("", "a@b.kr")]),
    ("나래 <a@나래.kr>", [("나래", "a@xn--910bu6k.kr")]),
    ("a@b.kr, 나래 아침, 편집국 <c@d.kr>; 가람 <e@f.kr>, g@h.kr",
     [("", "a@b.kr"), ("나래 아침, 편집국", "c@d.kr"), ("가람", "e@f.kr"), ("", "g@h.kr")]),
    ("이름뿐", []),
    ("나래 <주소@b.kr>", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("line", "right"), CASES)
def test_a_mailbox_survives_the_header(line: str, right: list[tuple[str, str]]) -> None:
    boxes = mailboxes(line)
    assert [(box.name, box.address) for box in boxes] == right
    if right:
        made = header("To", boxes)
        assert made.isascii()
        assert all(len(part) <= 78 for part in made.split("\r\n"))
        read = message_from_string(f"{made}\r\n\r\n", policy=policy.default)["To"].addresses
        assert [(one.display_name, one.addr_spec) for one in read] == right


def test_a_long_name_is_folded_and_comes_back_whole() -> None:
    from email.header import decode_header, make_header

    name = ", ".join(["나래 아침 편집국"] * 12)
    made = header("From", mailboxes(f"{name} <a@b.kr>"))
    assert max(map(len, made.split("\r\n"))) <= 78
    encoded = made.removeprefix("From: ").removesuffix(" <a@b.kr>")
    assert str(make_header(decode_header(encoded))) == name
