"""Public holidays by country, as values for the domain."""

from datetime import date
from functools import cache

import holidays

_YEARS_AHEAD = 2
"""No due is further off than the grammar takes without asking; profiles are re-read daily."""


@cache
def known_countries() -> tuple[str, ...]:
    """Return the ISO 3166 codes of the countries whose holidays are known."""
    return tuple(sorted(holidays.list_supported_countries(include_aliases=False)))


def is_country(code: str) -> bool:
    """Tell whether holidays are known for an ISO 3166 code."""
    return code in known_countries()


def holidays_of(country: str | None, around: date) -> frozenset[date]:
    """Return a country's public holidays around a day: last year's to those in two years."""
    if country is None or not is_country(country):
        return frozenset()
    years = range(around.year - 1, around.year + _YEARS_AHEAD + 1)
    return frozenset(holidays.country_holidays(country, years=years))
