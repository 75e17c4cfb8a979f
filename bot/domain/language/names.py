"""Month and weekday names in the typist's language and in English."""

import pickle
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import cast

from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global

INVISIBLE = "\u200b\ufeff\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Zero-width space, byte order mark and bidi marks; joiners are not among them."""

_DROP_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
_NOTHING: frozenset[int] = frozenset()

Index = Mapping[str, frozenset[int]]


def fold(word: str) -> str:
    """Return a word as words are compared: composed, caseless, without invisible signs."""
    caseless = unicodedata.normalize("NFC", word.translate(_DROP_INVISIBLE)).casefold()
    return caseless.replace("i\u0307", "i")  # what casefold makes of the Turkish İ


@dataclass(frozen=True, slots=True)
class Names:
    """The names one typist may use."""

    _weekdays: Index
    _months: Index

    def weekdays(self, name: str) -> frozenset[int]:
        """Return the weekdays (Monday is 0) that a folded name may mean."""
        return self._weekdays.get(name, _NOTHING)

    def months(self, name: str) -> frozenset[int]:
        """Return the months (January is 1) that a folded name may mean."""
        return self._months.get(name, _NOTHING)


@lru_cache(maxsize=256)
def names_of(locale: str) -> Names:
    """Return the names for a locale such as "de-DE", English always among them.

    A locale that Babel does not know is read by its language, and else as English.
    """
    chain = [*_lineage(_known(locale)), *_lineage("en")]
    return Names(_index(chain, "days"), _index(chain, "months"))


def _known(locale: str) -> str:
    tag = locale.replace("_", "-")
    for candidate in (tag, tag.partition("-")[0]):
        try:
            return str(Locale.parse(candidate, sep="-"))
        except (UnknownLocaleError, ValueError, TypeError):
            continue
    return "en"


def _lineage(name: str) -> Iterator[str]:
    """Yield a locale and those it inherits from, without the root."""
    parents = cast("Mapping[str, str]", get_global("parent_exceptions"))
    while name and name != "root":
        yield name
        name = parents.get(name) or name.rpartition("_")[0]


@lru_cache(maxsize=256)
def _own_data(name: str) -> Mapping[str, Mapping[str, Mapping[str, object]]]:
    """Return what Babel's file says of one locale alone.

    Not `Locale.months`: Babel 2.18 writes resolved aliases into dictionaries that locales
    share, so after Japanese was read, Italian stand-alone months come out Japanese.
    """
    with Path(localedata.resolve_locale_filename(name)).open("rb") as file:
        data = pickle.load(file)  # noqa: S301 - Babel's own file, in its own package
    return cast("Mapping[str, Mapping[str, Mapping[str, object]]]", data)


def _index(chain: list[str], kind: str) -> Index:
    index: defaultdict[str, set[int]] = defaultdict(set)
    for locale in chain:
        data = _own_data(locale).get(kind) or {}
        for width, points in (("wide", ("",)), ("abbreviated", ("", "."))):
            for context in ("format", "stand-alone"):
                for number, name in _entries(data.get(context, {}).get(width)):
                    for point in points:
                        index[name.removesuffix(".") + point].add(number)
                    index[name].add(number)
    return MappingProxyType({name: frozenset(numbers) for name, numbers in index.items()})


def _entries(values: object) -> Iterator[tuple[int, str]]:
    """Yield number and folded name; an alias to another context has none of its own."""
    if isinstance(values, Mapping):
        for number, name in values.items():
            if isinstance(name, str) and not name.isdigit():
                yield number, " ".join(fold(name).split())
