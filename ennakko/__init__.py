"""Ennakko: public services that make the first move."""
