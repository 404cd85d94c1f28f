"""Names of places, by how they end."""

from __future__ import annotations

#: Ends of the names of districts, and of what is named after a town: 성남시, 양평군, 파주.
DISTRICTS, TOWNS = ("시", "군", "구"), ("시", "군", "주")
#: It stands for the government and the market too.
CAPITAL = "서울"
