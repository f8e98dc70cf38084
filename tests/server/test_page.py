"""A real browser opens the page, types a draft, and applies what it suggests.

``WEBCARE_LINT_SCREENSHOT=docs/page.png`` keeps a picture.
"""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from webcare_lint.channels import channels, length

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
if not (CHROMIUM and DRIVER):
    warnings.warn("no Chromium and chromedriver here: the page was NOT tested in a browser", stacklevel=1)
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no Chromium and chromedriver here")
DRAFT = "Wat vervelend, Sanne! 👍🏽 Bel even met onze klantenservice op 0900-1234."


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                 "--disable-background-networking", "--disable-component-update", "--disable-sync",
                 "--disable-dev-shm-usage", "--window-size=1200,900",
                 f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):  # fmt: skip
        options.add_argument(flag)
    driver = webdriver.Chrome(options, webdriver.ChromeService(DRIVER))
    driver.set_script_timeout(20)
    yield driver
    driver.quit()


def wait(browser: Any, condition: str) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(browser, 20).until(lambda b: b.execute_script(f"return {condition}"))


def write(browser: Any, words: str) -> None:
    # Chromedriver types no characters beyond the BMP, so the field is filled as a paste would.
    browser.execute_script(
        "const d = document.getElementById('draft'); d.focus(); d.select();"
        "document.execCommand('insertText', false, arguments[0]);", words)  # fmt: skip


def test_a_draft_is_underlined_and_a_suggestion_applied(browser: Any, server: str) -> None:
    browser.get(server)
    wait(browser, "document.querySelector('#channel option[value=x]')")
    write(browser, DRAFT)
    wait(browser, "document.querySelector('#under mark')")
    assert browser.execute_script("return document.querySelector('#under mark').textContent").startswith("Bel even")
    assert browser.execute_script("return document.querySelector('#lights li:nth-child(2) button').dataset.level") == "error"
    count = browser.execute_script("return document.getElementById('count').textContent")
    assert count.split()[0] == str(length(DRAFT, channels()["x"]))
    picture = os.environ.get("WEBCARE_LINT_SCREENSHOT")
    if picture:
        browser.save_screenshot(str(Path(picture)))
    browser.execute_script("document.querySelector('article[data-commandment=\"2\"] button').click()")
    wait(browser, "!document.querySelector('article[data-commandment=\"2\"]')")
    applied = browser.execute_script("return document.getElementById('draft').value")
    assert applied.startswith("Wat vervelend, Sanne! 👍🏽 ")
    assert "0900-1234" not in applied
    browser.execute_script("document.execCommand('undo')")
    assert browser.execute_script("return document.getElementById('draft').value") == DRAFT


def test_a_suggestion_for_an_older_draft_changes_nothing(browser: Any, server: str) -> None:
    browser.get(server)
    write(browser, DRAFT)
    wait(browser, "document.querySelector('article[data-commandment=\"2\"] button')")
    browser.execute_script(
        "const d = document.getElementById('draft'); d.setSelectionRange(0, 0);"
        "document.execCommand('insertText', false, 'Hoi! ');"
        "document.querySelector('article[data-commandment=\"2\"] button').click();")  # fmt: skip
    assert browser.execute_script("return document.getElementById('draft').value") == f"Hoi! {DRAFT}"


def test_the_page_needs_nothing_from_elsewhere_and_works_by_keyboard(browser: Any, server: str) -> None:
    browser.get(server)
    wait(browser, "document.querySelector('#channel option')")
    outside = browser.execute_script(
        "return performance.getEntriesByType('resource').map(r => r.name).filter(n => !n.startsWith(location.origin))"
    )
    assert outside == []
    assert browser.get_log("browser") == []
    write(browser, "Bel ons even.")
    wait(browser, "document.querySelector('article button')")
    browser.execute_script("document.querySelector('#lights li:nth-child(2) button').click()")
    assert browser.execute_script("return document.activeElement.tagName") == "ARTICLE"


def test_a_phone_sees_one_column(browser: Any, server: str) -> None:
    browser.set_window_size(500, 900)
    browser.get(server)
    wait(browser, "document.querySelector('#channel option')")
    customer, draft = (browser.execute_script(f"return document.getElementById('{i}').getBoundingClientRect().left")
                       for i in ("customer", "draft"))  # fmt: skip
    assert abs(customer - draft) < 5
    assert browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
    browser.set_window_size(1200, 900)
