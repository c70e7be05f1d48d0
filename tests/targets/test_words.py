"""Every word is checked before anything is opened or started."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.errors import ParityError, TargetError
from parity.snapshot.request import Request
from parity.targets import kinds, load, open_target
from parity.targets._words import split

KINDS = frozenset({"docker", "local", "file", "exec", "pid", "ssh"})


@pytest.mark.parametrize(
    ("word", "kind", "reference", "options"),
    [
        ("local", "local", "", {}),
        ("local?path=/data&path=/srv", "local", "", {"path": ("/data", "/srv")}),
        ("docker://web", "docker", "web", {}),
        ("DOCKER://web", "docker", "web", {}),
        (
            "docker://web?path=/data&database-url-env=PROD_URL",
            "docker",
            "web",
            {"path": ("/data",), "database-url-env": ("PROD_URL",)},
        ),
        ("docker://web?path=/a%20b", "docker", "web", {"path": ("/a b",)}),
        ("-", "file", "-", {}),
        ("profiles/local.json", "file", "profiles/local.json", {}),
        ("/abs/what?.json", "file", "/abs/what?.json", {}),
        ("c:odd.json", "file", "c:odd.json", {}),
        ("pid:12", "pid", "12", {}),
        ("exec:heroku run python3 -?", "exec", "heroku run python3 -?", {}),
    ],
)
def test_words_that_are_right(word: str, kind: str, reference: str, options: dict[str, tuple[str, ...]]) -> None:
    parts = split(word, KINDS)
    assert (parts.kind, parts.reference, dict(parts.options)) == (kind, reference, options)


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("", "empty"),
        ("-oProxyCommand=touch x", "cannot begin with '-'"),
        ("--kubeconfig=x", "cannot begin with '-'"),
        ("-H tcp://1.2.3.4", "cannot begin with '-'"),
        ("dokcer://web", "no kind of target is called 'dokcer'"),
        ("docker://a;b", "container's name or id"),
        ("docker://", "container's name or id"),
        ("docker://-web", "container's name or id"),
        ("docker://a b", "container's name or id"),
        ("docker://../../containers/x/json", "container's name or id"),
        ("docker://" + "a" * 4096, "characters"),
        ("docker://web\n", "control characters"),
        ("docker://\x1b[2Jweb", "control characters"),
        ("docker://web?colour=red", "no option 'colour'"),
        ("docker://web?path", "cannot be read"),
        ("local?user=root", "no option 'user'"),
    ],
)
def test_words_that_are_wrong(word: str, says: str) -> None:
    with pytest.raises(TargetError) as caught:
        open_target(word, Request())
    assert says in str(caught.value)
    assert caught.value.exit_code == 2


def test_the_nearest_kind_is_named() -> None:
    with pytest.raises(TargetError) as caught:
        split("dokcer://web", KINDS)
    assert caught.value.hint is not None
    assert "docker://" in caught.value.hint


@given(st.text(max_size=200))
def test_no_word_raises_anything_but_our_own_error(word: str) -> None:
    try:
        open_target(word, Request())
    except ParityError as error:
        told = str(error)
    else:
        told = ""
    assert told.isprintable()


def test_options_of_a_word_narrow_the_request_of_its_side_only() -> None:
    request = Request(paths=("/shared",), database_url_env="BOTH")
    _, narrowed = open_target("docker://web?path=/data&database-url-env=PROD_URL&python=/x", request)
    assert narrowed.paths == ("/shared", "/data")
    assert narrowed.database_url_env == "PROD_URL"
    assert narrowed.python == "/x"
    _, narrowed = open_target("docker://web?source=/srv/app&executable=git&executable=node", request)
    assert (narrowed.source, narrowed.executables) == ("/srv/app", ("git", "node"))
    assert request.paths == ("/shared",)


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_kind_declares_itself_and_its_example_parses(kind: str) -> None:
    module = load(kind)
    assert module.SUMMARY
    assert isinstance(module.OPTIONS, tuple)
    target, _ = open_target(module.EXAMPLE, Request())
    assert target.kind == kind
