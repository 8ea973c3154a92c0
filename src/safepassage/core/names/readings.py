"""Frequent names of Dari and Pashto in the Latin spelling that is usual in Afghanistan.

Arabic script leaves out short vowels, which no rule can guess: ناصر is Naser, and نصر would be read alike. Common
knowledge of naming; no list of people was used.
"""

from __future__ import annotations

from safepassage.core.names.script import fold_word


def _readings(text: str) -> dict[str, str]:
    pairs = (pair.split() for pair in text.split(","))
    return {fold_word(eastern): latin for latin, eastern in pairs}


MEN = _readings(
    "mohammad محمد, ahmad احمد, mahmud محمود, hasan حسن, hussain حسین, ali علی, omar عمر, osman عثمان, "
    "yusuf یوسف, yunus یونس, nasir ناصر, nasir نصیر, jawed جاوید, jawad جواد, hamed حامد, khaled خالد, "
    "tariq طارق, qasem قاسم, qader قادر, farhad فرهاد, feroz فیروز, omid امید, murtaza مرتضی, "
    "mustafa مصطفی, ismail اسماعیل, ibrahim ابراهیم, musa موسی, isa عیسی, dawud داود, sulaiman سلیمان, "
    "sekandar سکندر, bahram بهرام, rustam رستم, sohrab سهراب, mirwais میرویس, zalmai زلمی, "
    "toryalai توریالی, baryalai باریالی, ajmal اجمل, akmal اکمل, faisal فیصل, fawad فواد, idris ادریس, "
    "elyas الیاس, aman امان, jamal جمال, kamal کمال, mansur منصور, naim نعیم, nabi نبی, nader نادر, "
    "qudrat قدرت, rashed راشد, reza رضا, saber صابر, sadeq صادق, sediq صدیق, shaker شاکر, sher شیر, "
    "yasin یاسین, zaher ظاهر, zahed زاهد, zaman زمان, zaki ذکی, zubair زبیر, gul گل, gulab گلاب, "
    "nowroz نوروز, ramazan رمضان, shaban شعبان, rajab رجب, anwar انور, afzal افضل, ayub ایوب, mirza میرزا, "
    "sami سمیع, navid نوید, naser نصر, ghulam غلام, samim صمیم, sultan سلطان, haidar حیدر, hashem هاشم, "
    "mohsen محسن, taher طاهر, saleh صالح, faiz فیض, nazar نظر, akbar اکبر, asghar اصغر, jafar جعفر, "
    "baqer باقر, kazem کاظم, sajad سجاد, mahdi مهدی, matin متین, asad اسد, habib حبیب, rahmat رحمت, "
    "nur نور, saif سیف, ehsan احسان, hafiz حفیظ, salam سلام, qais قیس, noman نعمان, sardar سردار, "
    "shah شاه, jan جان, khan خان, agha آغا, sayed سید, haji حاجی, mir میر, wais ویس, zabih ذبیح, "
    "najib نجیب, najiba نجیبه, khalil خلیل, ghafar غفار, ghafur غفور, jabar جبار, satar ستار, razaq رزاق, "
    "wahab وهاب, ghani غنی, ghazi غازی, rasul رسول, amir امیر, wakil وکیل"
)
WOMEN = _readings(
    "fatima فاطمه, fatima فاطیما, zahra زهرا, maryam مریم, aisha عایشه, khadija خدیجه, zainab زینب, "
    "ruqia رقیه, sakina سکینه, masuma معصومه, laila لیلا, laila لیلی, nasrin نسرین, parwin پروین, "
    "shirin شیرین, nargis نرگس, yasamin یاسمین, soraya ثریا, homa هما, malala ملاله, palwasha پلوشه, "
    "zarghuna زرغونه, spozhmai سپوژمی, shabnam شبنم, setara ستاره, mahbuba محبوبه, farzana فرزانه, "
    "shukria شکریه, tahera طاهره, rahela راحله, nilufar نیلوفر, arzu آرزو, freshta فرشته, muzhgan مژگان, "
    "zuhal زحل, zohra زهره, razia رضیه, rabia رابعه, raihana ریحانه, hawa حوا, hosna حسنا, lala لاله, "
    "madina مدینه, marwa مروه, nadia نادیه, nadia نادیا, qamar قمر, sahar سحر, salma سلما, sara ساره, "
    "sara سارا, sughra صغرا, yalda یلدا, zakia ذکیه, elham الهام, roya رویا, sadaf صدف, amina امینه, "
    "mina مینا, najia ناجیه, bibi بی‌بی, bibi بیبی, gulalai گلالی, sonia سونیا, husna حسنی, morsal مرسل, "
    "sadia سعدیه, somaya سمیه, sumaya سمیه, kubra کبری, kubra کبرا, mahnaz مهناز, basira بصیره"
)
FAMILIES = _readings(
    "popal پوپل, hotak هوتک, wardak وردک, stanekzai ستانکزی, barakzai بارکزی, ahmadzai احمدزی, "
    "yousafzai یوسفزی, alokozai الکوزی, nurzai نورزی, mohmand مومند, safi صافی, durrani درانی, "
    "sadat سادات, hazara هزاره, tajik تاجیک"
)
READINGS = WOMEN | MEN | FAMILIES
"""The folded word to its reading, lower case."""
