"""The people who have an offer or a case with us: key, contact, language."""
