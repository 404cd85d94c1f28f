"""Why sentences were chosen, in words."""

from __future__ import annotations

from collections.abc import Mapping

from ..records import Reason, Report

#: Features told of each sentence, largest first.
_TOLD = 6
_CUT, _SHORT = 60, 20


def why_lines(report: Report, texts: Mapping[str, str]) -> list[str]:
    """Lines that tell of each sentence of the summary why it was taken; details are indented."""
    lines = [texts["why.title"], ""]
    labels = {theme.id: theme.label for theme in report.themes}
    by_sentence = {reason.sentence: reason for reason in report.reasons}
    for index in report.summary:
        if index in by_sentence:
            reason = by_sentence[index]
            text = _cut(report.sentences[index].text, _CUT)
            lines.append(texts["why.head"].format(index=index, rank=reason.rank, text=text))
            lines += [f"   {line}" for line in _details(reason, report, labels, texts)]
    return lines


def _details(
    reason: Reason, report: Report, labels: Mapping[str, str], texts: Mapping[str, str]
) -> list[str]:
    def named(index: int) -> str:
        return f"[{index}] “{_cut(report.sentences[index].text, _SHORT)}”"

    told = list(reason.features.items())[:_TOLD]
    shown = [f"{texts.get(f'features.{name}', name)} {value:+.2f}" for name, value in told]
    rest = sum(reason.features.values()) - sum(value for _, value in told)
    if len(reason.features) > _TOLD:
        shown.append(texts["why.rest"].format(value=f"{rest:+.2f}"))
    parts = ", ".join(shown)
    score = texts["why.score"].format(score=f"{reason.score:.2f}")
    notes = []
    if reason.redundancy:
        notes.append(texts["why.redundancy"].format(value=f"{reason.redundancy:+.2f}"))
    if reason.covers is not None:
        notes.append(texts["why.covers"].format(theme=labels.get(reason.covers, reason.covers)))
    if reason.needs:
        notes.append(texts["why.needs"].format(sentences=", ".join(map(named, reason.needs))))
    if reason.needed_by is not None:
        notes.append(texts["why.needed-by"].format(sentence=named(reason.needed_by)))
    notes += [
        texts[f"why.beat-{one.why}"].format(sentence=named(one.sentence), margin=f"{one.margin:.2f}")
        for one in reason.beat
    ]
    return [f"{score}: {parts}", *notes]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
