"""The summer voucher: a fixed sum that the city pays to whoever employs a young resident for the summer.

For whom: residents who turn the ages that the city names each year, and the employers who hire them. In whose name:
the municipality's employment services. Legal basis: the municipality's general competence (Local Government Act
410/2015, 7 §) and the city's yearly decision on the conditions.
"""
