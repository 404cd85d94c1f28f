"""Why sentences were chosen, in words."""

from __future__ import annotations

from collections.abc import Mapping

from ..records import Reason, Report

#: Features told of each sentence, largest first.
_TOLD = 6
_CUT = 60


def why_lines(report: Report, texts: Mapping[str, str]) -> list[str]:
    """Lines that tell of each sentence of the summary why it was taken; details are indented."""
    lines = [texts["why.title"], ""]
    labels = {theme.id: theme.label for theme in report.themes}
    by_sentence = {reason.sentence: reason for reason in report.reasons}
    for index in report.summary:
        if index in by_sentence:
            reason = by_sentence[index]
            lines.append(f"{reason.rank}. [{index}] {_cut(report.sentences[index].text)}")
            lines += [f"   {line}" for line in _details(reason, labels, texts)]
    return lines


def _details(reason: Reason, labels: Mapping[str, str], texts: Mapping[str, str]) -> list[str]:
    told = list(reason.features.items())[:_TOLD]
    parts = ", ".join(f"{texts.get(f'features.{name}', name)} {value:+.2f}" for name, value in told)
    score = texts["why.score"].format(score=f"{reason.score:.2f}")
    notes = []
    if reason.redundancy:
        notes.append(texts["why.redundancy"].format(value=f"{reason.redundancy:+.2f}"))
    if reason.covers is not None:
        notes.append(texts["why.covers"].format(theme=labels.get(reason.covers, reason.covers)))
    if reason.needs:
        needed = " ".join(f"[{index}]" for index in reason.needs)
        notes.append(texts["why.needs"].format(sentences=needed))
    if reason.needed_by is not None:
        notes.append(texts["why.needed-by"].format(sentence=f"[{reason.needed_by}]"))
    notes += [
        texts[f"why.beat-{one.why}"].format(sentence=f"[{one.sentence}]", margin=f"{one.margin:.2f}")
        for one in reason.beat
    ]
    return [f"{score}: {parts}", *([" · ".join(notes)] if notes else [])]


def _cut(text: str) -> str:
    return text if len(text) <= _CUT else text[: _CUT - 1] + "…"
