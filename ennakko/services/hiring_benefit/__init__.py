"""The hiring benefit: money that the city pays to an employer who hires an unemployed resident.

For whom: private and third-sector employers, and the residents whom they hire. In whose name: the municipality's
employment services. Legal basis: the municipality's general competence (Local Government Act 410/2015, 7 §) and the
city's decisions on the conditions; de minimis aid under Commission Regulation (EU) 2023/2831.
"""
