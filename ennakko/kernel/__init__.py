"""What services share, in layers."""
