"""Measuring quality against gold data."""
