"""What the city can know of a person, a household, an organisation: one file per base register."""
