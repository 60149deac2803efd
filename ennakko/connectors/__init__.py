"""Outside systems: each with the real wire format and an embedded twin."""
