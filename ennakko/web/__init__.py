"""The room that wires everything: settings, addresses, sign-in, front page."""
