"""A synthetic Helsinki, built from open data."""
