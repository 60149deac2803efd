"""The outbox: every message written with the change it tells of, delivered later, once."""
