"""Work that falls due: registered jobs, run by tick."""
