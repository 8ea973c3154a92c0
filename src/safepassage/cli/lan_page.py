"""The page that a phone sees before it trusts the site: what to compare, where to tap."""

from __future__ import annotations

from html import escape

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Join a phone</title>
<style>
:root {{ color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif }}
body {{ max-width: 36rem; margin-inline: auto; padding: 1rem }}
a.go {{ display: block; padding: .9rem; margin-block: .75rem; border-radius: 10px; background: #0b57d0; color: #fff;
  text-align: center; text-decoration: none }}
</style></head><body>
<h1>Join a phone</h1>
<ol>
<li><a class="go" href="/ca.crt" download="safe-passage-site.crt">Get the site's certificate</a>
<p>Before you trust it, open its details and compare <b>SHA-256</b> with the letters on the laptop's screen. If they
differ, stop: somebody stands between. Don't trust letters on a page like this one; whoever stands between could
write them.</p>
<p><b>Android:</b> Settings, search "CA certificate", Install anyway, choose the file. Use Chrome.</p>
<p><b>iPhone, iPad:</b> in Safari, Allow; Settings, Profile Downloaded, Install; then General, About,
Certificate Trust Settings, switch it on.</p>
<p><b>Windows:</b> open the file, Install Certificate, Current User, Trusted Root Certification Authorities.</p>
<p><b>macOS:</b> open the file in Keychain Access; set it to Always Trust.</p>
<p><b>Linux:</b> in Chromium, Settings, Certificates, Authorities, Import. <b>Firefox</b> everywhere: Settings,
Certificates, Authorities, Import.</p></li>
<li><p>Scan the invitation that the desk shows, or open the app and type its code:</p>
<a class="go" href="{origin}/field/">Open the field app</a></li>
</ol>
<p>The certificate can vouch for this site's name and for private addresses only. Remove it when the operation
is over.</p>
</body></html>
"""


def join_page(*, origin: str) -> str:
    """The page as HTML, without a script, and without a fingerprint: plain HTTP can prove nothing about itself."""
    return _PAGE.format(origin=escape(origin))
