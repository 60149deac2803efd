"""Why data may be used: purposes, objections, consents and secrecy waivers."""
