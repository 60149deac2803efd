"""Who may do what: one table of actions, used for the check, for filtering lists and for showing buttons."""
