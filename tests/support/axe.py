"""axe-core, Deque's accessibility checker (MPL 2.0), fetched by npm and never kept here."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

PACKAGE = "axe-core@4.11"
GRAVE = ("serious", "critical")
_RUN = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.map((each) => [
    each.impact, each.id, each.help,
    each.nodes.slice(0, 3).map((node) => node.html + " | " + node.any.map((one) => one.message)),
  ]);
}"""


def fetched(folder: Path) -> str:
    """Return axe's script; where npm or its registry is missing, skip, or fail where CI is set."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("AXE DID NOT RUN. Get npm: apt-get install npm")
    try:
        subprocess.run(
            [npm, "pack", PACKAGE, "--silent", "--ignore-scripts"],
            cwd=folder,
            check=True,
            capture_output=True,
            timeout=120,
        )
    except subprocess.SubprocessError as error:
        if os.environ.get("CI"):
            pytest.fail(f"npm pack {PACKAGE} failed: {error}")
        pytest.skip("AXE DID NOT RUN. npm could not fetch it")
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as opened:
        script = opened.extractfile("package/axe.min.js")
        assert script is not None
        return script.read().decode()


def grave_findings(page: Page, script: str) -> list[str]:
    """Return axe's serious and critical findings about what the page shows now."""
    page.evaluate(f"() => {{ if (!window.axe) {{ {script} }} }}")
    found = page.evaluate(_RUN)
    return [
        f"{impact} {rule}: {about}; {'; '.join(nodes)}"
        for impact, rule, about, nodes in found
        if impact in GRAVE
    ]
