"""parity init"""

from __future__ import annotations

from pathlib import Path

import pytest

from parity import __version__
from parity.cli._new_templates import checked, installed_from, namespace
from parity.errors import UsageError
from parity.templates import templates
from tests.cli.program import parity


def record(site: Path, told: str | None) -> None:
    """What pip leaves of an installation, with a direct_url.json where one is told."""
    kept = site / "parity-0.1.0.dist-info"
    kept.mkdir(parents=True)
    (kept / "METADATA").write_text("Metadata-Version: 2.1\nName: parity\nVersion: 0.1.0\n")
    if told is not None:
        (kept / "direct_url.json").write_text(told)


@pytest.mark.parametrize("kind", templates())
def test_it_writes_a_file_to_its_place_once(kind: str, tmp_path: Path) -> None:
    template = templates()[kind]
    path = tmp_path / template.place
    words = ("init", kind, "--install", "parity-of-ours==3")
    first = parity(*words, cwd=tmp_path)
    assert (first.code, first.out) == (0, "")
    assert first.err == f"wrote {template.place}: {template.next}\n"
    text = path.read_text()
    assert "parity-of-ours==3" in text
    assert "@" not in text.replace("/upload-sarif@v3", "").replace("/checkout@v4", "").replace(
        "/setup-python@v5", ""
    ).replace("@users.noreply", "").replace('"$@"', "")
    assert bool(path.stat().st_mode & 0o100) == template.program
    path.write_text("mine\n")
    again = parity(*words, cwd=tmp_path)
    assert (again.code, again.line()) == (2, f"{template.place} is there already")
    assert path.read_text() == "mine\n"
    assert parity(*words, "--force", cwd=tmp_path).code == 0
    assert path.read_text() == text
    printed = parity(*words, "-o", "-", cwd=tmp_path)
    assert (printed.code, printed.out, printed.err) == (0, text, "")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("github",), 2),
        (("gitlab",), 2),
        (("pre-commit",), 2),
        (("kubernetes",), 2),
        (("kubernetes", "--image", "registry.example/parity:3"), 0),
        (("shell",), 0),
    ],
)
def test_a_name_that_anybody_may_own_is_never_a_default(words: tuple[str, ...], code: int, tmp_path: Path) -> None:
    record(tmp_path / "site", '{"url": "file:///srv/parity", "dir_info": {}}')
    (tmp_path / "repository").mkdir()
    tmp_path /= "repository"
    result = parity("init", *words, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path.parent / "site")})
    assert result.code == code
    if code:
        assert result.line() == f"init {words[0]}: parity was installed from a directory here, which nobody else has"
        assert "--install SPEC" in result.err
        assert not list(tmp_path.iterdir())
    else:
        (path,) = (one for one in tmp_path.rglob("*") if one.is_file())
        assert "pip install" not in path.read_text()
        assert "@" not in path.read_text()


def test_a_link_that_leads_nowhere_is_a_file_that_is_there(tmp_path: Path) -> None:
    (tmp_path / ".pre-commit-config.yaml").symlink_to("nowhere")
    assert parity("init", "pre-commit", cwd=tmp_path).code == 2
    assert not (tmp_path / "nowhere").exists()


def test_it_stands_where_it_is_told(tmp_path: Path) -> None:
    assert parity("init", "shell", "-o", "a/b/c", "--production", "x.json", cwd=tmp_path).code == 0
    assert "production=${PARITY_PRODUCTION:-x.json}" in (tmp_path / "a" / "b" / "c").read_text()
    (tmp_path / "file").write_text("")
    result = parity("init", "shell", "-o", "file/b", cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.line().startswith("cannot make the directory of file/b: ")


@pytest.mark.parametrize(
    "word", ['a"b', "a b", "$(x)", "`x`", "-x", "a\nb", "a\n", "a'b", "a\\b", "", "a}b", "a;b", "ä"]
)
def test_a_word_that_would_be_more_than_one_is_refused(word: str) -> None:
    with pytest.raises(UsageError, match="cannot stand in a template"):
        checked("--target", word)


@pytest.mark.parametrize(
    "word", ["docker://web?path=/data&python=/opt/bin/python", "parity[x]==1.0", "git+https://x/y@v1"]
)
def test_a_target_and_what_pip_takes_are_words(word: str) -> None:
    assert checked("--target", word) == word


@pytest.mark.parametrize("option", ["--target", "--production", "--install"])
def test_every_word_is_checked_before_anything_is_written(option: str, tmp_path: Path) -> None:
    result = parity("init", "shell", f'{option}=a"b', cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.line() == f"{option}: 'a\"b' cannot stand in a template"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("kubernetes://shop/deployment/web", "shop"),
        ("k8s://stage/shop/pod/web-1?container=web", "shop"),
        ("docker://web", None),
        ("kubernetes://web", None),
    ],
)
def test_a_job_stands_in_its_workload_s_namespace(word: str, found: str | None) -> None:
    if found is not None:
        assert namespace(word) == found
        return
    with pytest.raises(UsageError, match="no workload of a cluster"):
        namespace(word)


def test_what_came_from_an_index_is_named_as_it_is_there(tmp_path: Path) -> None:
    record(tmp_path, None)
    text = parity("init", "github", "-o", "-", cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}).out
    assert f'PARITY_INSTALL: "parity=={__version__}"' in text


def test_an_unknown_one_names_those_there_are(tmp_path: Path) -> None:
    result = parity("init", "jenkins", cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith("templates: github, gitlab, kubernetes, pre-commit, shell\n")


@pytest.mark.parametrize(
    ("told", "source"),
    [
        (None, None),
        ('{"url": "file:///srv/parity", "dir_info": {"editable": true}}', ""),
        ('{"url": "file:///srv/parity-0.1.0-py3-none-any.whl", "archive_info": {}}', ""),
        (
            '{"url": "https://git.example/parity.git", "vcs_info": {"vcs": "git", "commit_id": "1f4c9d2"}}',
            "git+https://git.example/parity.git@1f4c9d2",
        ),
        ('{"url": "https://files.example/parity.whl", "archive_info": {}}', "https://files.example/parity.whl"),
        ('{"url": "https://me:secret@git.example/p", "vcs_info": {"vcs": "git", "commit_id": "1f4c9d2"}}', ""),
        ("[]", ""),
        ("no JSON", ""),
    ],
)
def test_a_runner_takes_it_from_where_it_came_from(
    told: str | None, source: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(tmp_path, told)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert installed_from() == source


def test_an_image_is_a_job_s_alone(tmp_path: Path) -> None:
    assert parity("init", "github", "--image", "x", cwd=tmp_path).code == 2
    words = ("init", "kubernetes", "--install", "x", "--image", "registry.example/tools/parity:3", "-o", "-")
    assert parity(*words, cwd=tmp_path).out.count("registry.example/tools/parity:3") == 3
