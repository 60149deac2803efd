"""The City of Helsinki."""
