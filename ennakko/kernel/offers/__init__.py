"""What the city offers before anyone asks: runs, offers, recipients, answers."""
