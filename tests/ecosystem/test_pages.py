"""The site and the reports as pages: in validators, in browsers, and in a program that follows every link."""

import json
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Final

import pytest

from tests.commands.test_site_browser import OF_EACH_KIND
from tests.ecosystem.conftest import script
from tests.ecosystem.installing import Installed


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    """Serve the site to this machine alone."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def pages(site: Path, exports: Path, tmp_path: Path) -> Path:
    """Return a folder with the first page, the pages of one language and the reports."""
    shutil.copytree(site / "fi", tmp_path / "pages" / "fi")
    shutil.copytree(exports / "reports", tmp_path / "pages" / "reports", ignore=shutil.ignore_patterns("*.docx"))
    shutil.copy(site / "index.html", tmp_path / "pages")
    return tmp_path / "pages"


@pytest.mark.client("vnu")
def test_pages_keep_the_standard(client: Installed, pages: Path) -> None:
    """The Nu HTML Checker finds no error in the pages of one language and in the reports."""
    # Rows are shown as cards on a telephone, and some browsers would then forget that they are a table.
    roles = ".*“role” attribute must not be used on a “t[dhr]” element.*"
    # A property of SVG that the checker of style sheets does not know.
    effect = ".*Property “vector-effect” doesn't exist.*"
    jar = client.modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
    client.run("java", "-jar", jar, "--errors-only", "--skip-non-html", "--filterpattern", f"{roles}|{effect}", pages)


RULES: Final = {
    # The roles of a table whose rows are shown as cards: see above.
    "no-redundant-role": "off",
    # A frame that scrolls has a role and a name; a section would want a heading too, says vnu.
    "prefer-native-element": "off",
    # The name of a measure is as long as the source has it.
    "long-title": "off",
}


@pytest.mark.client("html-validate")
def test_pages_keep_the_recommended_rules(client: Installed, pages: Path) -> None:
    """No finding of the recommended rules in the same pages, but for three that are off with a reason."""
    config = {"root": True, "extends": ["html-validate:recommended"], "rules": RULES}
    (pages / ".htmlvalidate.json").write_text(json.dumps(config), "utf-8")
    client.run("html-validate", "--max-warnings", "0", ".", cwd=pages)


@pytest.mark.client("pa11y")
def test_pages_are_accessible_by_another_judge(client: Installed, site: Path) -> None:
    """HTML_CodeSniffer finds no error of WCAG 2 AA in a page of each kind, in light and in every language's first."""
    paths = [*(f"fi/{path}" for path in OF_EACH_KIND), "sv/index.html", "en/index.html", "index.html"]
    chromium = shutil.which("chromium") or ""
    found = json.loads(script(client, "pa11y.mjs", chromium, *((site / path).as_uri() for path in paths)))
    assert len(found) == len(paths)
    assert {url: issues for url, issues in found.items() if issues} == {}


@pytest.mark.client("Lighthouse")
@pytest.mark.parametrize("path", ["fi/index.html", "fi/measures/index.html"])
def test_nothing_is_left_to_better(client: Installed, address: str, path: str) -> None:
    """Accessibility, good practice and search engines: every audit passes on the start page and on a list."""
    chromium = shutil.which("chromium") or ""
    # It asks for robots.txt from within the page, whose policy lets nothing be fetched.
    words = ("--only-categories=accessibility,best-practices,seo", "--skip-audits=robots-txt")
    flags = "--chrome-flags=--headless --no-sandbox"
    run = client.run(
        "lighthouse", f"{address}/{path}", "--quiet", "--output=json", flags, *words, env={"CHROME_PATH": chromium}
    )
    answer = json.loads(run.stdout)
    assert {name: category["score"] for name, category in answer["categories"].items()} == {
        "accessibility": 1,
        "best-practices": 1,
        "seo": 1,
    }, [audit["title"] for audit in answer["audits"].values() if audit["score"] not in {None, 1}]


@pytest.mark.client("linkchecker")
def test_every_link_leads_somewhere(client: Installed, site: Path) -> None:
    """From the first page on, no link within the site is broken; addresses elsewhere are not asked."""
    with TemporaryDirectory() as folder:
        # Started by root it reads as nobody, who may not enter the folders of pytest.
        Path(folder).chmod(0o755)
        shutil.copytree(site, Path(folder) / "site")
        said = client.run("linkchecker", "--no-status", Path(folder) / "site" / "index.html").stdout
    assert "0 warnings found. 0 errors found." in said
