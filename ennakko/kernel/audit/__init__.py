"""What was written and what was read: a hash chain of writes, a sealed log of reads."""
