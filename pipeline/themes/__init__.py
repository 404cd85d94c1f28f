"""Sentences into themes: what a sentence says, and where it stands."""
