"""``yoyak train editor``: what the default method has learned."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..app import (
    NOTHING_DONE,
    Config,
    EncoderName,
    Language,
    only_fit,
    pipeline_for,
    settings_from,
    shown,
    wrong_usage,
)
from ..text import tr
from .labels import tell_labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.evaluate.picks import PicksCase
    from pipeline.records import EditorModel
    from pipeline.train.editor import Example

#: Sizes at which the learning curve is taken.
_CURVE = (9, 18, 36)


def editor(
    data: Annotated[list[Path], typer.Option("--data", help=tr("cli.gold-summaries"), exists=True)],
    output: Annotated[Path, typer.Option("-o", "--output", help=tr("cli.output-file"))] = Path(
        "models/editor-business.toml"
    ),
    strength: Annotated[float | None, typer.Option("--strength", min=0.1, help=tr("cli.strength"))] = None,
    encoder: EncoderName = None,
    config: Config = None,
    lang: Language = None,
) -> None:
    """Learn from what editors print, tell what that gives on articles left out, and write the file."""
    settings = settings_from(config, lang, {"encoder.name": encoder})
    only_fit(data, settings.lang)
    from pipeline.evaluate.gold import read_summaries
    from pipeline.evaluate.leaning import is_leaning, leaning_cases
    from pipeline.evaluate.picks import is_picks, picks_cases, read_picks
    from pipeline.evaluate.summaries import cases
    from pipeline.records import GoldError
    from pipeline.settings import load_editor
    from pipeline.train.editor import STRENGTH, fit, of_leaning, of_picks, of_summaries, plain, written

    pipeline = pipeline_for(settings)
    examples: list[Example] = []
    judged: list[PicksCase | None] = []
    for path in data:
        source = path / "sci-news" if (path / "sci-news").is_dir() else path
        try:
            if is_picks(source):
                read = picks_cases(pipeline, read_picks(source))
                examples += [of_picks(case, source.name) for case in read]
                judged += read
            elif source.is_dir() and is_leaning(source):
                examples += [of_leaning(case, source.name) for case in leaning_cases(pipeline, source)]
            else:
                own = of_summaries(cases(pipeline, read_summaries(source)), source.name)
                examples += own
                judged += [None] * len(own)
        except GoldError as error:
            wrong_usage(
                tr(f"gold.{error.problem}", settings.lang, place=error.place, detail=shown(error.detail))
            )
    # Whose readers were not asked what they understand understand what those of business do.
    start = plain(load_editor())
    held = STRENGTH if strength is None else strength
    notes = [
        "The `editor` method: the score of a sentence, the log odds that an editor prints it, is the base",
        "and what its features add (pipeline/salience/features): of each, the `worth` of the bin that its",
        "value is in, between the edges `at`. `stands` are the same for whether it is understood by itself.",
        f"Written by `yoyak train editor`, strength {held:g}, encoder {settings.encoder.name}. On articles",
        "left out, those of an event together:",
        *_told(examples, judged, start, held),
    ]
    try:
        output.write_text(written(fit(examples, start, held), notes), encoding="utf-8")
    except OSError as error:
        detail = error.strerror or error
        typer.echo(tr("cli.bad-output", settings.lang, path=output, detail=detail), err=True)
        raise typer.Exit(NOTHING_DONE) from error
    tell_labels(output, data)
    for note in notes[5:]:
        typer.echo(note)
    typer.echo(f"→ {output}")


def _told(
    examples: Sequence[Example], judged: Sequence[PicksCase | None], start: EditorModel, strength: float
) -> list[str]:
    """What models give on articles that they have not seen, by source, and how that grows."""
    from pipeline.evaluate.picks import MEASURES, of_ranked
    from pipeline.evaluate.summaries import bootstrap
    from pipeline.train.editor import calibration_error, cross_validated, precision

    ranked = cross_validated(examples, start, strength)
    learned_from, examples = examples, [one for one in examples if one.grades is not None]
    told = []
    for source in dict.fromkeys(one.source for one in examples):
        own = [i for i, one in enumerate(examples) if one.source == source]
        scores = {"precision@k": [precision(examples[i], ranked[i][0]) for i in own]}
        readers = [(case, ranked[i][0]) for i in own if (case := judged[i]) is not None]
        if readers:
            given = [of_ranked(case, one) for case, one in readers]
            scores = {name: [one[name] for one in given] for name in MEASURES}
        means = {name: bootstrap(values) for name, values in scores.items()}
        told.append(
            f"{source}, {len(own)} articles: "
            + ", ".join(
                f"{name} {one.mean:.3f} ({one.low:.3f} to {one.high:.3f})" for name, one in means.items()
            )
        )
    error = calibration_error([sure for _, sure in ranked], [one.printed for one in examples])
    told.append(f"expected calibration error {error:.3f}")
    curve = []
    for most in (size for size in _CURVE if size < len(examples)):
        learned = cross_validated(learned_from, start, strength, most=most)
        mean = sum(precision(one, by) for one, (by, _) in zip(examples, learned, strict=True)) / len(examples)
        curve.append(f"{most}: {mean:.3f}")
    whole = sum(precision(one, by) for one, (by, _) in zip(examples, ranked, strict=True)) / len(examples)
    if curve:
        told.append(
            f"precision@k by how many articles are learned from: {', '.join(curve)}, most: {whole:.3f}"
        )
    return told
