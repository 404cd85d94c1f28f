"""Settings, and the data files of the package: theme sets, word lists, boilerplate rules, messages.

Everything that is read from `configs/` and `models/` is read here, so that the steps take values only.
"""

from __future__ import annotations

from ..records import ConfigError
from .changes import load_changes, read_changes
from .cohesion import load_cohesion
from .compare import load_compare_rules
from .data import (
    load_background,
    load_boilerplate,
    load_keyword_rules,
    load_logo,
    load_messages,
    load_theme_model,
    load_themes,
)
from .figures import load_figure_rules
from .genres import load_genres
from .korean import load_measures, load_people, load_places, load_units
from .learned import LEARNED, Learned, load_learned, load_newsletter
from .lengths import IssueLength, Length
from .model import (
    DigestSettings,
    EncoderSettings,
    FieldSettings,
    FigureSettings,
    KeywordSettings,
    KoreanSettings,
    Lang,
    LimitSettings,
    NewsletterSettings,
    ReadSettings,
    RightsSettings,
    RunSettings,
    Settings,
    SummarySettings,
    ThemeSettings,
    WebSettings,
    load_settings,
)
from .newsroom import GhostSettings, ListmonkSettings, SendingSettings, SourceSettings, load_labels
from .said import in_korean
from .single import changed
from .stories import load_story_rules
from .summary import GENRES, load_cues, load_editor
from .toml import resource

__all__ = [
    "GENRES",
    "LEARNED",
    "ConfigError",
    "DigestSettings",
    "EncoderSettings",
    "FieldSettings",
    "FigureSettings",
    "GhostSettings",
    "IssueLength",
    "KeywordSettings",
    "KoreanSettings",
    "Lang",
    "Learned",
    "Length",
    "LimitSettings",
    "ListmonkSettings",
    "NewsletterSettings",
    "ReadSettings",
    "RightsSettings",
    "RunSettings",
    "SendingSettings",
    "Settings",
    "SourceSettings",
    "SummarySettings",
    "ThemeSettings",
    "WebSettings",
    "changed",
    "in_korean",
    "load_background",
    "load_boilerplate",
    "load_changes",
    "load_cohesion",
    "load_compare_rules",
    "load_cues",
    "load_editor",
    "load_figure_rules",
    "load_genres",
    "load_keyword_rules",
    "load_labels",
    "load_learned",
    "load_logo",
    "load_measures",
    "load_messages",
    "load_newsletter",
    "load_people",
    "load_places",
    "load_settings",
    "load_story_rules",
    "load_theme_model",
    "load_themes",
    "load_units",
    "read_changes",
    "resource",
]
