"""Articles about the same event become one story: a second pass over the reports of a batch."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from .records import CONTENT_KINDS, Report

#: Least likeness of two articles in one story.
_ALIKE = 0.45
_LEAD_SENTENCES = 3
_FIGURE = re.compile(r"\d[\d,.]*\s?(?:[조억만천]+\s?)?(?:달러|원|%|명|개|대|년)?")


def group(reports: Sequence[Report]) -> tuple[tuple[int, ...], ...]:
    """Group reports into stories.

    Likeness is the cosine of the keyword tables, and the overlap of the figures in the leads. A report
    joins the first story whose every member it is like, or begins its own; no number of stories is set.

    Parameters
    ----------
    reports
        In an order that does not depend on the batch's (say, by date and id): it decides ties.

    Returns
    -------
    tuple of tuple of int
        Positions of `reports`, stories in the order of their first.
    """
    profiles = [_profile(report) for report in reports]
    figures = [_figures(report) for report in reports]
    stories: list[list[int]] = []
    for i in range(len(reports)):
        for story in stories:
            if all(_likeness(i, j, profiles, figures) >= _ALIKE for j in story):
                story.append(i)
                break
        else:
            stories.append([i])
    return tuple(map(tuple, stories))


def _likeness(i: int, j: int, profiles: list[dict[str, float]], figures: list[set[str]]) -> float:
    shared = profiles[i].keys() & profiles[j].keys()
    cosine = sum(profiles[i][key] * profiles[j][key] for key in sorted(shared))
    least = min(len(figures[i]), len(figures[j]))
    return cosine + 0.2 * (len(figures[i] & figures[j]) / least if least else 0.0)


def _profile(report: Report) -> dict[str, float]:
    """Keyword scores as a unit vector."""
    weights = {keyword.term.replace(" ", "").casefold(): keyword.score for keyword in report.keywords}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {key: weight / length for key, weight in weights.items()} if length else {}


def _figures(report: Report) -> set[str]:
    """Figures in the first sentences, as written but for spaces and commas."""
    lead = [s.text for s in report.sentences if s.kind in CONTENT_KINDS][:_LEAD_SENTENCES]
    return {re.sub(r"[\s,]", "", m.group()) for text in lead for m in _FIGURE.finditer(text)}
