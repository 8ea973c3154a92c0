/** The store by itself, for tests/slow/test_phone_killed.py: what the app does behind its screens, without them. */
export { keepVault, openDatabase, record, unlocked, usesOf, vaultOf, waitingOf } from './store';
export { join, upload } from './sync';
export { makeVault, openVault } from './vault/vault';
