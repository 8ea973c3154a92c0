/** The field app: join, unlock, scan, see the verdict, decide, queue; the site hears of it when it can. */
import './style.css';
import { App } from './app';
import { showHome } from './screens/home';
import { openDatabase } from './store';

void openDatabase().then((db) => new App(document.querySelector<HTMLElement>('#app')!, db, showHome).start());
