"""Makes spec/vectors/names-v1.json: the tables of the skeleton, and names with the tokens that they must give.

    python -m tests.core.names.make_vectors

The names are first names, surnames and compounds in common use, in several spellings; no line is a person.
"""

from __future__ import annotations

import json
from pathlib import Path

from safepassage.core.names import compounds, script, sound, words
from safepassage.core.names.sound import sound_of
from safepassage.core.names.tokens import fold, skeleton, tokens

FILE = Path(__file__).parents[3] / "spec" / "vectors" / "names-v1.json"

SAME = """
Mohammad|Mohamad|Muhammed|Muhammad|Mohammed|Mhd|Mohd|Md|محمد|مُحَمَّد|محمـد
Ghulam|Gholam|Golam|Qulam|غلام
Karim|Kareem|Kerim|کریم|كريم
Yousuf|Yusof|Yosuf|Youssef|Yusuf|یوسف|يوسف
Zohra|Zuhra|Zahra|زهرا|زهراء
Khan|خان
Qadir|Kadir|Ghader|Qader|قادر
Jamal|Cemal|Dschamal|Djamal|جمال
Sharif|Chérif|Şerif|Scherif|Shareef|شریف
Fatima|Fatimah|Fatemeh|Fatema|فاطمه|فاطمة
Zia|Ziya|Zeya|ضیا|ضياء
Omar|Umar|عمر
Osman|Usman|Uthman|عثمان
Ibrahim|Ebrahim|Ibraheem|ابراهیم|إبراهيم
Yahya|یحیی|يحيى
Isa|Eisa|Essa|عیسی
Ismail|Esmaeel|Ismael|اسماعیل
Yaqub|Yaghoub|Yaqoob|Yakub|یعقوب
Dawood|Daud|Davood|Dawud|داود|داوود
Sarwar|Sarvar|سرور
Parwin|Parveen|Parvin|پروین
Wali|Vali|Walee|ولی
Shahla|شهلا
Ayesha|Aisha|Aysha|عایشه|عائشة
Hussain|Hossein|Hüseyin|Husayn|Hosain|حسین
Aziz|Azeez|عزیز
Khalid|Khaled|خالد
Ilyas|Elyas|الیاس
Laila|Layla|Leila|لیلا|لیلی
Mahmud|Mahmood|Mahmoud|محمود
Saeed|Said|Sa'id|Sa’eed|سعید
Maryam|Mariam|Meryem|مریم
Roya|Roia|رویا
Zainab|Zaynab|Zeynab|زینب
Pashtun|Pashtoon|پښتون
Zadran|ځدران
Hamida|Hameeda|Hamideh|حمیده
Latif|Lateef|لطیف
Sediq|Seddiq|Siddique|Siddiq|صدیق
Tawfiq|Tofiq|Taufiq|توفیق
Niaz|Neyaz|Niyaz|نیاز
Mustafa|Mostafa|مصطفی
Khadija|Khadijeh|Khadeja|خدیجه
Ishaq|Eshaq|اسحاق
Abdullah|Abdollah|Abdulla|Abd ullah|Abdu-llah|عبدالله|عبد الله
Abdul Karim|Abdulkarim|AbdulKarim|Abdol Karim|Abd al-Karim|Abdel-Kerim|عبدالکریم|عبد الکریم
Abdul Rahim|Abdurrahim|Abdorrahim|عبدالرحیم
Abdul Sattar|Abdussattar|Abdusattar|عبدالستار
Rahmatullah|Rahmat Ullah|Rahmatollah|Rahmatulla|رحمت الله|رحمت‌الله|رحمتالله
Najmuddin|Najm uddin|Najmudin|Najmoddin|نجم الدین|نجم‌الدین
Sanaullah|Sana'ullah|Sanaollah|Sana Ullah|ثناالله
Abul Qasim|Abulqasim|Abolghasem|ابوالقاسم
Mohammad Reza|Mohammadreza|محمدرضا|محمد رضا
Ghulam Nabi|Ghulamnabi|Gholam Nabi|غلام نبی|غلامنبی
Bahadurzada|Bahadurzadeh|Bahadur Zada|بهادرزاده
Zia ul Haq|Ziaulhaq|Zia-ul-Haq|ضیاالحق
Sayed Karim|Syed Karim|Karim|سید کریم
Bibi Hawa|بی بی حوا|Hawa|حوا
Haji Nabi|Nabi|حاجی نبی|الحاج نبی
Dr. Nabi|Eng. Nabi|Gen Nabi|Nabi|انجینر نبی
Zarghuna|Zarghona|زرغونه
Abdul Latif|Abdullatif|Abdulatif|Abdul Lateef|عبداللطیف|عبدالطیف|عبد الطیف|عبد اللطیف
Abdul Haq|عبدالحق|عبد الحق
Abdul Hai|عبدالحی|عبد الحی
Obaidullah|Obaidullaah|عبیدالله
Ehtesham|Ehtsham|احتشام
Mirwais|Mirways|میرویس
Gul Agha|Gul|گل|ګل
Shir|Sher|شیر
Nuria|Nooria|Nurieh|نوریه
Latifa|Lateefa|Latifeh|لطیفه
Habib|Habeeb|حبیب
Nasir|Naser|Nasser|ناصر
Rashid|Rachid|Rasheed|رشید
Jawad|Javad|Djawad|جواد
Anwar|Anvar|انور
Navid|Nawid|Naweed|نوید
Farid|Fareed|فرید
Basir|Baseer|بصیر
Hamid|Hameed|حمید
Malalai|Malalay|ملالی
Spozhmai|Spozhmay|سپوږمۍ
Wazhma|وږمه
Tamim|Tameem|تمیم
Sulaiman|Suleiman|Soleyman|سلیمان
Mujib|Mojib|Mujeeb|مجیب
Nilofar|Nilufar|نیلوفر
Rabia|Rabiah|رابعه
Frishta|Fereshta|فرشته
Shukria|Shokria|شکریه
Homayun|Humayoun|Homayoon|همایون
Ahmad|Ahmed|Ahmadi|احمد|احمدی
Sajjad|Sajad|سجاد
Kazim|Kadhim|Kazem|کاظم
Fazl|Fadhl|فضل
Ramazan|Ramadhan|رمضان
Ferdows|Firdaws|فردوس
Mehdi|Mahdi|مهدی
Nuhullah|Nohullah|نوح الله
"""
"""One line a name: spellings that must give one and the same skeleton, whatever their script."""

OTHERS = """
FNU|LNU|Fnu Karim|Karim LNU|XXX Muska|FNUMUSKA|N/A|-|?||unknown|No name|نامعلوم
Karim no family name|Karim (surname unknown)|کریم تخلص ندارد|کريم بدون فاميلي|نا معلوم|Karim N/A
w/o Badruddin|s/o Karim|Karim s/o Ghafar|Laila d/o Nabi|wife of Ahmad|mother of Omid|baby of Karima
Baby girl of Karima|Baby boy
Baby Girl Ahmadi|Newborn|خانم داود|نوزاد خدیجه|مادر زینب|محمد بن سلمان|کریم ولد غفار|زهرا خانم
Testani, Karim|TESTANI,KARIM|Karim (Testani)|Karim-Testani|M. Karim|A.K. Testani|Karim Karim|Al-Hashimi Ahmed
Sayed|Haji|Abdul|Bibi|Mirza|Ullah|Din Mohammad|Mohammadi|Mohammadzai|محمدزی|Abdali|Gen.|Dr
Müller|Østergård|Ñandú|Łukasz|Đoan|Ivanov|O'Brien|McDonald|Иван|李
\u202bکریم\u202c|ﻛﺮﻳﻢ|ﷲ|کریم\u200cخان|Karim\u00a0Khan|KARIM  KHAN|kArIm|Karim123|123|Noor-ul-Haq|Nūr al-Dīn
"""


def _listed(text: str) -> list[list[str]]:
    return [line.split("|") for line in text.strip().splitlines()]


def vector(name: str) -> dict[str, object]:
    found = tokens(name)
    return {
        "text": name,
        "fold": fold(name),
        "tokens": [[t.folded, t.kind, t.skeleton, sound_of(t.folded) if t.skeleton else ""] for t in found],
        "skeleton": list(skeleton(name)),
    }


def patterns(rules: object) -> list[list[str]]:
    assert isinstance(rules, tuple)
    return [[element, pattern.pattern] for element, pattern in rules]


def tables() -> dict[str, object]:
    lists = (
        *(
            "HONORIFICS",
            "NAME_TITLES",
            "KIN_MARKS",
            "SLASHED",
            "KIN_ONLY_BEFORE_OF",
            "UNNAMED",
            "NO_NAME",
            "ARTICLES",
        ),
        "SURNAME_ENDINGS",
    )
    return {
        "latin_letters": script.LATIN_LETTERS,
        "arabic_letters": script.ARABIC_LETTERS,
        "latin_sounds": [list(rule) for rule in sound.LATIN_SOUNDS],
        "arabic_sounds": sound.ARABIC_SOUNDS,
        "skeleton_classes": sound.SKELETON_CLASSES,
        "abbreviations": words.ABBREVIATIONS,
        "no_name_starts": list(words.NO_NAME_STARTS),
        "no_name_phrases": list(words.NO_NAME_PHRASES),
        **{name.lower(): sorted(getattr(words, name)) for name in lists},
        "whole_latin": patterns(compounds._WHOLE_LATIN),
        "prefix_latin": patterns(compounds._PREFIX_LATIN),
        "suffix_latin": patterns(compounds._SUFFIX_LATIN),
        "whole_arabic": compounds._WHOLE_ARABIC,
        "prefix_arabic": [list(rule) for rule in compounds._PREFIX_ARABIC],
        "suffix_arabic": [list(rule) for rule in compounds._SUFFIX_ARABIC],
    }


def make() -> dict[str, object]:
    names = dict.fromkeys(name for line in (*_listed(SAME), *_listed(OTHERS)) for name in line)
    return {
        "spec": "names-v1",
        "tables": tables(),
        "same": _listed(SAME),
        "names": [vector(name) for name in names],
    }


def text() -> str:
    return json.dumps(make(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
    print(f"{FILE.name}: {len(json.loads(text())['names'])} names")
