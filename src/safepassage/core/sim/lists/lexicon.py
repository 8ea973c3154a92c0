"""Common given names, in sounds and in Dari spelling, from which all names of invented people are put together.

Sounds are written with one sign each: long ā ī ū ē ō, x (as in Bach), ɣ (gh), š, č, ž, q, w, y. Common knowledge of
Dari and Pashto naming; no name list of real people was used. Whole names are assembled by lot.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One part of a name: its sounds, and how Dari spells it."""

    sounds: str
    dari: str


Name = tuple[Word, ...]
"""A name as its parts; parts of a compound (`abdul` + `rahmān`) stand apart here and are joined by list writers."""


def _words(text: str) -> tuple[Word, ...]:
    return tuple(Word(*pair.split()) for pair in text.strip().split(","))


MALE = _words(
    "ahmad احمد,mahmūd محمود,karīm کریم,rahīm رحیم,yūsof یوسف,"
    "yūnos یونس,nāser ناصر,nasīr نصیر,jāwēd جاوید,farīd فرید,"
    "wahīd وحید,hamīd حمید,hāmed حامد,xāled خالد,tāreq طارق,"
    "rafīq رفیق,šafīq شفیق,qāsem قاسم,qayūm قیوم,ɣafūr غفور,"
    "jamšēd جمشید,fērōz فیروز,omēd امید,omar عمر,osmān عثمان,"
    "alī علی,hasan حسن,hosayn حسین,mortazā مرتضی,mostafā مصطفی,"
    "esmāīl اسماعیل,ebrāhīm ابراهیم,mūsā موسی,īsā عیسی,"
    "dāwūd داود,solaymān سلیمان,sekandar سکندر,bahrām بهرام,"
    "rostam رستم,sohrāb سهراب,mīrwais میرویس,zalmay زلمی,"
    "tōryālay توریالی,spīn سپین,bāryālay باریالی,xošhāl خوشحال,"
    "ajmal اجمل,akmal اکمل,fayṣal فیصل,fawād فواد,edrīs ادریس,"
    "elyās الیاس,bašīr بشیر,nazīr نذیر,amīn امین,amān امان,"
    "jalīl جلیل,jamīl جمیل,kamāl کمال,jamāl جمال,latīf لطیف,"
    "majīd مجید,manṣūr منصور,naīm نعیم,nabī نبی,nādēr نادر,"
    "qodrat قدرت,rāšed راشد,rašīd رشید,reẓā رضا,sābēr صابر,sādeq صادق,ṣadīq صدیق,salīm سلیم,"
    "šāker شاکر,šarīf شریف,šēr شیر,tamīm تمیم,walī ولی,"
    "yāsīn یاسین,zāher ظاهر,zāhed زاهد,zamān زمان,zakī ذکی,zobayr زبیر,"
    "gol گل,nawrōz نوروز,ramaẓān رمضان,šabān شعبان,rajab رجب,"
    "aziz عزیز,ānwar انور,afẓal افضل,ayūb ایوب,mīrzā میرزا"
)
FEMALE = _words(
    "fātema فاطمه,zahrā زهرا,maryam مریم,āyeša عایشه,"
    "xadīja خدیجه,zaynab زینب,roqya رقیه,sakīna سکینه,ma'sūma معصومه,"
    "laylā لیلا,nasrīn نسرین,parwīn پروین,šīrīn شیرین,"
    "nargēs نرگس,yāsamīn یاسمین,laila لیلا,soraya ثریا,homā هما,"
    "malāla ملاله,palwaša پلوشه,zarɣūna زرغونه,spōžmay سپوژمی,"
    "waɣma وږمه,torpēkay تورپیکی,šabnam شبنم,setāra ستاره,"
    "mahbūba محبوبه,farzāna فرزانه,farīda فریده,wahīda وحیده,"
    "hamīda حمیده,nafīsa نفیسه,nājya ناجیه,rāhela راحله,"
    "šogūfa شگوفه,šokrya شکریه,šakība شکیبا,ṭāhera طاهره,"
    "samīra سمیرا,sonyā سونیا,mīnā مینا,nīlūfar نیلوفر,arzū آرزو,"
    "frēšta فرشته,behešta بهشته,mozɣān مژگان,nūryā نوریه,"
    "zohal زحل,zohra زهره,raẓya رضیه,rābea رابعه,rayhāna ریحانه,"
    "golālay گلالی,goljān گل‌جان,anīsa انیسه,azīza عزیزه,"
    "bolbol بلبل,hawā حوا,halīma حلیمه,hosnā حسنا,jamīla جمیله,"
    "karīma کریمه,latīfa لطیفه,lāla لاله,madīna مدینه,"
    "marwa مروه,nādya نادیه,najība نجیبه,pašṭāna پښتانه,qamar قمر,"
    "sahar سحر,salmā سلما,sāra ساره,ṣoɣrā صغرا,"
    "yaldā یلدا,zakya ذکیه,ẓarīfa ظریفه,behnāz بهناز,elhām الهام"
)
MOHAMMAD = Word("mohammad", "محمد")
ABDUL = Word("abdol", "عبد")
BIBI = Word("bībī", "بی‌بی")
GOL = Word("gol", "گل")
SERVANT_OF = _words(
    "rahmān رحمن,rahīm رحیم,karīm کریم,qādēr قادر,hamīd حمید,"
    "ɣafār غفار,jabār جبار,satār ستار,xāleq خالق,razāq رزاق,"
    "wadūd ودود,wahāb وهاب,salām سلام,hādī هادی,matīn متین,"
    "walī ولی,baṣīr بصیر,samad صمد,tawāb تواب,ahad احد"
)
OF_GOD = _words(
    "asad اسد,habīb حبیب,najīb نجیب,hedāyat هدایت,rahmat رحمت,"
    "enāyat عنایت,nūr نور,zabīh ذبیح,matī مطیع,samī سمیع,"
    "sayf سیف,abd عبید,naqīb نقیب,ẓīā ضیاء,karāmat کرامت,"
    "barakat برکت,amān امان,ehsān احسان,rūh روح,hafīz حفیظ"
)
ALLAH = Word("ollāh", "الله")
OF_FAITH = _words(
    "jamāl جمال,kamāl کمال,salāh صلاح,nezām نظام,šams شمس,zahīr ظهیر,faxr فخر,qamar قمر,nūr نور,sayf سیف"
)
DIN = Word("oddīn", "الدین")
STEMS = tuple(word for word in MALE if word.dari[-1] not in "ایوه")
"""Names to which a surname's ending can be joined."""
SURNAME_ENDINGS = _words("zāda زاده,zay زی,yār یار,ī ی,pūr پور,wāl وال,niyā نیا,mal مل,xēl خیل")

PROVINCES: tuple[tuple[str, str], ...] = (
    ("Kabul", "کابل"),
    ("Herat", "هرات"),
    ("Nangarhar", "ننگرهار"),
    ("Kandahar", "کندهار"),
    ("Balkh", "بلخ"),
    ("Parwan", "پروان"),
    ("Ghazni", "غزنی"),
    ("Kunduz", "کندز"),
    ("Helmand", "هلمند"),
    ("Bamyan", "بامیان"),
    ("Logar", "لوگر"),
    ("Khost", "خوست"),
    ("Takhar", "تخار"),
    ("Badakhshan", "بدخشان"),
    ("Wardak", "وردک"),
    ("Laghman", "لغمان"),
)
