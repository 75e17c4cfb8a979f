"""Month and weekday names in the typist's language and in English."""

import pytest

from tests.unit.language.table import asked, context

NAMES = [
    ("de-DE", "by freitag", "2026-11-27"),
    ("de-DE", "by Fr.", "2026-11-27"),
    ("de-DE", "by fr 17:00", "2026-11-27T17:00:00+01:00"),
    ("de-DE", "by 25. Dezember", "2026-12-25"),
    ("de-DE", "by 25. dez.", "2026-12-25"),
    ("de-DE", "by 25 dez", "2026-12-25"),
    ("de-DE", "by 5 März 2027", "2027-03-05"),
    ("de-DE", "by 5 Mär 2027", "2027-03-05"),
    ("de-DE", "by 5 Ma\u0308rz 2027", "2027-03-05"),
    ("de-DE", "by friday", "2026-11-27"),
    ("de-DE", "every freitag", "2026-11-27 FREQ=WEEKLY;BYDAY=FR"),
    ("de-DE", "by next freitag", "? 2026-11-27 2026-12-04"),
    ("de-AT", "by 5 jänner", "2027-01-05"),
    ("fr-FR", "by vendredi", "2026-11-27"),
    ("fr-FR", "by ven.", "2026-11-27"),
    ("fr-FR", "by 25 décembre", "2026-12-25"),
    ("fr-FR", "by 25 déc.", "2026-12-25"),
    ("fr-FR", "by 25 DÉCEMBRE", "2026-12-25"),
    ("fr-FR", "by end of novembre", "2026-11-30"),
    ("fr-CA", "by 5 juill. 2027", "2027-07-05"),
    ("es-ES", "by viernes", "2026-11-27"),
    ("es-ES", "by 25 diciembre", "2026-12-25"),
    ("es-LA", "by viernes", "2026-11-27"),
    ("es-ES", "every lun and jue", "2026-11-26 FREQ=WEEKLY;BYDAY=MO,TH"),
    ("pt-BR", "by sexta-feira", "2026-11-27"),
    ("pt-BR", "by sex.", "2026-11-27"),
    ("pt-BR", "by 25 dezembro", "2026-12-25"),
    ("it-IT", "by venerdì", "2026-11-27"),
    ("it-IT", "by 25 dicembre", "2026-12-25"),
    ("ja-JP", "by 金曜日", "2026-11-27"),
    ("ja-JP", "by 金", "2026-11-27"),
    ("ko-KR", "by 금요일", "2026-11-27"),
    ("zh-CN", "by 星期五", "2026-11-27"),
    ("zh-CN", "by 周五", "2026-11-27"),
    ("zh-TW", "by 週五", "2026-11-27"),
    ("ru-RU", "by пятница", "2026-11-27"),
    ("ru-RU", "by 25 декабря", "2026-12-25"),
    ("ru-RU", "by 25 декабрь", "2026-12-25"),
    ("pl-PL", "by 25 grudnia", "2026-12-25"),
    ("tr-TR", "by CUMARTESİ", "2026-11-28"),
    ("vi-VN", "by thứ sáu", "2026-11-27"),
    ("en-GB", "by 5 sept 2027", "2027-09-05"),
    ("en-US", "by 12/25", "2026-12-25"),
    ("en", "by freitag", "? 2026-11-26 2026-11-27 2026-11-30"),
    ("fr-FR", "by freitag", "? 2026-11-26 2026-11-27 2026-11-30"),
    # One word, two meanings: Tuesday in French, March in English.
    ("fr-FR", "by mar", "? 2026-12-01"),
    ("fr-FR", "by 5 mar 2027", "2027-03-05"),
    ("es-ES", "by mar", "? 2026-12-01"),
    # A language that is not known is read as English.
    ("xx-YY", "by friday", "2026-11-27"),
    ("tlh", "by friday", "2026-11-27"),
    ("", "by friday", "2026-11-27"),
    ("../etc", "by friday", "2026-11-27"),
    ("de_DE", "by freitag", "2026-11-27"),
]


@pytest.mark.parametrize(("locale", "typed", "expected"), NAMES)
def test_names(locale: str, typed: str, expected: str) -> None:
    assert asked(typed, context(locale=locale))[0] == expected


def test_a_language_read_before_leaves_no_names_behind() -> None:
    for locale in ("ja-JP", "it-IT", "ko-KR", "tr-TR"):
        asked("by friday", context(locale=locale))
    assert asked("by 12月 25", context(locale="it-IT"))[0].startswith("?")
    assert asked("by 25 dicembre", context(locale="it-IT"))[0] == "2026-12-25"
