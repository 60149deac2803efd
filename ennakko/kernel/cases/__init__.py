"""What needs a decision: states, history, assignment, information requests, decisions."""
