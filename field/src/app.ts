/** The app around its screens: language, lock, the unlocked store, and what every screen may ask for. */
import { type Bundle } from './bundle';
import { el } from './dom';
import type { Scanner } from './scan';
import { type Act, type Database, identityOf, keepSettings, record, settingsOf, type Store, type Written } from './store';
import { load, upload } from './sync';
import { type Language, LANGUAGES, TEXTS, type Texts } from './texts';
import type { Use } from './values';
import { watchLock } from './vault/lock';

const SYNC_EVERY_MS = 60_000;

export class App {
  language: Language = 'en';
  /** What a screen wants to do after each exchange with the site; locked, when one would be due. */
  afterSync: () => Promise<void> = async () => undefined;
  #store: Store | null = null;
  #scanner: Scanner | null = null;
  #round: Promise<void> = Promise.resolve();
  #endWatch: () => void = () => undefined;

  /** `first` puts up the screen to start from, and is the only screen that the app knows by name. */
  constructor(readonly root: HTMLElement, readonly db: Database, private readonly first: (app: App) => Promise<void>) {}

  get texts(): Texts {
    return TEXTS[this.language];
  }

  get isOpen(): boolean {
    return this.#store !== null;
  }

  /** The unlocked store; screens behind the lock alone ask for it. */
  get store(): Store {
    if (!this.#store) throw new Error('locked');
    return this.#store;
  }

  useLanguage(chosen: string | null): void {
    this.language = chosen && chosen in LANGUAGES ? (chosen as Language) : 'en';
    document.documentElement.lang = this.language;
    document.documentElement.dir = this.texts.direction;
    localStorage.setItem('language', this.language);
  }

  /** Puts a screen in place of the one before; the camera stops, and what it showed is gone. */
  show(...parts: Node[]): void {
    this.#scanner?.stop();
    this.#scanner = null;
    this.afterSync = async () => undefined;
    this.root.replaceChildren(...parts);
    if (!this.texts.isApproved && parts.length && !this.root.querySelector('footer .machine, .verdict > .machine, .board')) {
      this.root.append(el('p', { class: 'machine' }, this.texts.machineMade));
    }
    scrollTo(0, 0);
  }

  async watch(video: HTMLVideoElement, tell: (text: string) => void): Promise<void> {
    const { Scanner } = await import('./scan');
    if (!video.isConnected) return; // another screen is up by now
    this.#scanner = new Scanner(video, tell);
    return this.#scanner.start();
  }

  home(): Promise<void> {
    return this.first(this);
  }

  async open(store: Store): Promise<void> {
    this.#store = store;
    this.#endWatch();
    this.#endWatch = watchLock(() => this.lock());
    await this.home();
    void this.sync();
  }

  /** Drops the key and everything that was read with it; the page begins anew, so that no memory of it is left. */
  lock(): void {
    this.#endWatch();
    this.#store = null;
    for (const dialog of document.querySelectorAll('dialog')) dialog.remove();
    this.show();
    if (navigator.serviceWorker?.controller) location.replace(location.pathname);
    else void this.home();
  }

  /** The point at which this device stands; one that belongs to none chooses. */
  async point(bundle: Bundle): Promise<string> {
    const { point = '' } = await settingsOf(this.store);
    return bundle.points.includes(point) ? point : (bundle.points[0] ?? '');
  }

  stand(point: string): Promise<void> {
    return keepSettings(this.store, { point });
  }

  /** Writes an act; the site hears of it when it can. */
  async write(acts: Act[], use: Use | null = null): Promise<Written> {
    const written = await record(this.store, acts, use, Date.now());
    void this.sync();
    return written;
  }

  /** Sends and loads, one round after another; where the site can't be reached, nothing is lost and the check works on. */
  sync(): Promise<void> {
    this.#round = this.#round.then(() => this.#exchange());
    return this.#round;
  }

  async #exchange(): Promise<void> {
    const store = this.#store;
    if (!store) return this.afterSync();
    if (!(await identityOf(store))) return;
    try {
      await upload(store);
      if (await load(store)) await this.afterSync();
      else this.lock();
    } catch {
      // The footer shows how many wait and how old the bundle is; the next round tries again.
    }
  }

  async start(): Promise<void> {
    this.useLanguage(localStorage.getItem('language'));
    await this.home();
    void navigator.storage?.persist?.();
    if ('serviceWorker' in navigator) await navigator.serviceWorker.register('./sw.js');
    setInterval(() => void this.sync(), SYNC_EVERY_MS);
    addEventListener('online', () => void this.sync());
  }
}
