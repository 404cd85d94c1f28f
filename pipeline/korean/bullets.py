"""Marks that Korean documents begin their paragraphs, items and headings with, as letters of a class."""

from __future__ import annotations

#: Shapes that begin a line wherever they stand at its start: of offices, of newsrooms, of letters.
SHAPES = "■□◆◇●○▶▷"
#: … and what offices write besides, a jamo for a circle among them.
OFFICE = rf"{SHAPES}◦▪ㅇ※\-–"
#: Triangles that list names and items within a line, and stand before a number as its sign.
TRIANGLES = "▲△"
#: Arrows and hands that point elsewhere.
POINTERS = "▶▷►☞"
