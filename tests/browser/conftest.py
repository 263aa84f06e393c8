"""A real browser at a real server; every test here is skipped by name where no Chromium is found."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, expect, sync_playwright

from tests.browser.server import ServerThread

# Playwright's own event loop runs in the thread of the tests, which makes Django take them for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE = 60_000
"""Milliseconds: on a loaded machine everything takes many times as long, and only what fails waits to the end."""
expect.set_options(timeout=PATIENCE)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM is None and os.environ.get("CHROMIUM_REQUIRED"):
        raise pytest.UsageError("No Chromium was found, and CHROMIUM_REQUIRED asks for one. Install it.")
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium found"))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield browser
    browser.close()


def close_all(contexts: list[BrowserContext]) -> None:
    while contexts:
        contexts.pop().close()


@pytest.fixture
def contexts() -> Iterator[list[BrowserContext]]:
    """Those that are open; whoever ends first what pages ask closes them before it does."""
    opened: list[BrowserContext] = []
    yield opened
    close_all(opened)


@pytest.fixture
def open_page(chromium: Browser, contexts: list[BrowserContext]) -> Iterator[Callable[..., Page]]:
    """Opens a page of its own context: ``open_page(locale="en", viewport=PHONE)``; errors of scripts fail the test."""
    errors: list[str] = []

    def make(locale: str = "en", viewport: ViewportSize = DESK, **options: Any) -> Page:  # type: ignore[assignment]
        contexts.append(chromium.new_context(locale=locale, viewport=viewport, **options))
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield make
    close_all(contexts)
    assert errors == []


@pytest.fixture
def site(parallel_database: None, contexts: list[BrowserContext]) -> Iterator[str]:
    """The address of a server with threads, on a database that they share."""
    thread = ServerThread("127.0.0.1", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    # A page that asks or saves by itself would do so on the database of the next test.
    close_all(contexts)
    thread.terminate()
    connection.close()
