"""Word lists of names, each with its source.

All lists are our own, from public grammars and onomastics of Dari, Pashto, Persian and Arabic and from the
way forms abbreviate in English; none is copied from a list of people. Latin words are folded spellings,
Arabic-script words folded letters (see `script`).
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HONORIFICS = _words(
    """
    mr mrs ms miss mister madam sir dr doctor doc eng engr engineer ing enjeneer prof professor ustad ostad ostaad
    gen general gener col colonel capt captain cpt maj major lt lieutenant sgt sergeant brig brigadier cmdr commander
    haji hajji hajee haaji haaj haj hajj alhaj alhaaj elhaj hadji haci hadschi hajia
    mullah mulla mollah molla mula mulah akhund akhond akund akhun mawlawi maulawi mawlavi molavi maulvi moulavi
    mawlana maulana molana qari qaari kari ghari sheikh shaikh shaykh sheik shekh scheich cheikh imam emam
    sardar agha aqa agah khanum khanom khanoom hanim begum begom ustaad hazrat janab jenab marhum late
    داکتر دکتر دوکتور انجینر انجنیر مهندس استاد پروفیسور جنرال جگرن دگروال دگرمن تورن کپتان بریدمن
    حاجی حاج الحاج ملا اخوند اخند مولوی مولانا قاری شیخ امام سردار اغا اقا اقای اغای جناب محترم محترمه مرحوم مرحومه
    ښاغلی شاغلی میرمن خانم بیگم حضرت شهید
    """
)
"""Titles of address, rank, learning and pilgrimage (English; Dari and Pashto usage)."""

NAME_TITLES = _words(
    """
    sayed sayyed sayyid sayid syed seyed seyyed seyid saiyid saiyed sayeed saied sayd seyd sidi
    bibi bebe bibee biby beebee mirza mirzaa
    سید سیده بیبی میرزا مرزا
    """
)
"""Titles that are written as part of the name by some and left out by others."""

KIN_MARKS = _words(
    """
    so do wo co ho fo mo bin ben ibn bint binte wald walad valad veled farzand wife husband son daughter father
    mother brother sister widow baby newborn child infant boy girl
    بن ابن بنت ولد فرزند همسر زوجه خانم زن دختر پسر مادر پدر خواهر برادر طفل نوزاد
    """
)
"""What follows is the name of a relative ("s/o", "wife of"). The short ones count only where written with a slash,
the English words only before "of" (see `tokens`)."""

SLASHED = _words("so do wo co ho fo mo")
"""Kin marks that are read only where written "s/o", "S/O" or "s.o."."""

KIN_ONLY_BEFORE_OF = _words("wife husband son daughter father mother brother sister widow child")
"""English kin words that are read only before "of"."""

UNNAMED = _words("baby newborn infant girl boy طفل نوزاد")
"""Words that stand in place of a name that isn't given yet."""

NO_NAME_STARTS = ("fnu", "lnu", "xxx")
"""Such marks where a form has joined them to the name that follows; no name begins so."""

NO_NAME = _words(
    """
    fnu lnu mnu nfn nln nmn xxx xxxx xx unknown unk unnamed noname nil none null tbd tba tbc na nill notknown
    anonymous نامعلوم بینام ندارد نامشخص مجهول نامعلومه
    """
)
"""Marks that a name is lacking: "first name unknown" of United States visas and their like."""

_LACKED = {
    "name": "name|first name|given name|middle name|last name|family name|surname|father name|fathers name",
    "نام": "نام|اسم|نوم|تخلص|فامیلی|نام فامیلی|نام خانوادگی|نام پدر|اسم فامیلی",
}
_SAID = (
    *(f"{word} {{}}" for word in ("no", "not", "un", "without", "unknown", "بدون", "بی", "بې", "فاقد")),
    *(f"{{}} {word}" for word in ("unknown", "is unknown", "not known", "not given", "not available", "not stated")),
    *(f"{{}} {word}" for word in ("ندارد", "نامعلوم", "نا معلوم", "معلوم نیست", "معلوم نه دی", "نلري", "نه لري")),
)
NO_NAME_PHRASES = tuple(
    sorted(
        {
            said.format(name)
            for script, names in _LACKED.items()
            for name in names.split("|")
            for said in _SAID
            if said.isascii() == script.isascii()
        }
        | {f"{word} {what}" for word in ("no", "not", "un") for what in ("known", "given", "available", "stated")}
        | {"n/a", "نا معلوم", "معلوم نیست", "معلوم نه دی", "نه دی معلوم"},
        key=lambda phrase: (-len(phrase), phrase),
    )
)
"""Several words that say that a name is lacking ("no family name", "تخلص ندارد"); a longer one goes first."""

ARTICLES = _words("al el ul ol ur ud us as ad ar ush an az the of and و ال")
"""The Arabic article and its assimilated forms, written apart; English joining words."""

SURNAME_ENDINGS = _words("zada zadah zade zadeh زاده")
"""Persian "born of", joined to a surname or written apart."""

PEOPLES = _words(
    """
    wardak kakar zadran jadran hotak hotek mangal hazara hazareh hazarah tajik uzbek uzbak turkman torkman baloch
    baluch balooch sadat khattak khatak mohmand momand bangash andar tokhi popal durrani ghilji kochai koochi
    وردک کاکر زدران هوتک منگل هزاره تاجیک ازبیک اوزبیک ترکمن بلوچ سادات ختک مومند
    """
)
"""Peoples and tribes of the country, which are surnames wherever they stand in a name."""

GIVEN_IN_I = _words(
    """
    mahdi mehdi mehri مهدی مهری زلمی ملالی سپوژمی گلالی تورپیکی شینکی
    کبری صغری مصطفی مرتضی مجتبی عیسی موسی یحیی لیلی سلمی بشری عظمی لبنی یسری عذری منی هدی ندی
    """
)
"""Given names that look like surnames of descent ("Ahmadi"): in Arabic script the Pashto -ai, and an -a that is
written with a ya, look the same."""

ABBREVIATIONS = {
    "mhd": "mohammad", "mohd": "mohammad", "muhd": "mohammad", "mohmd": "mohammad", "md": "mohammad",
    "mhmd": "mohammad",
    "muh": "mohammad", "moh": "mohammad", "mohamm": "mohammad", "mohammd": "mohammad", "abd": "abdul", "gh": "ghulam",
    "ghul": "ghulam", "ab": "abdul", "ah": "ahmad", "hj": "haji", "sd": "sayed",
    "الحق": "حق", "الحی": "حی", "الطیف": "لطیف", "عبدالطیف": "عبداللطیف",
}  # fmt: skip
"""Written abbreviations and what they stand for (South Asian and Gulf clerical usage); names of two letters behind an
article, and Latif behind one, whose two lams many write as one (عبدالطیف)."""

COMMON_SKELETONS = _words("MHMD AHMD AL KLM XN JN KL MR BB")
"""Names that so many bear, or so many add and drop, that agreeing in them says little: Mohammad, Ahmad, Ali,
Ghulam, Khan, Jan, Gul, Mir, Bibi."""
