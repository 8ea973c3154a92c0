# ruff: noqa: E501, ISC004  (words in Arabic and Cyrillic script; a line is a list of words)
"""Header words and what they announce. A line: field, optional document kind, phrases in any language."""

from __future__ import annotations

from collections.abc import Mapping

from safepassage.core.intake.column_map import Field
from safepassage.core.intake.lexicon.fold import fold_phrase
from safepassage.core.people import DocumentKind

_WORDS: tuple[tuple[Field, str], ...] = (
    (Field.NAME, "name|full name|names|applicant name|name of applicant|complete name|name surname|name and surname|"
     "person name|passenger name|name of person|name as in passport|name in english|english name|pax name|"
     "نام|اسم|نام کامل|نام و تخلص|نام مکمل|اسم کامل|اسم و تخلص|اسم و ولد|شهرت|نام شخص|نام متقاضی|الاسم|الاسم الكامل|"
     "نوم|بشپړ نوم|پوره نوم|د شخص نوم|نوم او تخلص|nom complet|nom et prenom|повне ім'я|піб|фио|vollstandiger name|nombre completo"),
    (Field.GIVEN, "given name|first name|given names|forename|firstname|given|first|نام اول|نام شخصی|لومړی نوم|خپل نوم|"
     "prenom|prenoms|імя|ім'я|имя|vorname|nombre|nombres|الاسم الأول|الاسم الاول"),
    (Field.MIDDLE, "middle name|patronymic|second name|по батькові|отчество|middle"),
    (Field.FAMILY, "last name|last|surname|family name|lastname|sur name|تخلص|نام خانوادگی|نام فامیلی|فامیل|لقب|کنیه|د کورنۍ نوم|"
     "nom de famille|nom|прізвище|фамилия|nachname|familienname|apellido|apellidos|اسم العائلة|اللقب"),
    (Field.FATHER, "father name|father|fathers name|name of father|s o|son of|father full name|f name|fname|f father|"
     "نام پدر|ولد|اسم پدر|پدر|ولدیت|د پلار نوم|پلار نوم|پلار|اسم الأب|nom du pere|імя батька|name des vaters|nombre del padre"),
    (Field.GRANDFATHER, "grandfather name|g father|g f name|g father name|gfather|grand f name|grandfathers name|grand father name|grandfather|نام پدرکلان|نام پدر کلان|ولدیت پدر|د نیکه نوم|نیکه|اسم الجد"),
    (Field.MOTHER, "mother name|mother|name of mother|نام مادر|مادر|د مور نوم|مور نوم|اسم الأم|nom de la mere"),
    (Field.SPOUSE, "spouse name|husband name|wife name|spouse|husband|wife|نام همسر|نام شوهر|همسر|شوهر|د مېړه نوم|د میرمن نوم|conjoint"),
    (Field.SEX, "sex|gender|m f|male female|جنس|جنسیت|جندر|الجنس|sexe|стать|пол|geschlecht|sexo"),
    (Field.BIRTH, "date of birth|dob|birth date|birthdate|birthday|born|d o b|date birth|bdate|birth|dob age|date of birth age|"
     "dob or age|تاریخ تولد|تاریخ ولادت|تولد|تاریخ تولدی|د زیږیدو نیټه|د زېږېدو نېټه|د زیږېدنې نېټه|زیږیدنه|زیږیدنه نیټه|د زیږیدنه نیټه|د زيږيدو نيټه|تولد نیټه|د تولد نیټه|تاريخ الميلاد|تاریخ المیلاد|"
     "date de naissance|ne e le|ne le|nee le|naissance|ddn|дата народження|дата рождения|geburtsdatum|fecha de nacimiento"),
    (Field.BIRTH_DAY, "day of birth|birth day of month|روز تولد"),
    (Field.BIRTH_MONTH, "month of birth|birth month|ماه تولد"),
    (Field.BIRTH_YEAR, "year of birth|birth year|yob|سال تولد|د زیږیدو کال|geburtsjahr|annee de naissance|рік народження"),
    (Field.AGE, "age|age years|age in years|age yrs|estimated age|approximate age|سن|عمر|سن سال|عمر به سال|العمر|вік|возраст|alter|edad"),
    (Field.BIRTH_PLACE, "place of birth|birth place|birthplace|pob|city of birth|محل تولد|جای تولد|د زیږیدو ځای|د زېږېدو ځای|"
     "lieu de naissance|місце народження|geburtsort|lugar de nacimiento|مكان الولادة"),
    (Field.NATIONALITY, "nationality|citizenship|country of citizenship|nationalities|تابعیت|ملیت|تابعيت|الجنسية|nationalite|громадянство|"
     "гражданство|staatsangehorigkeit|nacionalidad|country of nationality"),
    (Field.DOCUMENT_KIND, "document type|id type|type of document|type of id|doc type|identity document type|other id type|نوع سند|نوعیت سند|د سند ډول|سند ډول|نوع اسناد|نوع تذکره|نوعیت تذکره|د تذکرې ډول|تذکره ډول|نوع پاسپورت|پاسپورت ډول|پاسپورټ ډول|نوع هویت|نوع کارت|passport type|type of passport|tazkira type|type of tazkira|id document type|kind of document|document kind"),
    (Field.DOCUMENT_EXPIRY, "passport expiry|passport expiry date|expiry date|expiry|expiration date|date of expiry|passport expiration date|"
     "passport exp|exp date|valid until|تاریخ انقضا|تاریخ ختم پاسپورت|تاریخ انقضای پاسپورت|ختم پاسپورت|د پای نیټه|د پاسپورټ د پای نېټه|د پاسپورت د پای نیټه|پاسپورټ د پای نېټه|تاریخ ختم|تاریخ ختم تذکره|اعتبار پاسپورت|تاریخ اعتبار|ppt expiry|pp expiry|passport valid until|passport validity|valid till|expires|date of expiration|visa expiry|tazkira expiry|id expiry|document expiry|ختم تاریخ|صلاحية الجواز|date d'expiration"),
    (Field.DOCUMENT_COUNTRY, "passport country|issuing country|country of issue|passport issuing country|country of issuance|کشور صادر کننده"),
    (Field.PHONE, "phone|phone number|mobile|mobile number|telephone|tel|cell|cell phone|cellphone|contact number|contact no|whatsapp|"
     "whatsapp number|contact|phone no|mobile no|phone alternative|alternative phone|phone 2|signal|viber|"
     "شماره تماس|تلفون|تلفن|موبایل|شماره تلفون|شماره موبایل|نمبر تماس|نمبر تلفون|واتساپ|شماره واتساپ|تماس|مبایل|شماره مبایل|"
     "د اړیکې شمیره|د تلیفون شمیره|ټلیفون|تلیفون|موبایل شمیره|رقم الهاتف|الهاتف|telephone portable|numero de telephone|"
     "телефон|номер телефону|telefon|handy|telefono|phone of found person"),
    (Field.EMAIL, "email|e mail|email address|mail|ایمیل|ایمیل آدرس|برېښنالیک|بریښنالیک|courriel|correo electronico|البريد الإلكتروني|"
     "email of found person|електронна пошта"),
    (Field.PLACE, "address|location|current location|province|district|city|place|current address|residence|home city|home state|"
     "village|place of stay|where are you now|last known location|home street|home neighborhood|shelter|current city|current province|"
     "admin 1|admin 2|آدرس|ولایت|ولسوالی|محل سکونت|محل سکونت فعلی|سکونت|موقعیت|موقعیت فعلی|شهر|پته|ځای|اوسنی ځای|اوسیدو ځای|د اوسیدو ځای|"
     "adresse|ville|адреса|адрес|stadt|direccion|ciudad|العنوان|المدينة"),
    (Field.LANGUAGE, "language|preferred language|languages|spoken language|زبان|ژبه|langue|мова|sprache|idioma|اللغة"),
    (Field.CLAIM, "category|status claimed|visa status|eligibility|claim|claimed category|visa category|visa type|immigration status|"
     "category of applicant|applicant category|employment|occupation|job|profession|employer|program|programme|"
     "affiliation|کتگوری|کتگوری ویزا|دسته بندی|وظیفه|شغل|نوع قضیه|نوع ویزا|ډله|دنده|کټګوري|siv status|basis|ground"),
    (Field.NEED, "special needs|specific needs|needs|medical|medical needs|medical condition|disability|disabilities|vulnerability|"
     "vulnerabilities|health|health condition|special need|نیازها|نیاز خاص|نیازهای خاص|نیازمندی خاص|نیازمندی های خاص|معلولیت|وضعیت صحی|"
     "مریضی|اړتیاوې|ځانګړې اړتیا|ځانګړې اړتیاوې|معیوبیت|besoins specifiques|observed disability|besondere bedurfnisse"),
    (Field.MARITAL, "marital status|married|civil status|حالت مدنی|وضعیت تاهل|وضعیت مدنی|مدنی حالت|متاهل|etat civil|familienstand|сімейний стан"),
    (Field.NOTES, "یادښتونه|نوټونه|notes|note|remarks|remark|comments|comment|description|additional information|other information|text|"
     "ملاحظات|توضیحات|یادداشت|یادښت|نظریات|نوټ|remarques|observations|observation|примітки|bemerkungen|observaciones|ملاحظة|message|note text"),
    (Field.GROUP, "fam|household id|family id|household no|family no|household number|family number|household|family code|group id|group|"
     "household uuid|hh id|case id|id fam|fam id|party|party id|hhid|form id|family group|group no|"
     "شماره خانواده|نمبر خانواده|کد خانواده|آی دی خانواده|خانواده|فامیل نمبر|شماره فامیل|نمبر فامیل|کورنۍ|د کورنۍ شمیره|د کورنۍ نمبر|د کورنۍ شمېره|"
     "کورنۍ شمیره|رقم العائلة|numero de famille|no de famille|n de famille|n famille|no famille|famille|numero de dossier|family"),
    (Field.ROW_KEY, "no|s no|sno|serial|serial no|serial number|s n|sn|id|number|row|index|record id|person record id|person id|"
     "individual id|uuid|nr|ser|#|label|submission id|شماره|نمبر|نمبر مسلسل|شماره مسلسل|شمیره|شمېره|ردیف|گڼه|ګڼه|رقم|n|n o|reference id|ref"),
    (Field.PARENT_KEY, "parent index|parent id|parent uuid|parent key|submission uuid|parent"),
    (Field.RELATION, "relation|relation household|relationship household|relation to hoh|relation to household|relation to family head|relation of family head|relationship|relation to head|relationship to head|relationship to head of household|relation to applicant|"
     "relationship to principal|relationship to applicant|relation to principal applicant|family relation|relation with head|"
     "relationship to pa|نسبت|قرابت|نسبت با سرپرست|رابطه|رابطه با سرپرست|نسبت فامیلی|رابطه فامیلی|نسبت با متقاضی|خپلوی|اړیکه|نسبت د کورنۍ له مشر سره|"
     "د کورنۍ له مشر سره اړیکه|د کورنۍ له مشر سره خپلوي|له مشر سره خپلوي|له مشر سره اړیکه|lien de parente|صلة القرابة|родинний зв'язок|verwandtschaft|parentesco"),
    (Field.HEAD_FLAG, "head of family|head of household|is head|hoh|family head|principal applicant|is principal|سرپرست خانواده|سرپرست|"
     "رئیس خانواده|د کورنۍ مشر|head|head name"),
    (Field.GROUP_SIZE, "how many family members|how many people|how many family members will travel with you|how many people will travel with you|total persons|total people|no of persons|number of persons|number of people|no of people|family size|household size|size|no of family members|number of family members|family members|fam num|"
     "total family members|household members|تعداد اعضای خانواده|تعداد افراد|تعداد فامیل|تعداد اعضا|د کورنۍ غړي|د غړو شمیر|members|pax|hh size"),
    (Field.STATED_ON, "date of interview|interview date|submission date|submission time|start|start time|starttime|completion time|date submitted|timestamp|source date|registration date|"
     "first registration date|date of registration|form date|تاریخ ثبت|تاریخ راجستر|د ثبت نیټه|today"),
    (Field.MEMBERS, "number of children|no of children|how many children|sons|daughters|number of sons|number of daughters|no of sons|no of daughters|boys|girls|no of kids|تعداد اطفال|تعداد فرزندان|تعداد اولاد|د ماشومانو شمیر|members name age relation|family members name age relation|members names ages|who will travel with you|family members travelling|kids|wife and kids|wife and children|spouse and children|accompanying persons|dependents and ages|family with ages|children names|who is with them|with whom|travelling with|traveling with|accompanied by|family details|names and ages of family members|names of all family members|names and ages of children|names of children|children|child names|dependents|dependents names|names of dependents|"
     "names of family members|family members names|accompanying|accompanying family|نام اطفال|اطفال|نام فرزندان|فرزندان|اولادها|نام اولادها|اسامی اعضای خانواده|"
     "اعضای خانواده|اعضای فامیل|د کورنۍ غړي نومونه|د ماشومانو نومونه|ماشومان|اولادونه"),
)  # fmt: skip

_DOCUMENTS: tuple[tuple[DocumentKind, str], ...] = (
    (DocumentKind.PASSPORT, "passport|passport no|passport number|passport num|pp no|ppt no|pass no|passport id|national passport no|"
     "travel document|travel document number|شماره پاسپورت|پاسپورت|نمبر پاسپورت|پاسپورټ|د پاسپورت شمیره|د پاسپورټ شمیره|د پاسپورټ شمېره|پاسپورټ شمیره|"
     "گذرنامه|شماره گذرنامه|جواز السفر|رقم جواز السفر|passeport|numero de passeport|no de passeport|n de passeport|n passeport|паспорт|номер паспорта|reisepass|pasaporte"),
    (DocumentKind.TAZKIRA_PAPER, "tazkira|tazkera|tazkira no|tazkira number|taskera|tazkirah|tazkera number|nid tazkira|"
     "تذکره|شماره تذکره|نمبر تذکره|د تذکرې شمیره|د تذکرې شمېره|تذکرې شمیره|تذکرې شمېره|نمبر تذکره تابعیت"),
    (DocumentKind.TAZKIRA_ELECTRONIC, "e tazkira|electronic tazkira|etazkira|تذکره الکترونیکی|شماره تذکره الکترونیکی|تذکره برقی|برېښنایي تذکره"),
    (DocumentKind.NATIONAL_ID, "national id|national id no|national id number|nid|id card|id card number|identity card|id number|id no|"
     "n id|national identity number|identity number|document number|document no|doc no|شماره هویت|کارت هویت|شماره سند|نمبر سند|د سند شمیره|سند شمیره|سند نمبر|رقم الهوية|carte d'identite|"
     "унзр|інн|ipn|personalausweis|cedula"),
    (DocumentKind.VISA, "visa|visa number|visa no|siv number|ویزا|شماره ویزا|ویزه"),
    (DocumentKind.RESIDENCE_CARD, "green card|green card number|a number|alien number|alien registration number|residence permit|"
     "permanent resident card|lpr number|uscis number|گرین کارت|شماره گرین کارت"),
    (DocumentKind.CASE_NUMBER, "case number|case no|siv case number|siv case|case|nvc case number|file number|reference number|unhcr id no|unhcr id|unhcr case|"
     "com case number|application number|nvc case|شماره قضیه|نمبر کیس|شماره کیس|کیس نمبر|شماره پرونده|قضیه|د قضیې شمیره|کیس شمیره"),
    (DocumentKind.EMPLOYER_ID, "employee id|badge|badge number|badge no|employee number|staff id|staff number|آی دی کارت وظیفه|شماره کارت"),
    (DocumentKind.OTHER, "birth certificate no|birth certificate number|drivers license no|driving licence|drivers license|driver licence|"
     "electoral card no|voter card|scope id no|other id no|other id|other document|جواز رانندگی"),
)  # fmt: skip

BLOCKERS = frozenset(
    [
        "enumerator",
        "ip",
        "simserial",
        "author",
        "interviewer",
        "collector",
        "issuer",
        "photo",
        "picture",
        "sheet",
        "table",
        "worksheet",
        "school",
        "device",
        "deviceid",
        "org",
        "organisation",
        "organization",
        "url",
        "uri",
        "source",
        "emergency",
        "employer",
        "supervisor",
        "referrer",
        "referred",
        "sponsor",
        "submitter",
        "submitted",
        "translator",
        "driver",
        "team",
        "focal",
        "staff",
        "who",
        "iban",
        "bank",
        "account",
        "linked",
        "alternate",
        "status",
        "approved",
        "marriage",
        "nearest",
        "contactperson",
        "officer",
        "operator",
        "kin",
        "made",
        "expiry",
        "consent",
        "geopoint",
        "version",
        "instance",
        "xform",
        "validation",
        "tags",
        "attachments",
        "profile",
        "entry",
        "updated",
        "modified",
        "region",
    ]
)
"""A header with one of these is about something else than the person listed, unless the whole phrase is known."""

IDLE = frozenset(
    [
        "of",
        "the",
        "a",
        "an",
        "your",
        "please",
        "enter",
        "write",
        "full",
        "complete",
        "if",
        "any",
        "is",
        "are",
        "in",
        "on",
        "as",
        "per",
        "to",
        "for",
        "with",
        "and",
        "or",
        "what",
        "s",
        "dd",
        "mm",
        "yyyy",
        "yy",
        "format",
        "required",
        "optional",
        "person",
        "persons",
        "applicant",
        "individual",
        "member",
        "evacuee",
        "latin",
        "english",
        "dari",
        "pashto",
        "local",
        "pfif",
        "i",
        "c",
        "h",
        "f",
        "را",
        "از",
        "به",
        "در",
        "که",
        "و",
        "د",
        "شما",
    ]
)
"""Words of a header that change nothing."""


def _build() -> Mapping[str, tuple[Field, DocumentKind | None]]:
    phrases: dict[str, tuple[Field, DocumentKind | None]] = {}
    for field, words in _WORDS:
        for phrase in words.split("|"):
            phrases.setdefault(fold_phrase(phrase) or phrase, (field, None))
    for kind, words in _DOCUMENTS:
        for phrase in words.split("|"):
            phrases.setdefault(fold_phrase(phrase), (Field.DOCUMENT, kind))
    return phrases


PHRASES = _build()
"""Folded phrase to what it announces."""
