/** What is read on a bus and at a staging base, in three languages; Dari and Pashto by a machine, as the other texts. */
import type { Language } from './shape';

export interface LegTexts {
  show: string; type: string; choose: string; none: string; another: string; departs: string; manifest: string; noManifest: string;
  expected: string; aboard: string; missing: string; seats: string; others: string; list: string; line: string; person: string;
  tick: string; board: string; sitting: string; isOn: string; notAll: string; boardHere: string; again: string; stepped: string;
  full: string; fits: string; otherLeg: string; from: string; to: string; hasLeft: string; sendThere: string; takeAlong: string;
  toDesk: string; unknown: string; neverAway: string; noted: string; leave: string; counted: string; countFirst: string; differs: string;
  byScans: string; byEye: string; isRight: string; without: string; leaveWithout: string; left: string; lateScans: string; twoPairs: string; standBy: string; standsBy: string;
  base: string; here: string; beds: string; free: string; noBeds: string; due: string; arrived: string; isHere: string;
  onward: string; noOnward: string; later: string; lost: string; lostAsk: string; noBooking: string; noBookingNote: string;
  walkIn: string; takeIn: string; overfull: string; nobodyDue: string; noLegs: string;
}

const en: LegTexts = {
  show: 'Hold the pass or slip in the frame', type: 'Code, slip, or end of the party’s id', choose: 'Which one do you load?',
  none: 'Nothing leaves from here in these days.', another: 'Load another', departs: 'Departs', manifest: 'Manifest, version',
  noManifest: 'No manifest is closed yet: these are the bookings.', expected: 'expected', aboard: 'aboard', missing: 'missing', seats: 'seats',
  others: 'not on the manifest', list: 'Who is missing', line: 'Line', person: 'Person', tick: 'Tick who boards.', board: 'They board',
  sitting: 'aboard', isOn: 'was seen on', notAll: 'Not all of this party are here. Not here:',
  boardHere: 'Board those here. The others may still come.', again: 'They are aboard already. Somebody may hold a copy of their pass.',
  stepped: 'I know them: they stepped off and came back.', full: 'That is more people than seats:',
  fits: 'They fit: children on laps.', otherLeg: 'They belong elsewhere', from: 'from', to: 'to', hasLeft: 'It has left.',
  sendThere: 'Send them there', takeAlong: 'Take them along', toDesk: 'To the desk: they are helped there',
  unknown: 'This phone knows no booking for it.', neverAway: 'That is no ground to send anybody away. Take them to the desk; keep a family together.',
  noted: 'On record. The desk is told.', leave: 'Depart', counted: 'Heads counted by eye', countFirst: 'Count the heads first.',
  differs: 'Your count and the scans differ.', byScans: 'by scans', byEye: 'counted', isRight: 'My count is right: depart. The site is told.',
  without: 'These of the manifest are not aboard:', leaveWithout: 'Depart without them. The site is told.', left: 'It has left, with',
  lateScans: 'Scans after it has left still count.',
  twoPairs: 'A second officer has compared documents and faces: board them.',
  standBy: 'Standing by, in this order', standsBy: 'They stand by: they have no seat of their own. Board them once those of the manifest have theirs.',
  base: 'Staging base', here: 'here', beds: 'beds', free: 'free', noBeds: 'number of beds not known', due: 'still to arrive', arrived: 'They have arrived',
  isHere: 'here', onward: 'Onward', noOnward: 'No onward flight is planned yet.', later: 'They come later: leave it open.',
  lost: 'They were aboard and did not come off: missing. The site is told.', lostAsk: 'Not here:',
  noBooking: 'No booking to this base is known for it.', noBookingNote: 'Take them in without a booking: they have a bed tonight and are registered later.',
  walkIn: 'Without a booking', takeIn: 'Take in and count', overfull: 'More people than beds', nobodyDue: 'Nobody is expected.',
  noLegs: 'No flight comes or goes in these days.',
};

const fa: LegTexts = {
  show: 'اجازه‌نامه یا پارچه را در چوکات نگه دارید', type: 'کود، پارچه، یا آخر شمارهٔ خانواده', choose: 'کدام را سوار می‌کنید؟',
  none: 'در این روزها از اینجا چیزی حرکت نمی‌کند.', another: 'یکی دیگر', departs: 'حرکت', manifest: 'فهرست مسافران، نسخهٔ',
  noManifest: 'هنوز فهرست مسافران بسته نشده: این‌ها نوبت‌های گرفته‌شده است.', expected: 'انتظار می‌رود', aboard: 'سوار', missing: 'غایب', seats: 'چوکی',
  others: 'خارج از فهرست', list: 'کی غایب است', line: 'خط', person: 'نفر', tick: 'کسانی را که سوار می‌شوند نشانی کنید.', board: 'سوار می‌شوند',
  sitting: 'سوار', isOn: 'دیده شده در', notAll: 'همهٔ این خانواده اینجا نیستند. اینجا نیست:',
  boardHere: 'حاضران را سوار کنید. دیگران هنوز می‌توانند بیایند.', again: 'پیش از این سوار شده‌اند. شاید کسی کاپی اجازه‌نامهٔ‌شان را دارد.',
  stepped: 'می‌شناسم‌شان: پایین شده و پس آمده‌اند.', full: 'نفرها از چوکی‌ها بیشتر است:',
  fits: 'جا می‌شوند: کودکان روی زانو.', otherLeg: 'جای‌شان در وسیلهٔ دیگر است', from: 'از', to: 'به', hasLeft: 'حرکت کرده است.',
  sendThere: 'آنجا روان کنید', takeAlong: 'با خود ببرید', toDesk: 'به میز: آنجا کمک می‌شوند',
  unknown: 'این تلفون برای آن نوبتی نمی‌شناسد.', neverAway: 'این دلیل راندن کسی نیست. به میز ببریدشان؛ خانواده را یکجا نگه دارید.',
  noted: 'ثبت شد. به میز گفته می‌شود.', leave: 'حرکت', counted: 'نفرها به شمار چشم', countFirst: 'اول نفرها را بشمارید.',
  differs: 'شمار شما و اسکن‌ها فرق دارد.', byScans: 'به اسکن', byEye: 'شمرده', isRight: 'شمار من درست است: حرکت. به مرکز گفته می‌شود.',
  without: 'این‌ها از فهرست سوار نیستند:', leaveWithout: 'بدون آن‌ها حرکت. به مرکز گفته می‌شود.', left: 'حرکت کرد، با',
  lateScans: 'اسکن پس از حرکت هم حساب می‌شود.',
  twoPairs: 'افسر دوم سندها و چهره‌ها را مقایسه کرده: سوار کنید.',
  standBy: 'در انتظار جای خالی، به این ترتیب', standsBy: 'در انتظار جای خالی‌اند و چوکی خود ندارند. پس از کسانی که در فهرست‌اند سوارشان کنید.',
  base: 'پایگاه میانی', here: 'در اینجا', beds: 'بستر', free: 'خالی', noBeds: 'تعداد بسترها معلوم نیست', due: 'هنوز نرسیده', arrived: 'رسیده‌اند',
  isHere: 'اینجا', onward: 'ادامهٔ سفر', noOnward: 'هنوز پرواز بعدی پلان نشده.', later: 'بعداً می‌آیند: باز بماند.',
  lost: 'سوار بودند و پایین نشدند: گم. به مرکز گفته می‌شود.', lostAsk: 'اینجا نیست:',
  noBooking: 'برای آن نوبتی به این پایگاه معلوم نیست.', noBookingNote: 'بدون نوبت بپذیرید: امشب بستر دارند و بعد ثبت می‌شوند.',
  walkIn: 'بدون نوبت', takeIn: 'پذیرش و شمار', overfull: 'نفرها از بسترها بیشتر است', nobodyDue: 'منتظر کسی نیستیم.',
  noLegs: 'در این روزها پروازی نمی‌آید و نمی‌رود.',
};

const ps: LegTexts = {
  show: 'اجازه‌لیک یا پارچه په چوکاټ کې ونیسئ', type: 'کوډ، پارچه، یا د کورنۍ د شمېرې پای', choose: 'کوم یو سپروئ؟',
  none: 'په دې ورځو کې له دې ځایه هېڅ نه ځي.', another: 'بل یو', departs: 'تګ', manifest: 'د مسافرو لېست، نسخه',
  noManifest: 'د مسافرو لېست لا نه دی تړل شوی: دا نیول شوي نوبتونه دي.', expected: 'تمه کېږي', aboard: 'سپاره', missing: 'نشته', seats: 'څوکۍ',
  others: 'په لېست کې نشته', list: 'څوک نشته', line: 'کرښه', person: 'کس', tick: 'هغه په نښه کړئ چې سپرېږي.', board: 'سپرېږي',
  sitting: 'سپور', isOn: 'لیدل شوی په', notAll: 'د دې کورنۍ ټول دلته نه دي. دلته نشته:',
  boardHere: 'حاضر کسان سپاره کړئ. نور لا راتلای شي.', again: 'لا دمخه سپاره دي. ښايي بل څوک یې د اجازه‌لیک کاپي لري.',
  stepped: 'پېژنم یې: ښکته شوي او بېرته راغلي.', full: 'کسان له څوکیو زیات دي:',
  fits: 'ځایېږي: ماشومان په غېږ کې.', otherLeg: 'ځای یې په بله وسیله کې دی', from: 'له', to: 'ته', hasLeft: 'تللې ده.',
  sendThere: 'هلته یې ولېږئ', takeAlong: 'له ځان سره یې بوځئ', toDesk: 'مېز ته: هلته ورسره مرسته کېږي',
  unknown: 'دا تلیفون ورته نوبت نه پېژني.', neverAway: 'دا د چا د شړلو دلیل نه دی. مېز ته یې بوځئ؛ کورنۍ یو ځای وساتئ.',
  noted: 'ثبت شو. مېز ته ویل کېږي.', leave: 'تګ', counted: 'په سترګو شمېرل شوي کسان', countFirst: 'لومړی کسان وشمېرئ.',
  differs: 'ستاسو شمېر او سکنونه توپیر لري.', byScans: 'په سکن', byEye: 'شمېرل شوي', isRight: 'زما شمېر سم دی: تګ. مرکز ته ویل کېږي.',
  without: 'دا د لېست کسان سپاره نه دي:', leaveWithout: 'پرته له هغوی تګ. مرکز ته ویل کېږي.', left: 'لاړ، له دومره کسانو سره:',
  lateScans: 'له تګ وروسته سکنونه هم شمېرل کېږي.',
  twoPairs: 'دویم افسر سندونه او مخونه پرتله کړي: سپاره یې کړئ.',
  standBy: 'د خالي ځای په تمه، په دې ترتیب', standsBy: 'د خالي ځای په تمه دي او خپله څوکۍ نه لري. د لېست له کسانو وروسته یې سپاره کړئ.',
  base: 'منځنۍ اډه', here: 'دلته', beds: 'بسترونه', free: 'خالي', noBeds: 'د بسترونو شمېر نه دی معلوم', due: 'لا نه دي رسېدلي', arrived: 'رسېدلي دي',
  isHere: 'دلته', onward: 'د سفر دوام', noOnward: 'بله الوتنه لا نه ده پلان شوې.', later: 'وروسته راځي: خلاص دې وي.',
  lost: 'سپاره وو او ښکته نه شول: ورک. مرکز ته ویل کېږي.', lostAsk: 'دلته نشته:',
  noBooking: 'دې اډې ته یې نوبت نه دی معلوم.', noBookingNote: 'پرته له نوبته یې ومنئ: نن شپه بستر لري او وروسته ثبتېږي.',
  walkIn: 'پرته له نوبته', takeIn: 'منل او شمېرل', overfull: 'کسان له بسترونو زیات دي', nobodyDue: 'د هېچا تمه نه کېږي.',
  noLegs: 'په دې ورځو کې الوتنه نه راځي او نه ځي.',
};

export const LEG_TEXTS: Record<Language, LegTexts> = { en, 'fa-AF': fa, ps };
