"""The reports of a batch: in an order of their own, each with an id of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date as calendar
from hashlib import sha256

from ..records import Failure, Report


def in_order(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Reports by date and id, undated ones last: an order that the order of files can't change.

    Where ids are the same, where an article comes from and what it says decide.
    """

    def place(report: Report) -> tuple[object, ...]:
        source = report.source
        texts = tuple(s.text for s in report.sentences)
        return source.day is None, source.day or calendar.min, report.id, source.path, repr(source), texts

    return tuple(sorted(reports, key=place))


def one_each(reports: Sequence[Report]) -> tuple[tuple[Report, ...], tuple[Failure, ...]]:
    """Reports with an id of their own each, and failures for those that are given a second time.

    Other articles under one id get their whole hash, all of them: none is lost, and which came first does
    not matter.

    Parameters
    ----------
    reports
        As `in_order` gives them.
    """
    of: dict[str, dict[tuple[str, str], Report]] = {}
    failures = []
    for report in reports:
        twin = of.setdefault(report.id, {}).setdefault(_contents(report), report)
        if twin.source.path != report.source.path:
            failures.append(Failure(report.source.path, "digest", "duplicate", twin.source.path))
    kept = [
        replace(report, id=f"{report.id}-{sha256(''.join(contents).encode()).hexdigest()}")
        if len(same) > 1
        else report
        for same in of.values()
        for contents, report in same.items()
    ]
    return in_order(kept), tuple(failures)


def _contents(report: Report) -> tuple[str, str]:
    """What makes two reports of one id the same article."""
    return report.source.sha256, "\n".join(sentence.text for sentence in report.sentences)
