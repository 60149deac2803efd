"""Numbers for the situation: counted here, shown only through the disclosure gate."""
