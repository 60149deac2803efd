# SPDX-License-Identifier: EUPL-1.2
"""Main activity, education, income and the start of unemployment: fitted to each postal code's published counts."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from ennakko.demo_city.data import OpenData
from ennakko.demo_city.identity import Dates
from ennakko.demo_city.sampling import Floats, Ints, choose, fit, generator, ratio, spread

ACTIVITIES = ("child", "employed", "unemployed", "student", "pensioner", "other")
CHILD, EMPLOYED, UNEMPLOYED, STUDENT, PENSIONER, OTHER = range(6)
EDUCATIONS = ("none", "basic", "upper_secondary_general", "vocational", "lower_tertiary", "higher_tertiary")

_BANDS = np.array([15, 18, 20, 25, 30, 35, 45, 55, 60, 65, 70, 75])
# Priors by band: employed, unemployed, student, pensioner, other (the fit moves them to the postal code's counts).
_ACTIVITY = np.array(
    [
        [0.06, 0.01, 0.90, 0.00, 0.03],
        [0.28, 0.05, 0.58, 0.01, 0.08],
        [0.55, 0.08, 0.28, 0.01, 0.08],
        [0.74, 0.08, 0.10, 0.01, 0.07],
        [0.79, 0.08, 0.05, 0.01, 0.07],
        [0.81, 0.08, 0.03, 0.02, 0.06],
        [0.81, 0.08, 0.02, 0.04, 0.05],
        [0.76, 0.08, 0.01, 0.10, 0.05],
        [0.65, 0.10, 0.00, 0.20, 0.05],
        [0.16, 0.00, 0.00, 0.82, 0.02],
        [0.06, 0.00, 0.00, 0.93, 0.01],
        [0.01, 0.00, 0.00, 0.98, 0.01],
    ]
)
_EDUCATION_BANDS = np.array([18, 20, 25, 30, 45, 65, 80])
_EDUCATION = np.array(
    [
        [0.62, 0.28, 0.10, 0.0001, 0.0001],
        [0.17, 0.55, 0.18, 0.09, 0.01],
        [0.13, 0.20, 0.18, 0.33, 0.16],
        [0.15, 0.09, 0.18, 0.26, 0.32],
        [0.16, 0.07, 0.22, 0.25, 0.30],
        [0.27, 0.07, 0.22, 0.22, 0.22],
        [0.45, 0.06, 0.18, 0.17, 0.14],
    ]
)
_INCOME_OF_ACTIVITY = np.array([0.0, 1.28, 0.62, 0.48, 0.88, 0.42])
_INCOME_OF_EDUCATION = np.array([1.0, 0.86, 0.94, 0.95, 1.08, 1.25])
_EDUCATION_COLUMNS = ("edu_basic", "edu_matriculation", "edu_vocational", "edu_lower_tertiary", "edu_higher_tertiary")
_ACTIVITY_COLUMNS = ("employed", "unemployed", "students", "pensioners", "others")


@dataclass(frozen=True, slots=True)
class Livelihood:
    """Arrays by resident: indices of ACTIVITIES and EDUCATIONS, income in cents, first day of unemployment or NaT."""

    activity: Ints
    education: Ints
    income_month: Ints
    income_year: Ints
    unemployed_since: Dates


def _fitted(
    bands: Ints, firsts: Ints, postal: Ints, prior: Floats, published: Floats, rng: np.random.Generator
) -> Ints:
    """Classes drawn for people of those ages; shares in each postal code are the published ones."""
    posts, count = published.shape[0], firsts.size
    band = np.searchsorted(firsts, bands, side="right") - 1
    group = postal * count + band
    people = np.bincount(group, minlength=posts * count).reshape(posts, count).astype(float)
    columns = published * ratio(people.sum(axis=1), published.sum(axis=1))[:, None]
    table = fit(prior[None] * people[:, :, None], people, columns) + 1e-9 * prior[None]
    return choose(table.reshape(-1, prior.shape[1])[group], spread(rng, group))


def draw_livelihood(data: OpenData, postal: Ints, age: Ints, on: date, seed: int) -> Livelihood:
    """What each resident lives on, by the published counts of the postal code; income has its median and spread."""
    rng = generator(seed, "livelihood")
    codes = data.postal_codes
    activity = np.zeros(age.size, dtype=np.int64)
    rows = np.flatnonzero(age >= _BANDS[0])
    published = codes.select(_ACTIVITY_COLUMNS).to_numpy().astype(float)
    activity[rows] = 1 + _fitted(age[rows], _BANDS, postal[rows], _ACTIVITY, published, rng)

    education = np.zeros(age.size, dtype=np.int64)
    rows = np.flatnonzero(age >= _EDUCATION_BANDS[0])
    published = codes.select(_EDUCATION_COLUMNS).to_numpy().astype(float)
    education[rows] = 1 + _fitted(age[rows], _EDUCATION_BANDS, postal[rows], _EDUCATION, published, rng)

    year, month = _incomes(data, postal, age, activity, education, rng)
    since = np.full(age.size, np.datetime64("NaT", "D"))
    jobless = np.flatnonzero(activity == UNEMPLOYED)
    longest = np.maximum((age[jobless] - 15) * 365, 60)
    days = np.minimum(rng.exponential(300, jobless.size).astype(np.int64) + 1, longest)
    since[jobless] = np.datetime64(on) - days.astype("timedelta64[D]")
    return Livelihood(activity, education, month, year, since)


def _incomes(
    data: OpenData, postal: Ints, age: Ints, activity: Ints, education: Ints, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Income of a year and of a month in cents: lognormal by postal code, moved by activity and education."""
    codes = data.postal_codes
    median = codes["income_median"].fill_null(0).to_numpy().astype(float)
    mean = codes["income_mean"].fill_null(0).to_numpy().astype(float)
    known = median > 0
    median = np.where(known, median, np.median(median[known]))
    sigma = np.sqrt(2 * np.log(np.clip(np.where(known, mean, median * 1.2) / median, 1.02, 2.0)))
    factor = _INCOME_OF_ACTIVITY[activity] * _INCOME_OF_EDUCATION[education]
    grown = age >= 18
    posts = median.size
    logs = np.log(np.maximum(factor, 0.01))
    summed = np.bincount(postal[grown], weights=logs[grown], minlength=posts).astype(np.float64)
    mean_log = ratio(summed, np.bincount(postal[grown], minlength=posts).astype(np.float64))
    noise = rng.standard_normal(age.size)
    euros = np.exp(np.log(median)[postal] + np.clip(sigma, 0.25, 0.9)[postal] * 0.8 * noise + logs - mean_log[postal])
    minors = ~grown
    earns = (rng.random(age.size) < np.where(age >= 15, 0.35, 0.0)) | (minors & (activity == EMPLOYED))
    euros[minors] = np.where(earns[minors], 300 + 1500 * rng.random(int(minors.sum())), 0.0)
    month = euros / 12 * np.exp(0.08 * rng.standard_normal(age.size))
    month[minors] = 0
    return np.rint(euros).astype(np.int64) * 100, np.rint(month).astype(np.int64) * 100
