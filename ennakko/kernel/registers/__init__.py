"""The base registers as snapshots: scan everyone, read one person, within permits only."""
