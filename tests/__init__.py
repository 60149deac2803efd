"""Tests of the whole: journeys, API contract, checks of the repository."""
