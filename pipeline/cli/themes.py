"""``yoyak themes``: the sentences of each article, clustered by theme."""

from __future__ import annotations

from .app import (
    Batch,
    Config,
    EncoderName,
    Fields,
    Inputs,
    Language,
    Themes,
    fields_from,
    settings_from,
    shown,
)

_BAR = 30


def themes(
    inputs: Inputs,
    themes: Themes = None,
    encoder: EncoderName = None,
    config: Config = None,
    lang: Language = None,
    fields: Fields = None,
) -> None:
    """Print the clusters of each article, each with its sentences."""
    from rich.console import Console
    from rich.text import Text

    settings = settings_from(
        config, lang, {"themes.set": themes, "encoder.name": encoder, **fields_from(fields, lang)}
    )
    batch = Batch(inputs, settings, prints=True)
    console = Console(highlight=False, soft_wrap=True)
    for report in batch:
        console.print(Text(shown(report.title or report.id), "bold"))
        for theme in report.themes:
            bar = "█" * max(1, round(theme.share * _BAR))
            console.print(Text(f"{theme.label}  {bar} {theme.share:.0%}", "cyan"))
            for index in theme.sentences:
                sentence = report.sentences[index]
                score = f"{sentence.scores[theme.id]:.2f} " if theme.id in sentence.scores else "     "
                console.print(Text("  " + score, "dim") + Text(shown(sentence.text)))
        console.print()
    batch.finish()
