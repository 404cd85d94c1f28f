"""Units in Latin letters and signs, and counters that are parts of words: what data files say nothing of."""

from __future__ import annotations

#: Units that stand behind a number at the end of a sentence, and signs for some.
LATIN = ("kg", "km", "cm", "mm", "m", "g", "t", "L", "MW", "GW", "kW", "GB", "TB")
SIGNS = "%℃㎡㎞㎏㎜㎝ℓ㎾㎿"
#: Units of one small letter: 5m is no name, 5G and 1c are.
LETTERS = frozenset("mgltshwvxk")
#: Units in which it is told how much one thing is of another, or how much it grew; and with points of these.
RATIOS = frozenset({"%", "배"})
#: Behind what a price is for: 건당 3,100원.
EACH = "당"
SHARES = RATIOS | {"%p"}
#: How points of a share are written, which is another thing than a share.
SHARE_POINTS = r"%\s?(?:포인트|p)"
#: Points of an index and of a rate; years of age.
POINTS, AGES = ("포인트", "bp"), ("세", "살")
#: What a number counts that begins a word with it: 5배증가; not 4대강, 1인가구.
COUNTERS = frozenset("배회위명개원세살층평도주급점종건곳")
#: Bound nouns that a number makes a name with: 2차전지, 4차산업혁명.
ORDINALS = frozenset("차호인")
