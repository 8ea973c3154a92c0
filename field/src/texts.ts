/**
 * What the officer reads, in three languages. Dari and Pashto were written by a machine: the screen marks them so, and
 * none of it is meant for the public before a person who speaks the language has approved it (`isApproved`).
 */
import type { Action } from './decision';
import type { AgeBand, Code, Level, Sex } from './values';

export const LANGUAGES = { en: 'English', 'fa-AF': 'دری', ps: 'پښتو' } as const;
export type Language = keyof typeof LANGUAGES;

export interface Texts {
  isApproved: boolean;
  direction: 'ltr' | 'rtl';
  machineMade: string;
  levels: Record<Level, string>;
  codes: Record<Code, string>;
  document: string;
  sexes: Record<Sex, string>;
  ageBands: Record<AgeBand, string>;
  actions: Record<Action, string>;
  screen: {
    scan: string; type: string; check: string; next: string; heads: string; present: string; waiting: string; parked: string;
    sync: string; join: string; joinCode: string; noCamera: string; window: string; policy: string; eligible: string;
    reason: string; say: string; saved: string; listAge: string; point: string; notSaved: string; admitted: string;
  };
  reasons: Record<string, string>;
  refusals: Record<string, string>;
  say: Record<Level, string>;
}

const en: Texts = {
  isApproved: true,
  direction: 'ltr',
  machineMade: '',
  levels: { valid: 'Valid', 'look-closer': 'Look closer', 'not-valid': 'Not valid' },
  codes: {
    'device-not-allowed': 'This device may not check passes at this point.',
    unreadable: 'This is not a pass that can be read. Scan again, or type the text.',
    'unknown-key': 'No key on this device opens it: another point, another day, or not ours.',
    'bad-signature': 'It was altered or forged. Keep the people, call a supervisor.',
    'wrong-operation': 'It belongs to another operation. Call the site.',
    revoked: 'It was withdrawn. Ask for a newer pass or the code learnt by heart.',
    'clock-wrong': 'This device’s clock is wrong. Set it or sync, then scan again.',
    'wrong-point': 'It is for another access point. Tell them privately where it holds.',
    'used-here': 'Everybody on it was already admitted here. A copy may be about.',
    'used-elsewhere': 'Everybody on it was already admitted at another point. A copy may be about.',
    'already-admitted': 'Everybody on it was already admitted by document or code.',
    'too-early': 'Its window has not begun. Tell them when, or hold them if it is not safe to wait.',
    expired: 'Its window is over. Rebook them.',
    'policy-not-honoured': 'Its policy version is not honoured any more. Refer them: their case is open.',
    'not-bound': 'The document shown is of nobody on this pass. Ask for another document or the code.',
    'late-checkpoint': 'A checkpoint held them on the way. Hold and rebook; never turn away.',
    'list-too-old': 'What this device knows is too old to be sure. Look twice; sync when you can.',
    'part-admitted': 'Some of them were already admitted. Admit only those still open.',
    valid: 'Count heads, look at sex and age, then admit.',
  },
  document: 'A bad pass is no ground to turn anybody away: look at their documents.',
  sexes: { f: 'female', m: 'male', x: 'other', u: 'sex unknown' },
  ageBands: {
    infant: 'infant, under 2', child: 'child, 2–11', adolescent: 'adolescent, 12–17', adult: 'adult, 18–59',
    older: 'older, 60+', unknown: 'age unknown',
  },
  actions: { admit: 'Admit', refer: 'Refer', 'turn-away': 'Turn away' },
  screen: {
    scan: 'Hold the pass in the frame', type: 'Text of the pass', check: 'Check', next: 'Next person', heads: 'Expected',
    present: 'Tick those present', waiting: 'waiting to be sent', parked: 'parked by the site', sync: 'Sync now',
    join: 'Join', joinCode: 'Code of the invitation', noCamera: 'No camera: type or paste the text of the pass.',
    window: 'Window', policy: 'Policy version', eligible: 'A document makes them eligible', reason: 'Reason',
    say: 'Say', saved: 'Saved on this phone', listAge: 'List of withdrawn passes', point: 'Point',
    notSaved: 'NOT saved: try again, or write it down.', admitted: 'already admitted',
  },
  reasons: {
    'pass-valid': 'Pass is valid', 'eligible-by-document': 'Eligible by document', 'recognition-code': 'Knows the code',
    'missing-member': 'Somebody is missing', 'child-without-adult': 'Child without an adult: to the focal point',
    'wrong-adult': 'An adult who does not belong', 'extra-person': 'One more than on the pass', 'late-rebook': 'Late: rebook',
    'come-back': 'To come back later', 'other-point': 'To another point', 'no-ground': 'No ground', unsafe: 'Unsafe',
  },
  refusals: {
    'document-outranks-pass': 'Whoever is eligible by document is not turned away for a bad pass.',
    'child-never-sent-back': 'A child without a confirmed adult is never sent back: refer to the focal point.',
    'late-is-held': 'Who is late through a checkpoint is held and rebooked: refer.',
    'pass-not-valid': 'This pass opens nothing here and now: choose another reason, or refer.',
    'already-admitted': 'A member is admitted once: tick only those still open.',
    'part-needs-reason': 'Part of a party needs a reason of its own: choose one.',
  },
  say: { valid: 'Welcome. Please come this way together.', 'look-closer': 'Please wait here a moment.', 'not-valid': 'Please show me your documents.' },
};

const faAF: Texts = {
  isApproved: false,
  direction: 'rtl',
  machineMade: 'ترجمهٔ ماشینی، هنوز تأیید نشده',
  levels: { valid: 'معتبر', 'look-closer': 'دقیق‌تر ببینید', 'not-valid': 'نامعتبر' },
  codes: {
    'device-not-allowed': 'این دستگاه اجازهٔ بررسی در این نقطه را ندارد.',
    unreadable: 'این جواز خوانده نمی‌شود. دوباره اسکن کنید یا متن را بنویسید.',
    'unknown-key': 'هیچ کلید این دستگاه آن را باز نمی‌کند: نقطهٔ دیگر، روز دیگر، یا از ما نیست.',
    'bad-signature': 'تغییر داده شده یا جعلی است. مردم را نگه دارید و سرپرست را صدا کنید.',
    'wrong-operation': 'مربوط به عملیات دیگری است. با مرکز تماس بگیرید.',
    revoked: 'باطل شده است. جواز نو یا رمز حفظ‌شده را بپرسید.',
    'clock-wrong': 'ساعت این دستگاه غلط است. درست کنید و دوباره اسکن کنید.',
    'wrong-point': 'برای دروازهٔ دیگری است. به‌طور خصوصی به آن‌ها بگویید کجا.',
    'used-here': 'همهٔ افراد آن قبلاً اینجا پذیرفته شده‌اند. شاید کاپی باشد.',
    'used-elsewhere': 'همهٔ افراد آن قبلاً در نقطهٔ دیگر پذیرفته شده‌اند. شاید کاپی باشد.',
    'already-admitted': 'همهٔ افراد آن قبلاً با سند یا رمز پذیرفته شده‌اند.',
    'too-early': 'وقت آن هنوز نرسیده است. وقت را بگویید، یا اگر انتظار خطرناک است نگه دارید.',
    expired: 'وقت آن گذشته است. وقت نو بدهید.',
    'policy-not-honoured': 'نسخهٔ پالیسی آن دیگر قبول نیست. ارجاع دهید؛ دوسیهٔ آن‌ها باز است.',
    'not-bound': 'این سند از هیچ‌کس در این جواز نیست. سند دیگر یا رمز را بپرسید.',
    'late-checkpoint': 'در پوستهٔ راه معطل شده‌اند. نگه دارید و وقت نو بدهید؛ هرگز رد نکنید.',
    'list-too-old': 'معلومات این دستگاه کهنه است. دو بار ببینید و همگام‌سازی کنید.',
    'part-admitted': 'بعضی از آن‌ها قبلاً پذیرفته شده‌اند. فقط باقی‌مانده‌ها را بپذیرید.',
    valid: 'نفرها را بشمارید، جنس و سن را ببینید، بعد بپذیرید.',
  },
  document: 'جواز نادرست دلیل رد کردن هیچ‌کس نیست: به اسنادشان نگاه کنید.',
  sexes: { f: 'زن', m: 'مرد', x: 'دیگر', u: 'جنس نامعلوم' },
  ageBands: {
    infant: 'شیرخوار، زیر ۲', child: 'کودک، ۲–۱۱', adolescent: 'نوجوان، ۱۲–۱۷', adult: 'بزرگسال، ۱۸–۵۹',
    older: 'سالمند، ۶۰+', unknown: 'سن نامعلوم',
  },
  actions: { admit: 'پذیرفتن', refer: 'ارجاع', 'turn-away': 'رد کردن' },
  screen: {
    scan: 'جواز را در چوکات بگیرید', type: 'متن جواز', check: 'بررسی', next: 'نفر بعدی', heads: 'انتظار می‌رود',
    present: 'حاضران را نشانی کنید', waiting: 'در انتظار ارسال', parked: 'کنار گذاشته شده', sync: 'همگام‌سازی',
    join: 'پیوستن', joinCode: 'رمز دعوت', noCamera: 'کمره نیست: متن جواز را بنویسید.', window: 'وقت',
    policy: 'نسخهٔ پالیسی', eligible: 'سندی آن‌ها را واجد شرایط می‌سازد', reason: 'دلیل', say: 'بگویید',
    saved: 'در این تلفون ذخیره شد', listAge: 'لیست جوازهای باطل', point: 'نقطه',
    notSaved: 'ذخیره نشد: دوباره کوشش کنید یا یادداشت کنید.', admitted: 'قبلاً پذیرفته شده',
  },
  reasons: {
    'pass-valid': 'جواز معتبر است', 'eligible-by-document': 'با سند واجد شرایط', 'recognition-code': 'رمز را می‌داند',
    'missing-member': 'کسی کم است', 'child-without-adult': 'کودک بدون بزرگسال: به مسئول اطفال',
    'wrong-adult': 'بزرگسالی که مربوط نیست', 'extra-person': 'یک نفر بیشتر', 'late-rebook': 'دیر شده: وقت نو',
    'come-back': 'بعداً بیاید', 'other-point': 'به نقطهٔ دیگر', 'no-ground': 'بدون اساس', unsafe: 'ناامن',
  },
  refusals: {
    'document-outranks-pass': 'کسی که با سند واجد شرایط است، به خاطر جواز نادرست رد نمی‌شود.',
    'child-never-sent-back': 'کودک بدون بزرگسال تأییدشده هرگز پس فرستاده نمی‌شود: ارجاع دهید.',
    'late-is-held': 'کسی که در پوسته معطل شده نگه داشته و وقت نو داده می‌شود: ارجاع دهید.',
    'pass-not-valid': 'این جواز اینجا و اکنون چیزی را باز نمی‌کند: دلیل دیگر یا ارجاع.',
    'already-admitted': 'هر نفر یک بار پذیرفته می‌شود: فقط باقی‌مانده‌ها را نشانی کنید.',
    'part-needs-reason': 'بخشی از خانواده دلیل جداگانه می‌خواهد.',
  },
  say: { valid: 'خوش آمدید. لطفاً همه با هم از این طرف بیایید.', 'look-closer': 'لطفاً یک لحظه اینجا صبر کنید.', 'not-valid': 'لطفاً اسناد خود را به من نشان دهید.' },
};

const ps: Texts = {
  isApproved: false,
  direction: 'rtl',
  machineMade: 'ماشیني ژباړه، لا تایید شوې نه ده',
  levels: { valid: 'سم', 'look-closer': 'په ځیر یې وګورئ', 'not-valid': 'ناسم' },
  codes: {
    'device-not-allowed': 'دا وسیله په دې ځای کې د کتلو اجازه نه لري.',
    unreadable: 'دا جواز نه لوستل کېږي. بیا یې سکن کړئ یا متن ولیکئ.',
    'unknown-key': 'د دې وسیلې هیڅ کیلي یې نه خلاصوي: بل ځای، بله ورځ، یا زموږ نه دی.',
    'bad-signature': 'بدل شوی یا جعلي دی. خلک ودروئ او مشر راوغواړئ.',
    'wrong-operation': 'د بلې عملیاتو دی. له مرکز سره اړیکه ونیسئ.',
    revoked: 'باطل شوی دی. نوی جواز یا یاد کړی کوډ وپوښتئ.',
    'clock-wrong': 'د دې وسیلې ساعت غلط دی. سم یې کړئ او بیا سکن کړئ.',
    'wrong-point': 'د بلې دروازې لپاره دی. په پټه ورته ووایاست چې چېرته.',
    'used-here': 'ټول کسان یې دمخه دلته منل شوي دي. کاپي به وي.',
    'used-elsewhere': 'ټول کسان یې دمخه په بل ځای کې منل شوي دي. کاپي به وي.',
    'already-admitted': 'ټول کسان یې دمخه په سند یا کوډ منل شوي دي.',
    'too-early': 'وخت یې لا نه دی رسېدلی. وخت ورته ووایاست، یا که انتظار خطرناک وي وې ساتئ.',
    expired: 'وخت یې تېر شوی دی. نوی وخت ورکړئ.',
    'policy-not-honoured': 'د پالیسۍ دا نسخه نور نه منل کېږي. راجع یې کړئ؛ دوسیه یې خلاصه ده.',
    'not-bound': 'دا سند په دې جواز کې د هیچا نه دی. بل سند یا کوډ وپوښتئ.',
    'late-checkpoint': 'په لاره کې په پوسته کې ځنډېدلي دي. وې ساتئ او نوی وخت ورکړئ؛ هیڅکله یې مه ردوئ.',
    'list-too-old': 'د دې وسیلې معلومات زاړه دي. دوه ځله وګورئ او همغږي کړئ.',
    'part-admitted': 'ځینې یې دمخه منل شوي دي. یوازې پاتې کسان ومنئ.',
    valid: 'کسان وشمېرئ، جنس او عمر وګورئ، بیا یې ومنئ.',
  },
  document: 'ناسم جواز د هیچا د ردولو دلیل نه دی: سندونه یې وګورئ.',
  sexes: { f: 'ښځه', m: 'نر', x: 'بل', u: 'جنس نامعلوم' },
  ageBands: {
    infant: 'تی رودونکی، تر ۲ کم', child: 'ماشوم، ۲–۱۱', adolescent: 'تنکی ځوان، ۱۲–۱۷', adult: 'لوی، ۱۸–۵۹',
    older: 'زوړ، ۶۰+', unknown: 'عمر نامعلوم',
  },
  actions: { admit: 'منل', refer: 'راجع کول', 'turn-away': 'ردول' },
  screen: {
    scan: 'جواز په چوکاټ کې ونیسئ', type: 'د جواز متن', check: 'کتل', next: 'بل کس', heads: 'تمه ده',
    present: 'حاضر کسان په نښه کړئ', waiting: 'د لېږلو په تمه', parked: 'څنګ ته ایښودل شوي', sync: 'همغږي',
    join: 'یوځای کېدل', joinCode: 'د بلنې کوډ', noCamera: 'کمره نشته: د جواز متن ولیکئ.', window: 'وخت',
    policy: 'د پالیسۍ نسخه', eligible: 'سند یې مستحق کوي', reason: 'دلیل', say: 'ووایاست',
    saved: 'په دې ټلیفون کې خوندي شو', listAge: 'د باطلو جوازونو لیست', point: 'ځای',
    notSaved: 'خوندي نه شو: بیا هڅه وکړئ یا یې ولیکئ.', admitted: 'دمخه منل شوی',
  },
  reasons: {
    'pass-valid': 'جواز سم دی', 'eligible-by-document': 'په سند مستحق', 'recognition-code': 'کوډ یې زده دی',
    'missing-member': 'څوک کم دی', 'child-without-adult': 'ماشوم بې لویه: د ماشومانو مسؤل ته',
    'wrong-adult': 'لوی چې اړوند نه دی', 'extra-person': 'یو کس زیات', 'late-rebook': 'ناوخته: نوی وخت',
    'come-back': 'وروسته دې راشي', 'other-point': 'بل ځای ته', 'no-ground': 'بې اساسه', unsafe: 'ناامنه',
  },
  refusals: {
    'document-outranks-pass': 'څوک چې په سند مستحق وي، د ناسم جواز له امله نه ردېږي.',
    'child-never-sent-back': 'ماشوم بې تایید شوي لوی هیڅکله نه ستنېږي: راجع یې کړئ.',
    'late-is-held': 'څوک چې په پوسته کې ځنډېدلی وي ساتل کېږي او نوی وخت ورکول کېږي: راجع یې کړئ.',
    'pass-not-valid': 'دا جواز دلته او اوس هیڅ نه خلاصوي: بل دلیل یا راجع کول.',
    'already-admitted': 'هر کس یو ځل منل کېږي: یوازې پاتې کسان په نښه کړئ.',
    'part-needs-reason': 'د کورنۍ یوه برخه جلا دلیل غواړي.',
  },
  say: { valid: 'ښه راغلاست. مهرباني وکړئ ټول یوځای دې خوا راشئ.', 'look-closer': 'مهرباني وکړئ یوه شېبه دلته صبر وکړئ.', 'not-valid': 'مهرباني وکړئ خپل سندونه راوښایاست.' },
};

export const TEXTS: Record<Language, Texts> = { en, 'fa-AF': faAF, ps };
