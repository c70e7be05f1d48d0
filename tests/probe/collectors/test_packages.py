"""What pip installs, as the section tells it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest

from parity.probe.collectors import packages
from parity.probe.kit import View
from parity.probe.process.proc import Process
from parity.probe.python import live
from parity.probe.python.interpreter import Interpreter
from tests.canary import Canary
from tests.probe import projects
from tests.probe.looking import Section, good, look, put

SECRET = Canary()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    directory = tmp_path / "site-packages"
    directory.mkdir()
    return directory


@dataclass(frozen=True)
class Installed:
    """An environment with distributions in it: its directory, its site-packages, and the commit of one of them."""

    directory: Path
    site: Path
    commit: str

    def section(self) -> Section:
        view = View({"rerun": True})
        view.process = Process(os.getpid(), {}, [])
        # The environment is of the interpreter that runs the tests, so that it may be described from here.
        view.interpreter = live.describe(view, str(self.directory / "bin" / "python"))
        section: Section = packages.collect(view).as_dict()
        return section


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """An environment in which pip installed wheels, a git checkout, a directory and an editable one."""
    base = tmp_path_factory.mktemp("installed")
    environment = base / "env"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True, timeout=120)
    (site,) = environment.glob("lib/*/site-packages")
    wheels, sources = base / "wheels", base / "sources"
    wheels.mkdir()
    sources.mkdir()
    by_name = [
        projects.wheel(
            wheels,
            "web_app",
            "2.0",
            {"web_app/__init__.py": "", "web_tools.py": ""},
            "Requires-Dist: Http.Client[socks] (>=1.0,<3)",
            "Requires-Dist: futures; python_version < '3'",
            "Requires-Dist: winonly; sys_platform == 'win32'",
            "Requires-Dist: kept; made_up_variable == 'x'",
            "Requires-Dist: fast-json; extra == 'fast'",
            "Requires-Dist: Native>=1; python_version > '3' and extra == 'fast'",
            "Requires-Dist: http-client; extra == 'fast'",
            "Requires-Dist: google-auth; extra == 'docs'",
            "Provides-Extra: Fast",
        ),
        projects.wheel(
            wheels,
            "http_client",
            "1.5",
            {"http_client/__init__.py": ""},
            "Requires-Dist: proxies>=1; extra == 'socks'",
            "Requires-Dist: http-client[deep]; extra == 'socks'",
            "Requires-Dist: deeper; extra == 'deep'",
            "Requires-Dist: unasked; extra == 'tests'",
            "Provides-Extra: socks",
            "Provides-Extra: deep",
            "Provides-Extra: tests",
        ),
        projects.wheel(wheels, "native", "1.0", {"native.so": ""}, tag="py3-none-linux_x86_64"),
        projects.wheel(wheels, "google_auth", "1.0", {"google/auth/__init__.py": ""}),
        projects.wheel(wheels, "google_cloud_storage", "1.0", {"google/cloud/storage/__init__.py": ""}),
        projects.wheel(wheels, "google_cloud_core", "1.0", {"google/cloud/core.py": "", "google/cloud/py.typed": ""}),
    ]
    direct = projects.wheel(wheels, "direct", "1.0", {"direct.py": ""})
    checkout = projects.project(sources, "checkout", "0.1")
    commit = projects.repository(checkout)
    pip = [
        str(environment / "bin" / "python"),
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
        "--no-deps",
    ]
    pip += ["--no-index", "--find-links", str(wheels)]
    words = [wheel.name.partition("-")[0] + "==" + wheel.name.split("-")[1] for wheel in by_name]
    words += [str(direct), f"git+file://{checkout}", str(projects.project(sources, "folder", "0.2"))]
    words += ["-e", str(projects.project(sources, "worked_on", "0.3"))]
    subprocess.run([*pip, *words], check=True, timeout=120, env={**os.environ, "PIP_CONFIG_FILE": os.devnull})
    return Installed(environment, site, commit)


def test_what_pip_installed(installed: Installed) -> None:
    section = installed.section()
    items = section["items"]
    assert section["status"] == "ok", section["reason"]
    tools = {"pip", "setuptools", "wheel"}
    assert set(items) - tools == {
        "checkout", "direct", "folder", "google-auth", "google-cloud-core", "google-cloud-storage", "http-client",
        "native", "web-app", "worked-on",
    }  # fmt: skip
    assert items["direct"] == {"version": "1.0", "source": "local"}
    assert items["folder"] == {"version": "0.2", "source": "local"}
    assert items["worked-on"] == {"version": "0.3", "source": "local", "editable": True}
    assert items["checkout"]["revision"] == installed.commit
    assert items["checkout"]["source"].startswith("git")
    assert items["native"] == {"version": "1.0", "wheel": ["py3-none-linux_x86_64"]}


def test_requirements_hold_in_this_environment(installed: Installed) -> None:
    items = installed.section()["items"]
    assert items["web-app"]["requires"] == ["http-client[socks]<3,>=1.0", "kept"]
    assert items["web-app"]["extras"] == ["fast"]
    # The extra that web-app asks for asks for another, of the same distribution.
    assert items["http-client"]["requires"] == ["deeper", "http-client[deep]", "proxies>=1"]
    assert items["http-client"]["extras"] == ["deep", "socks", "tests"]


def test_what_is_there_and_stands_behind_an_extra_alone_is_optional(installed: Installed) -> None:
    """Not what is required anyway, is not installed, or serves the distribution's own development."""
    items = installed.section()["items"]
    assert items["web-app"]["optional"] == ["native"]
    assert "optional" not in items["http-client"]


def test_import_names(installed: Installed) -> None:
    items = installed.section()["items"]
    assert items["web-app"]["provides"] == ["web_app", "web_tools"]
    assert "provides" not in items["http-client"]
    assert items["google-auth"]["provides"] == ["google.auth"]
    assert items["google-cloud-storage"]["provides"] == ["google.cloud.storage"]
    assert items["google-cloud-core"]["provides"] == ["google.cloud.core"]


def test_nothing_tells_where_the_environment_is(installed: Installed) -> None:
    text = json.dumps(installed.section())
    assert str(installed.directory.parent) not in text
    assert installed.directory.parent.name not in text


def test_the_same_distributions_as_importlib_metadata_finds(installed: Installed) -> None:
    expected = {
        distribution.metadata["Name"].lower().replace("_", "-"): distribution.version
        for distribution in metadata.distributions(path=[str(installed.site)])
    }
    assert {key: item["version"] for key, item in installed.section()["items"].items()} == expected


def test_code_in_pth_files_is_seen_and_not_run(installed: Installed, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    code = installed.site / "zz-code.pth"
    code.write_text(f"import os; open({str(marker)!r}, 'w')\n")
    try:
        notes = installed.section()["notes"]
    finally:
        code.unlink()
    assert any(note.startswith("lines of code in .pth files") and "zz-code.pth" in note for note in notes)
    assert not marker.exists()


@pytest.fixture
def shuffled() -> View:
    """A view that lists every directory in another order."""

    class Backwards(View):
        def names(self, path: str) -> list[str]:
            return sorted(os.listdir(path), reverse=True)  # noqa: PTH208

    return Backwards()


def test_the_order_of_a_directory_does_not_show(installed: Installed, shuffled: View) -> None:
    shuffled.process = Process(os.getpid(), {}, [])
    shuffled.interpreter = live.describe(shuffled, str(installed.directory / "bin" / "python"))
    assert json.dumps(packages.collect(shuffled).as_dict()["items"], sort_keys=True) == json.dumps(
        installed.section()["items"], sort_keys=True
    )


def test_a_shared_name_of_a_real_package_stays_shared(site: Path) -> None:
    for name in ("one", "other"):
        files = {"METADATA": projects.metadata(name, "1.0"), "RECORD": "cv2/__init__.py,,\ncv2/x.so,,\n"}
        put(site, f"{name}-1.0.dist-info", files)
    put(site, "cv2", {"__init__.py": "import os\n"})
    items = look([site])["items"]
    assert items["one"]["provides"] == items["other"]["provides"] == ["cv2"]


def test_a_package_that_declares_itself_a_namespace_is_split(site: Path) -> None:
    for name in ("one", "other"):
        record = f"backports/__init__.py,,\nbackports/{name}.py,,\n"
        files = {"METADATA": projects.metadata(name, "1.0"), "RECORD": record, "top_level.txt": "backports\n"}
        put(site, f"{name}-1.0.dist-info", files)
    put(site, "backports", {"__init__.py": "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n"})
    items = look([site])["items"]
    assert items["one"]["provides"] == ["backports.one"]
    assert items["other"]["provides"] == ["backports.other"]


def test_an_installer_is_named_only_in_a_closed_form(site: Path) -> None:
    for name, installer in (("uv_one", "uv\n"), ("pip_one", "pip\n"), ("odd_one", "\x1b]0;x\x07 token=1")):
        put(site, f"{name}-1.dist-info", {"METADATA": projects.metadata(name, "1"), "INSTALLER": installer})
    items = look([site])["items"]
    assert items["uv-one"]["installer"] == "uv"
    assert "installer" not in items["pip-one"]
    assert items["odd-one"]["installer"] == "unknown"


def test_a_secret_in_any_file_of_a_distribution_stays_out(site: Path) -> None:
    url = f"https://user:{SECRET.word}@host.example.org/{SECRET.word}/lib.git?token={SECRET.word}#{SECRET.word}"
    lines = [f"Requires-Dist: other @ {url}", f"Home-page: {url}", f"License: {SECRET.secret}"]
    files = {
        "METADATA": projects.metadata("lib", "1.0", *lines),
        "INSTALLER": SECRET.secret,
        "direct_url.json": json.dumps({"url": url, "vcs_info": {"vcs": "git", "commit_id": SECRET.word}}),
        "WHEEL": f"Root-Is-Purelib: false\nGenerator: {SECRET.secret}\n",
        "RECORD": f"lib.py,sha256={SECRET.word},1\n",
    }
    put(site, "lib-1.0.dist-info", files)
    section = look([site], environ={"PIP_INDEX_URL": url})
    assert section["items"]["lib"]["source"] == "git https://host.example.org/.../lib.git"
    assert section["items"]["lib"]["requires"] == ["other @ url"]
    SECRET.assert_clean(json.dumps(section))


def test_an_unreadable_environment_leaves_what_is_not_there_unknown(site: Path) -> None:
    good(site)
    view_of_other = Process(7, None, [])
    found = Interpreter(sys.executable, sys.prefix, sys.base_prefix, "venv")
    found.path, found.origins = [str(site)], {str(site): "site"}
    view = View()
    view.process, view.interpreter = view_of_other, found
    section = packages.collect(view).as_dict()
    assert section["status"] == "partial"
    assert section["hidden"] == ["*"]
    assert set(section["items"]) == {"good"}


def test_a_large_environment_stays_small(site: Path) -> None:
    """400 distributions with twice the requirements and extras that are met."""
    for number in range(400):
        name = f"distribution_{number}"
        lines = [f"Requires-Dist: distribution-{(number * 7 + step) % 400}>=1.{step},<3" for step in range(4)]
        lines += [f"Requires-Dist: never-{step}; extra == 'extra{step}'" for step in range(20)]
        lines += [f"Provides-Extra: extra{step}" for step in range(12 if number % 4 == 0 else 2)]
        files = {"METADATA": projects.metadata(name, f"1.{number}", *lines), "INSTALLER": "pip\n"}
        put(site, f"{name}-1.{number}.dist-info", {**files, "RECORD": f"{name}/__init__.py,,\n"})
    section = look([site])
    assert len(section["items"]) == 400
    # A profile has 150 kB for it and for hundreds of system packages.
    assert len(json.dumps(section)) < 90_000
