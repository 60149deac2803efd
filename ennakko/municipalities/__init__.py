"""A city's own profile: names, bodies, numbers that the city decided."""
