"""Articles that try to be more than text."""

from __future__ import annotations

from pipeline.records import Article, Source

MARK = "해킹표시"

_TITLES = (
    "<script>window.hacked=1;document.title='hacked'</script> 데이터센터 투자",
    '"><img src=x onerror="window.hacked=1"> 클라우드 매출',
    "{{ 7*7 }} {% for x in y %} {{ config }} {# 숨김 #} 반도체 수출",
    "[눌러요](javascript:window.hacked=1) **굵게** ![그림](http://evil.example/x.png) `코드`",
    "</title></style></head><body onload=window.hacked=1> 배송 경쟁",
    "\u202e거꾸로\u202d \u2066격리\u2069 \U000e0041꼬리표 \u061c아랍 표시",
    "가" * 100_000,
    "Bcc: victim@evil.example\r\nX-Hacked: 1\r\n\r\n본문",
    "]]> <![CDATA[ <!-- 주석 --> &lt;b&gt; &amp;amp; &#60;script&#62;",
    '=HYPERLINK("http://evil.example") +1 -1 @cmd www.evil.example https://evil.example/path',
)

_BODY = """{title_line}
<script>window.hacked=1</script>AWS 매출은 1년 전보다 24% 늘었다고 {mark}{n} 회사가 밝혔다.
<a href="javascript:window.hacked=1" onclick="window.hacked=1">클라우드</a> 고객이 {n}00곳을 넘었다고 한다.
{{{{ ''.__class__.__mro__ }}}} {{% raw %}} 데이터센터 투자액은 {n}조 원으로 <b>닫지 않은 <div> 태그가 남았다.
<svg/onload=window.hacked=1><style>*{{color:red}}</style><iframe src=//e.example> 칩값은 {n}% 내렸다.
\u202e뒤집힌 문장이 여기에 있다.\u202c 반도체 수출은 {n}억 달러로 늘었다.
[저작권자ⓒ <img src=x onerror=window.hacked=1>. 무단전재-재배포 금지]
"""


def hostile_articles() -> list[Article]:
    """One article a title, with metadata that are no better."""
    made = []
    for n, title in enumerate(_TITLES, 1):
        text = _BODY.format(title_line="", n=n, mark=MARK)
        made.append(
            Article(
                id=f"hostile-{n:02d}",
                title=title,
                source=Source(
                    path=f"<b>{n}</b>/../../etc/passwd\n.txt",
                    url=("javascript:window.hacked=1", "https://example.com/a b", "data:text/html,<script>",
                         "https://u@evil.example/\"onload=window.hacked=1", "https://example.com/ok")[n % 5],
                    publisher='<i onmouseover="window.hacked=1">신문</i>',
                    author="{{ author }}\u202e",
                    published="2026-02-1<b>",
                    rights="<script>window.hacked=1</script> 무단전재 금지",
                    sha256="0" * 64,
                ),
                text=text,
                body=(0, len(text)),
            )
        )  # fmt: skip
    return made
