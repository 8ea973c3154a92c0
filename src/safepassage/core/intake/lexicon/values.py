# ruff: noqa: E501, ISC004  (words in Arabic and Cyrillic script; a line is a list of words)
"""Code words in cells: sex, relation, marital status, yes and no, needs, claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from safepassage.core.intake.lexicon.fold import fold_phrase, fold_words
from safepassage.core.people import Need, Relation, Sex

_T = TypeVar("_T")


def _table(lines: Iterable[tuple[_T, str]]) -> Mapping[str, _T]:
    return {fold_phrase(word): code for code, words in lines for word in words.split("|")}


SEXES: Mapping[str, Sex] = _table(
    (
        (Sex.MALE, "m|male|man|boy|masculine|mr|مرد|مردانه|مذکر|ذکر|ذکور|پسر|نارینه|نر|هلک|ذكر|رجل|homme|h|masculin|masculino|hombre|varon|"
         "ч|чол|чоловік|чоловіча|чоловічий|мужской|муж|мужчина|mannlich|mann|male مرد"),
        (Sex.FEMALE, "f|female|woman|girl|feminine|mrs|ms|زن|زنانه|مونث|مؤنث|اناث|اناثیه|دختر|ښځینه|ښځه|ښځینه جنس|نجلۍ|خانم|أنثى|انثی|امرأة|femme|"
         "feminin|femenino|mujer|ж|жін|жінка|жіноча|жіночий|женский|жен|женщина|weiblich|frau|w"),
        (Sex.OTHER, "x|other|non binary|third|third gender|intersex|divers|d"),
    )
)  # fmt: skip
NO_SEX = frozenset(
    fold_phrase(word) for word in ("", "unknown", "u", "n/a", "na", "-", "not stated", "نامعلوم", "none")
)

RELATIONS: Mapping[str, Relation] = _table(
    (
        (Relation.HEAD, "head|hof|head of fam|self|myself|me|me myself|respondent|registrant|head of household|head of family|principal|principal applicant|pa|hoh|applicant|main applicant|primary|"
         "primary applicant|family head|خود|خودم|خودش|سرپرست|سرپرست خانواده|متقاضی|متقاضی اصلی|رئیس خانواده|مشر|مشره|د کورنۍ مشر|د کورنۍ مشره|پخپله|خپله|من|من خودم|زه|"
         "رب الأسرة|chef de famille|chef de menage|голова родини|заявник"),
        (Relation.SPOUSE, "spouse|wife|husband|wife husband|husband wife|free union|partner|همسر|خانم|زن|شوهر|زوجه|زوج|عیال|میرمن|ماینه|مېړه|"
         "میړه|خاوند|ښځه|زوجة|epouse|epoux|conjoint|дружина|чоловік|ehefrau|ehemann|esposa|esposo|second wife|wife 1|wife 2|2nd wife"),
        (Relation.CHILD, "child|son|daughter|dtr|dau|dght|daugther|doughter|dauther|chld|son daughter|kid|infant|baby|newborn|newborn baby|stepson|stepdaughter|step child|"
         "adopted child|adopted son|adopted daughter|پسر|دختر|فرزند|طفل|بچه|نوزاد|زوی|لور|ماشوم|اولاد|ابن|ابنة|بنت|fils|fille|enfant|син|"
         "дочка|донька|дитина|sohn|tochter|kind|hijo|hija"),
        (Relation.PARENT, "parent|father|mother|mother father|father mother|پدر|مادر|والد|والده|پلار|مور|والدین|أب|أم|pere|mere|батько|"
         "мати|vater|mutter|padre|madre"),
        (Relation.SIBLING, "sibling|brother|sister|brother sister|half brother|half sister|برادر|خواهر|همشیره|ورور|خور|أخ|أخت|frere|soeur|брат|"
         "сестра|bruder|schwester|hermano|hermana"),
        (Relation.GRANDCHILD, "grandchild|grandson|granddaughter|grand son|grand daughter|grand child|نواسه|نوه|لمسی|لمسۍ|онук|онука|petit fils|petite fille"),
        (Relation.GRANDPARENT, "grandparent|grandmother|grandfather|grand mother|grand father|مادرکلان|پدرکلان|مادر کلان|پدر کلان|پدربزرگ|مادربزرگ|"
         "نیکه|انا|نیا|бабуся|дідусь"),
        (Relation.CHILD_IN_LAW, "daughter in law|son in law|daughterinlaw|soninlaw|son wife|daughter husband|عروس|داماد|زن پسر|نږور|زوم"),
        (Relation.PARENT_IN_LAW, "mother in law|father in law|motherinlaw|fatherinlaw|wife mother|wife father|husband mother|husband father|"
         "خشو|خسر|مادر زن|مادر شوهر|پدر زن|پدر شوهر|خواښې|سخر"),
        (Relation.SIBLING_IN_LAW, "sister in law|brother in law|sisterinlaw|brotherinlaw|brother wife|sister husband|wife brother|wife sister|"
         "husband brother|husband sister|ینگه|زن برادر|خواهر زن|خیاشنه|ایور|ننو|اوښی|ورندار|لیور|یازنه|شوهر خواهر|خسربره"),
        (Relation.NIECE_NEPHEW, "niece|nephew|nephew niece|brother son|brother daughter|sister son|sister daughter|برادرزاده|خواهرزاده|برادر زاده|"
         "خواهر زاده|وراره|خوریی|وریره|خورزه|племінник|племінниця"),
        (Relation.AUNT_UNCLE, "aunt|uncle|aunt uncle|عمه|خاله|کاکا|ماما|عمو|تره|عمه خاله|ترور|تایی|тітка|дядько"),
        (Relation.COUSIN, "cousin|پسر کاکا|دختر کاکا|بچه کاکا|پسرکاکا|دخترکاکا|پسر خاله|پسر ماما|پسر عمه|دختر عمه|دختر خاله|دختر ماما|د تره زوی|د تره لور|"
         "кузен|двоюрідний брат"),
        (Relation.FIANCE, "fiance|fiancee|betrothed|نامزد|چنغول|چنغله"),
        (Relation.OTHER_RELATIVE, "other relative|relative|foster child|ward|extended family|خویشاوند|اقارب|قوم|خپلوان|other family|orphan in care|guardian"),
        (Relation.COLLEAGUE, "colleague|coworker|co worker|همکار|ملګری"),
        (Relation.NOT_RELATED, "not related|unrelated|friend|no relation|neighbour|neighbor|driver|nanny|servant|household staff|domestic worker|دوست|همسایه"),
        (Relation.UNKNOWN, "unknown|other|n a|na|not stated|نامعلوم|دیگر|بل"),
    )
)  # fmt: skip

YES = frozenset(
    fold_phrase(word) or word
    for word in ["yes", "y", "true", "1", "x", "بلی", "بله", "هو", "نعم", "oui", "так", "да", "ja", "si", "✓", "✔"]
)
NO = frozenset(
    fold_phrase(word) for word in ["no", "n", "false", "0", "نخیر", "نه", "خیر", "لا", "non", "ні", "нет", "nein"]
)

MARRIED: Mapping[str, bool] = _table(
    (
        (True, "married|yes|true|متاهل|متأهل|عروسی شده|ازدواج کرده|واده شوی|واده کړی|متزوج|متزوجة|marie|mariee|одружений|заміжня|verheiratet|casado"),
        (False, "single|unmarried|never married|widowed|widow|widower|divorced|separated|engaged|no|false|مجرد|بیوه|مطلقه|طلاق|نامزد|کونډه|ناواده|"
         "مجرد است|أعزب|عزباء|celibataire|неодружений|ledig|soltero"),
    )
)  # fmt: skip

NEEDS: Mapping[str, Need] = _table(
    (
        (Need.WHEELCHAIR, "wheelchair|wheel chair|cannot walk|can not walk|paraplegic|amputee|walking|mobility|physical disability|ویلچر|ویلچیر|"
         "چوکی ارابه دار|فلج|معلول|ویلچییر|قطع عضو|معلولیت جسمی|گوډ"),
        (Need.STRETCHER, "stretcher|bedridden|bed ridden|lying|تذکره بیمار|برانکارد|بستری"),
        (Need.MEDICAL, "medical|diabetes|diabetic|insulin|dialysis|heart|cancer|medicine|medication|chronic|asthma|epilepsy|surgery|sick|ill|"
         "patient|wounded|injured|oxygen|مریض|دیابت|شکر|قلبی|سرطان|دوا|زخمی|ناروغ|تکلیف قلبی|دیالیز|انسولین|مرگی|آسم|kidney"),
        (Need.PREGNANCY, "pregnant|pregnancy|expecting|حامله|باردار|حاملگی|امیدواره|امیندواره|حمل|enceinte|вагітна|schwanger"),
        (Need.VISION, "blind|visually impaired|vision|seeing|low vision|نابینا|کور|ضعف بینایی|روند"),
        (Need.HEARING, "deaf|hearing|hearing impaired|mute|ناشنوا|کر|کوڼ|گنگ"),
        (Need.INFANT_CARE, "infant|newborn|baby|formula|breastfeeding|lactating|nursing mother|نوزاد|طفل شیرخوار|شیرخوار|تازه تولد"),
        (Need.ACCOMPANYING_ADULT, "unaccompanied|separated child|needs escort|dementia|alzheimer|cannot travel alone|carer|caregiver|self care|"
         "memory|remembering|بدون سرپرست|بی سرپرست|تنها سفر کرده نمیتواند"),
    )
)  # fmt: skip

NEEDS_OF_REMARKS: Mapping[str, Need] = _table(
    (
        (Need.WHEELCHAIR, "wheelchair|wheel chair|cannot walk|can not walk|paraplegic|ویلچر|ویلچیر|ویلچییر|چوکی ارابه دار|فلج"),
        (Need.STRETCHER, "stretcher|bedridden|bed ridden|برانکارد|بستری"),
        (Need.PREGNANCY, "pregnant|حامله|باردار|امیدواره|امیندواره"),
        (Need.VISION, "blind|نابینا|ړوند"),
        (Need.HEARING, "deaf|ناشنوا"),
    )
)  # fmt: skip
"""Words that tell of a need even in free text: fewer than a column of needs may use ("works in a medical office")."""

CLAIMS: Mapping[str, str] = _table(
    (
        ("partner-citizen", "british citizen|uk citizen|german citizen|canadian citizen|french citizen|eu citizen|australian citizen|nato citizen|"
         "dutch citizen|italian citizen|british national|german national|third country citizen|allied citizen|uk national|partner citizen|"
         "partner nation citizen|coalition citizen|شهروند کانادا|شهروند بریتانیا|شهروند آلمان|تبعه کشور همکار"),
        ("citizen", "citizen|us citizen|american citizen|amcit|u s citizen|usc|us national|u s passport holder|us passport|us passport holder|"
         "blue passport|american|شهروند|شهروند امریکا|تبعه امریکا|شهروند امریکایی|امریکایی ښاروند|د امریکا تبعه"),
        ("resident", "lpr|green card|green card holder|permanent resident|us lpr|legal permanent resident|lawful permanent resident|resident|"
         "گرین کارت|دارنده گرین کارت|مقیم دایمی|مقیم دائمی|شنه کارت"),
        ("visa-holder", "visa holder|visa issued|has visa|siv holder|siv visa issued|siv issued|visa|ویزا دارد|دارنده ویزا|دارای ویزا|ویزه لری"),
        ("siv", "siv|siv applicant|special immigrant visa|special immigrant|siv pending|siv com approved|interpreter|translator|chief of mission|"
         "siv in process|اس آی وی|اس ای وی|ویزای خاص|ویزای خاص مهاجرت|متقاضی siv|ترجمان|ژباړن"),
        ("p1", "p1|p 1|priority 1|priority one|اولویت یک"),
        ("p2", "p2|p 2|priority 2|priority two|اولویت دو"),
        ("staff", "embassy staff|local embassy staff|les|locally employed staff|embassy|embassy employee|us embassy|local staff|locally employed|"
         "usaid staff|embassy guard|foreign service national|fsn|ngo staff|ngo|ngo worker|un staff|contractor|employee|کارمند سفارت|سفارت|کارمند|"
         "کارمند موسسه|کارمند مؤسسه|د سفارت کارکوونکی|موسسه|د موسسې کارکوونکی"),
        ("at-risk", "at risk|journalist|activist|women rights|woman rights activist|human rights|human rights defender|judge|prosecutor|reporter|"
         "former military|former ana|police|commando|pilot|vulnerable|media|lgbt|lgbtq|artist|musician|women s rights|politician|female judge|"
         "athlete|teacher|journalists|afghan at risk|vulnerable afghan|خبرنگار|ژورنالیست|فعال|فعال مدنی|فعال حقوق زن|فعال حقوق بشر|قاضی|څارنوال|"
         "سارنوال|در معرض خطر|نظامی سابق|پولیس|خبریال|مدافع حقوق بشر|هنرمند|په خطر کې"),
    )
)  # fmt: skip
OTHER_CLAIM = "other"
LANGUAGES: Mapping[str, str] = {
    fold_phrase(word): code
    for code, words in {
        "fa": "dari farsi persian fa prs دری فارسی",
        "ps": "pashto pashtu pushto ps پشتو پښتو",
        "en": "english en انگلیسی انگریزی",
        "uz": "uzbek uzbeki uz ازبکی",
        "ar": "arabic ar عربی",
    }.items()
    for word in words.split()
}
NOTHING = frozenset(
    fold_phrase(word)
    for word in [
        "none",
        "no",
        "n/a",
        "na",
        "nil",
        "-",
        "not applicable",
        "unknown",
        "false",
        "0",
        "ندارد",
        "نیست",
        "هیچ",
        "نشته",
        "نه",
        "not provided",
        "tbd",
        "نامعلوم",
        "нема",
        "ні",
        "keine",
    ]
)


def find_codes(text: str, table: Mapping[str, _T], *, longest: int = 5) -> tuple[_T, ...]:
    """Every code whose phrase stands in the text as whole words, in the order of the text, longest phrases first."""
    words = fold_words(text)
    found: list[_T] = []
    at = 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 0, -1):
            code = table.get(" ".join(words[at : at + length]))
            if code is not None:
                if code not in found:
                    found.append(code)
                at += length - 1
                break
        at += 1
    return tuple(found)
