"""Making what `models/` holds, from data that may be shipped."""
