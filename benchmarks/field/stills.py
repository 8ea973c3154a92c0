"""The phone's own reader of documents, built from field/src/camera and run in Chromium over pictures."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from hatch_build import ROOT, install_packages, run_node
from playwright.sync_api import Page, sync_playwright
from tests.browser import FLAGS, ensure_chromium, use_node_of_wheel


class _Quiet(SimpleHTTPRequestHandler):
    extensions_map = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, *_: object) -> None:
        """Says nothing."""


class Reader:
    """Pictures laid into `folder` can be read by their name."""

    def __init__(self, folder: Path, page: Page) -> None:
        self.folder = folder
        self.page = page

    def picture(self, name: str) -> dict[str, Any]:
        """One still picture, with patience: every look is a vote."""
        return dict(self.page.evaluate("(name) => reader.readPicture('./' + name)", name))

    def frames(self, names: list[str]) -> dict[str, Any]:
        """Pictures as the frames of a stream, until they agree."""
        return dict(self.page.evaluate("(names) => reader.readFrames(names.map((one) => './' + one))", names))


@contextmanager
def open_reader() -> Iterator[Reader]:
    """Builds the reader, and opens it in a page of a browser."""
    install_packages()
    use_node_of_wheel()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        vite = str(ROOT / "node_modules" / "vite" / "bin" / "vite.js")
        run_node(
            vite, "build", "--mode", "stills", "--outDir", name, "--logLevel", "warn", what="vite build (stills)"
        )
        (folder / "index.html").write_text("<!doctype html><title>stills</title>", encoding="utf-8")
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=name))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=FLAGS)
            page = browser.new_page()
            page.goto(f"http://localhost:{server.server_port}/index.html")
            page.evaluate("import('./stills.js').then((module) => { globalThis.reader = module; })")
            yield Reader(folder, page)
            browser.close()
        server.shutdown()
        server.server_close()
