/** What the page says to whoever stands at the checkpoint. Dari and Pashto were written by a machine, and say so. */
export interface PageTexts {
  name: string; direction: 'ltr' | 'rtl'; machineMade: string;
  title: string; camera: string; photo: string; text: string; check: string; stop: string; noSquare: string; another: string;
  genuine: string; forged: string; 'unknown-key': string; unreadable: string;
  now: string; early: string; over: string; plate: string; heads: string; token: string; all: string; note: string;
}

export const PAGE_TEXTS: Record<'ps' | 'fa-AF' | 'en', PageTexts> = {
  ps: {
    name: 'پښتو', direction: 'rtl', machineMade: 'ماشیني ژباړه', title: 'د کاروان پاڼه وګورئ', camera: 'کمره', photo: 'د مربع عکس واخلئ',
    text: 'یا د مربع متن', check: 'وګورئ', stop: 'کمره ودروئ', noSquare: 'په عکس کې مربع ونه موندل شوه. نږدې او په رڼا کې یې بیا واخلئ.', another: 'بله پاڼه',
    genuine: 'پاڼه سمه ده', forged: 'پاڼه بدله شوې یا جعلي ده', 'unknown-key': 'پاڼه د بل چا یا د نوې کیلي ده: نوی مخ وغواړئ',
    unreadable: 'دا د کاروان پاڼه نه ده', now: 'اوس د تېرېدو وخت دی', early: 'د تېرېدو وخت لا نه دی راغلی', over: 'د تېرېدو وخت تېر شوی دی',
    plate: 'پلیټ', heads: 'کسان', token: 'نښه', all: 'ټول', note: 'دا مخ هیڅ نه لېږي او هیڅ نه ساتي. نومونه پکې نشته.',
  },
  'fa-AF': {
    name: 'دری', direction: 'rtl', machineMade: 'ترجمهٔ ماشینی', title: 'ورق کاروان را ببینید', camera: 'کمره', photo: 'عکس مربع را بگیرید',
    text: 'یا متن مربع', check: 'ببینید', stop: 'کمره را بند کنید', noSquare: 'در عکس مربع پیدا نشد. نزدیک و در روشنی دوباره بگیرید.', another: 'ورق دیگر',
    genuine: 'ورق درست است', forged: 'ورق تغییر داده شده یا جعلی است', 'unknown-key': 'ورق از کس دیگر یا با کلید نو است: صفحهٔ نو بخواهید',
    unreadable: 'این ورق کاروان نیست', now: 'حالا وقت عبور است', early: 'وقت عبور هنوز نرسیده', over: 'وقت عبور گذشته است',
    plate: 'پلیت', heads: 'نفر', token: 'نشان', all: 'همه', note: 'این صفحه هیچ چیز نمی‌فرستد و هیچ چیز نگه نمی‌دارد. نامی در آن نیست.',
  },
  en: {
    name: 'English', direction: 'ltr', machineMade: '', title: 'Check a convoy’s sheet', camera: 'Camera', photo: 'Take a photo of the square',
    text: 'Or the text of the square', check: 'Check', stop: 'Stop the camera', noSquare: 'No square was found in the photo. Take it again, near and in light.', another: 'Another sheet',
    genuine: 'The sheet is genuine', forged: 'The sheet was altered or forged', 'unknown-key': 'Another’s sheet, or signed with a newer key: ask for a new page',
    unreadable: 'This is no convoy’s sheet', now: 'Its time to pass is now', early: 'Its time to pass has not come', over: 'Its time to pass is over',
    plate: 'Plate', heads: 'People', token: 'Token', all: 'All', note: 'This page sends nothing and keeps nothing. There are no names in it.',
  },
};
