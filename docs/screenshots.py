"""Makes the pictures of the two READMEs from a fresh demonstration: ``make screenshots``.

Needs Chromium and a Chinese font. Nothing of the working database is touched.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
PHONE, DESK = ViewportSize(width=390, height=844), ViewportSize(width=1280, height=1500)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demonstration(folder: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(address, an access code, the analyst's login) of a demonstration served from ``folder``."""
    port = free_port()
    environment = {**os.environ, "VAR_DIR": folder, "PORT": str(port), "DEBUG": "1"}
    environment.pop("DATABASE_URL", None)
    made = subprocess.run(
        [sys.executable, "manage.py", "prepare_site"], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE
    )
    code = made.stdout.decode().split("access code ")[1].split()[0]
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "8"]
    server = subprocess.Popen([*command, "--log-level", "warning"], cwd=ROOT, env=environment)
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        yield (
            f"http://127.0.0.1:{port}",
            code,
            json.loads(Path(folder, "demonstration-logins.json").read_text())["analyst"],
        )
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(address).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{address} did not answer within 20 seconds.")


def new_page(browser: Browser, locale: str, size: ViewportSize) -> Page:
    return browser.new_context(locale=locale, viewport=size, device_scale_factor=1).new_page()


def picture_questionnaire(browser: Browser, language: str, base: str, code: str) -> None:
    page = new_page(browser, LANGUAGES[language], PHONE)
    page.goto(f"{base}/#code={code}")
    page.click("#code-form .btn")
    page.wait_for_url(f"{base}/form/")
    page.goto(f"{base}/form/page/B1/")
    page.check("input[name=B1_severity][value='4']", force=True)
    page.screenshot(path=str(IMAGES / f"questionnaire-{language}.png"))


def picture_dashboard(browser: Browser, language: str, base: str, login: dict[str, str]) -> None:
    page = new_page(browser, LANGUAGES[language], DESK)
    page.goto(f"{base}/admin/login/?next=/admin/dashboard/")
    page.fill("input[name=username]", login["username"])
    page.fill("input[name=password]", login["password"])
    page.click("#login-form [type=submit]")
    page.wait_for_selector(".headlines")
    page.wait_for_timeout(1500)
    page.screenshot(path=str(IMAGES / f"dashboard-{language}.png"))


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium was not found. Install it (Debian: apt-get install chromium fonts-noto-cjk) and try again.")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demonstration(folder) as site, sync_playwright() as playwright:
        base, code, login = site
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for language in LANGUAGES:
            picture_questionnaire(browser, language, base, code)
            picture_dashboard(browser, language, base, login)


if __name__ == "__main__":
    main()
