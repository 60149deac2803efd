"""The law of the hiring benefit: what it says (act.md), its figures, its rules and procedures, and worked cases."""
