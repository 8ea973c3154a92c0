"""Words in dates: months of three calendars in English, Dari, Pashto and Persian, marks of a calendar, units of age.

Sources: the Afghan Solar Hijri months and their Pashto names as the civil calendar prints them, the Iranian
names, Gregorian month names as used in Kabul and in Tehran, the lunar months (public knowledge). Keys are
folded by `plain`.
"""

from __future__ import annotations

import re
import unicodedata

from safepassage.core.dates.partial import Calendar

_LETTERS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ې": "ی",
        "ۍ": "ی",
        "ئ": "ی",
        "ك": "ک",
        "ګ": "گ",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ؤ": "و",
        "ة": "ه",
        "ۀ": "ه",
        "ـ": "",
        "ړ": "ر",
        "ږ": "ژ",
        "ښ": "ش",
    }
)


def plain(text: str) -> str:
    """Lower case, ASCII digits, joined letter variants, no marks and no invisible signs."""
    kept = []
    for char in unicodedata.normalize("NFKC", text).lower().translate(_LETTERS):
        category = unicodedata.category(char)
        if category == "Nd":
            kept.append(str(unicodedata.decimal(char)))
        elif category == "Cf":
            kept.append(" " if char == "\u200c" else "")
        elif category != "Mn":
            kept.append(char)
    return " ".join("".join(kept).split())


def _months(*names: str) -> dict[str, int]:
    return {plain(name): place + 1 for place, line in enumerate(names) for name in line.split()}


GREGORIAN_MONTHS = _months(
    "jan january janv جنوری ژانویه ینایر جنوري",
    "feb february febr فبروری فوریه فبرایر فروری",
    "mar march مارچ مارس",
    "apr april اپریل آوریل اوریل",
    "may می مه مئی",
    "jun june جون ژوئن ژوین",
    "jul july جولای ژوئیه جولایی",
    "aug august اگست اوت آگست",
    "sep sept september سپتمبر سپتامبر سپتنبر",
    "oct october اکتوبر اکتبر",
    "nov november نومبر نوامبر نوومبر",
    "dec december دسمبر دسامبر دیسمبر",
)
SOLAR_MONTHS = _months(
    "حمل وری فروردین hamal hamel farvardin wray",
    "ثور غویی اردیبهشت sawr saur thaur sowr ordibehesht ghwayai",
    "جوزا غبرگولی خرداد jawza jauza jowza khordad ghbargolai",
    "سرطان چنگاش تیر saratan sartan tir changash",
    "اسد زمری مرداد امرداد asad assad mordad zmaray",
    "سنبله وژی شهریور sunbula sonbola sunbola sunbulah shahrivar wazhai",
    "میزان تله مهر mizan meezan mehr tala",
    "عقرب لرم آبان aqrab akrab aban laram",
    "قوس لیندی آذر qaws qaus qows azar lindai",
    "جدی مرغومی دی jadi jady jadee dey dai marghumai",
    "دلو سلواغه بهمن dalw dalwa dalv bahman salwagha",
    "حوت کب اسفند hut hoot houtt esfand kab",
)
_LUNAR_NAMES = (
    "محرم الحرام|محرم|muharram|moharram|muharam",
    "صفر المظفر|صفر|safar",
    "ربیع الاول|ربیع اول|rabi al awwal|rabi al awal|rabi ul awal|rabi ul awwal|rabiul awwal|rabi i",
    "ربیع الثانی|ربیع الاخر|ربیع دوم|rabi al thani|rabi us sani|rabi al akhir|rabi ul akhir|rabi ii",
    "جمادی الاولی|جمادی الاول|جمادی اول|jumada al ula|jumada al awwal|jamadi ul awal|jamadi al awal|jumada i",
    "جمادی الثانیه|جمادی الثانی|جمادی الاخره|جمادی الاخر|jumada al thani|jumada al akhirah|jamadi us sani|jumada ii",
    "رجب المرجب|رجب|rajab",
    "شعبان المعظم|شعبان|shaban|shaaban|sha ban",
    "رمضان المبارک|رمضان|روژه|ramadan|ramazan|ramadhan|ramzan",
    "شوال المکرم|شوال|shawwal|shawal",
    (
        "ذو القعده|ذوالقعده|ذی القعده|ذیالقعده|ذی قعده|ذیقعده|dhu al qadah|dhul qadah|dhu al qidah|"
        "zul qada|zulqada|zilqad"
    ),
    "ذو الحجه|ذوالحجه|ذی الحجه|ذیالحجه|ذی حجه|ذیحجه|dhu al hijjah|dhul hijjah|zul hijja|zulhijja|zilhajj",
)
LUNAR_MONTHS = {f"lunar{letter}": number for number, letter in enumerate("abcdefghijkl", 1)}
"""One word for each lunar month; `with_lunar_months` puts it in the place of the names."""
_LUNAR_WORD = {
    plain(name): f"lunar{letter}"
    for letter, names in zip("abcdefghijkl", _LUNAR_NAMES, strict=True)
    for name in names.split("|")
}
_ANY_LUNAR = "|".join(
    re.escape(name).replace(r"\ ", r"[\s\-'’]*") for name in sorted(_LUNAR_WORD, key=len, reverse=True)
)
_LUNAR_NAME = re.compile(rf"(?<![^\W\d_])(?:{_ANY_LUNAR})(?![^\W\d_])")


def with_lunar_months(told: str) -> str:
    """A text in its plain form with each name of a lunar month, in whatever spelling, as one known word."""

    def replaced(match: re.Match[str]) -> str:
        bare = _bare(match.group())
        return next(f" {word} " for name, word in _LUNAR_WORD.items() if _bare(name) == bare)

    return " ".join(_LUNAR_NAME.sub(replaced, told).split())


def _bare(name: str) -> str:
    return re.sub(r"[\s\-'’]", "", name)


CALENDAR_MARKS = {
    **dict.fromkeys(("ق", "قمری", "qamari", "lunar"), Calendar.LUNAR_HIJRI),
    **dict.fromkeys(("ش", "شمسی", "خورشیدی", "shamsi", "solar", "hs", "sh", "jalali"), Calendar.SOLAR_HIJRI),
    **dict.fromkeys(("م", "میلادی", "ad", "ce", "miladi", "gregorian"), Calendar.GREGORIAN),
}
"""Words beside a date that name its calendar."""
HIJRI_MARKS = frozenset(("ه", "هجری", "hijri", "hejri", "h", "ah"))
"""Words that say no more than Hijri: either of the two calendars may be meant."""

NOISE = frozenset(
    plain(
        "born dob birth date on of the in about approx approximately circa ca c year st nd rd th est estimated "
        "around "
        "age "
        "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun "
        "سال متولد تولد تاریخ ماه روز ه هجری حدود کال h ah hijri hejri"
    ).split()
)
"""Words that a date may bear without saying more."""

UNITS = {
    **dict.fromkeys("y yr yrs year years yo ساله سال سالگی کلن کلنه کال کاله".split(), "years"),  # noqa: SIM905
    **dict.fromkeys("m mo mos mth mths month months ماهه ماه میاشتنی میاشت میاشتی".split(), "months"),  # noqa: SIM905
    **dict.fromkeys("w wk wks week weeks هفته هفتهای اونی".split(), "weeks"),  # noqa: SIM905
    **dict.fromkeys("d day days روزه روز ورخ ورخی".split(), "days"),  # noqa: SIM905
}
"""Units of age."""

AGE_WORDS = frozenset("age aged old سن عمر".split())  # noqa: SIM905
NEWBORN = frozenset(plain("newborn نوزاد").split())
