"""The site's store key: sealed on disk, held in memory, gone in a second. Files and processes alone, no Django.

    keyfile     keys/store.key: 32 random bytes, sealed under the site's passphrase; made, opened, burned
    held        the open key of this process, and the small secret files that are sealed under it
    keeper      a process of its own that keeps the open key for a shift, in memory only
    unlocking   where an open key comes from: this process, the keeper, a passphrase given by file, variable or hand
    locking     a lock that reaches every process which holds the key; and its end
    anew        a process that a lock reached loses its memory: it becomes another program, or ends
    ending      a signal to end is not lost while a process becomes another program
    burning     destroys the key, and ends every process that holds it
    waiting     uploads and prints that wait for somebody: sealed, and gone in time
    encrypting  an unencrypted store made an encrypted one, in place; a kill at any moment leaves one of the two

Who holds which key, and what burning means: docs/keys.md. Why so: docs/decisions/0012-the-store-is-encrypted.md.
"""

from __future__ import annotations

from safepassage.vault.anew import inherited_door, keep_door, shut_until_unlocked
from safepassage.vault.burning import STORE, Burned, arm, burn, disarm, is_armed, watch
from safepassage.vault.encrypting import encrypt_in_place, encryption_finish
from safepassage.vault.ending import heed_signals
from safepassage.vault.held import forget, hand_over, held, hold, secret_read, secret_write, subkey, take_over
from safepassage.vault.keyfile import is_sealed, key_make, key_open, passphrase_change
from safepassage.vault.lock_mark import lock_mark
from safepassage.vault.locking import follow, follow_no_more, is_locked, lock, opening, when_locked
from safepassage.vault.unlocking import unlock
from safepassage.vault.waiting import PRINTED, UPLOADS, WAITING, waiting_clear

__all__ = [
    "PRINTED",
    "STORE",
    "UPLOADS",
    "WAITING",
    "Burned",
    "arm",
    "burn",
    "disarm",
    "encrypt_in_place",
    "encryption_finish",
    "follow",
    "follow_no_more",
    "forget",
    "hand_over",
    "heed_signals",
    "held",
    "hold",
    "inherited_door",
    "is_armed",
    "is_locked",
    "is_sealed",
    "keep_door",
    "key_make",
    "key_open",
    "lock",
    "lock_mark",
    "opening",
    "passphrase_change",
    "secret_read",
    "secret_write",
    "shut_until_unlocked",
    "subkey",
    "take_over",
    "unlock",
    "waiting_clear",
    "watch",
    "when_locked",
]
