"""Business time, which is passed in, and wall time, which is not: never mix them."""
