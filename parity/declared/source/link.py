"""From what each file says by itself to facts: names are followed through the repository's own modules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from parity.declared import facts
from parity.declared.facts import Facts, Place
from parity.declared.source import extensions, inherited, migrations, readers
from parity.declared.source.modules import Modules, is_dev
from parity.declared.source.rows import OTHER, Binding, Call, Imported, Kind, Outcome, Read, Rows, Value, Wrapper
from parity.probe.collectors.environment import is_name

_HOPS = 6
"""How often a name is followed to what it stands for."""
_ROUNDS = 3
"""How many functions may stand between a call and the read that it comes to."""

_NAMESPACES = frozenset(
    {"airflow", "azure", "backports", "google", "jaraco", "opentelemetry", "ruamel", "sphinxcontrib", "zope"}
)
"""First names that many distributions share: what is taken from them tells which."""

_WEIGHT = {Outcome.ANSWERED: 0, Outcome.NOTHING: 1, Outcome.STOPS: 2}

_HIDES = (("packages", "*"), ("environment", "*"))
"""What a file of the program that cannot be read may import and read: nothing can be called unused beside it."""

Found = tuple[str, Read]
"""(file, a read there)."""


def link(
    rows: Mapping[str, Rows],
    paths: Sequence[str],
    ignored: Sequence[str] = (),
    faults: tuple[facts.Fault, ...] = (),
) -> Facts:
    """The facts of {file: what it says}, after some faults; `paths` are all files, `ignored` what git ignores."""
    found = _Link(rows, Modules(paths), ignored, paths).joined()
    return replace(found, faults=faults + found.faults)


class _Link:
    def __init__(
        self, rows: Mapping[str, Rows], modules: Modules, ignored: Sequence[str], paths: Sequence[str]
    ) -> None:
        self._rows, self._modules, self._paths = rows, modules, paths
        self._left_out = Modules(ignored)
        self._ignored = {"/" + one.rstrip("/").removesuffix(".py").replace("/", "."): one for one in ignored}
        self._bindings = {path: (file, one) for file, row in rows.items() for path, one in row.bindings}
        self._words = {path: words for row in rows.values() for path, words in row.words}
        self._wrappers: dict[str, list[Wrapper]] = {}
        for row in rows.values():
            for one in row.wrappers:
                self._wrappers.setdefault(one.function, []).append(one)

    def joined(self) -> Facts:
        names, computed = self._names()
        revisions = [(file, one) for file, row in self._rows.items() if not is_dev(file) for one in row.revisions]
        revisions += migrations.of_paths(self._paths)
        return Facts(
            imports=tuple(sorted(self._imports(), key=_place)),
            read_names=names,
            computed_reads=computed,
            programs=tuple(
                facts.Program(name, Place(file, line), is_dev(file))
                for file, row in self._rows.items()
                for name, line in row.programs
            ),
            ignored_imports=tuple(sorted(set(self._ignored_imports()), key=_place)),
            extensions=tuple(
                one for file, row in self._rows.items() for one in extensions.placed(file, row.extensions)
            ),
            migration_heads=tuple(migrations.heads(revisions)),
            migrations=tuple(migrations.every(revisions)),
            pool_settings=tuple(
                facts.PoolSetting(one.name, one.value, Place(file, one.line))
                for file, row in self._rows.items()
                if not is_dev(file)
                for one in row.pools
            ),
            first_party=self._modules.provided(),
            faults=tuple(
                facts.Fault(f"{file}: {row.fault}", () if is_dev(file) else _HIDES)
                for file, row in self._rows.items()
                if row.fault
            ),
        )

    # ── imports ──

    def _imports(self) -> Iterator[facts.Import]:
        everything = (self._modules, self._left_out)
        for file, row in self._rows.items():
            dev = is_dev(file)
            for one in row.imports:
                first = one.module.partition(".")[0]
                own = (
                    not first
                    or first[0] == "/"
                    or any(each.near(one.module, file, one.names) is not None for each in everything)
                )
                if not own:
                    for module in _told(one, first):
                        yield facts.Import(first, Place(file, one.line), one.optional, module, dev)

    def _ignored_imports(self) -> Iterator[facts.IgnoredImport]:
        if not self._ignored:
            return
        for file, row in self._rows.items():
            for one in row.imports:
                for module in (one.module, *(f"{one.module.rstrip('/')}.{name}" for name in one.names)):
                    path = self._modules.resolve(module, file)
                    path = path if path[0] == "/" else self._left_out.resolve(module, file)
                    parts = path.split(".")
                    above = (".".join(parts[:number]) for number in range(len(parts), 0, -1))
                    found = next((self._ignored[each] for each in above if each in self._ignored), None)
                    if found is not None:
                        yield facts.IgnoredImport(found, Place(file, one.line))

    # ── variables ──

    def _names(self) -> tuple[tuple[facts.ReadName, ...], tuple[facts.ComputedRead, ...]]:
        strongest: dict[tuple[str, Place], Outcome] = {}
        computed: set[tuple[Place, str]] = set()
        for file, read in self._reads():
            at = Place(file, read.line)
            if read.name.kind is Kind.PATTERN:
                computed.update((at, pattern) for pattern in read.name.words)
            for name in read.name.words if read.name.kind is Kind.WORDS else ():
                before = strongest.get((name, at), Outcome.ANSWERED)
                if is_name(name):
                    strongest[name, at] = max(before, read.outcome, key=_WEIGHT.__getitem__)
        names = (
            facts.ReadName(name, at, outcome is Outcome.ANSWERED, outcome is Outcome.STOPS, is_dev(at.file))
            for (name, at), outcome in sorted(strongest.items(), key=lambda one: one[0])
        )
        return tuple(names), tuple(facts.ComputedRead(pattern, at) for at, pattern in sorted(computed))

    def _reads(self) -> Iterator[Found]:
        found: list[str] = []
        for file, read in self._followed():
            found += read.name.words if read.name.kind in (Kind.WORDS, Kind.PATTERN) else ()
            yield file, read
        # What is given to it no call tells: whoever calls it does so with what comes in.
        for file, row in self._rows.items():
            for one in row.wrappers:
                pattern = _put(one.read.name, OTHER).words[0]
                if pattern != "*" and not any(fnmatchcase(name, pattern) for name in found):
                    yield file, one.read._replace(name=Value(Kind.PATTERN, (pattern,)))

    def _followed(self) -> Iterator[Found]:
        """The reads that stand there by name, and those that calls come to."""
        for file, row in self._rows.items():
            for read in row.reads:
                yield file, self._known(read, file)
        calls = [(file, call) for file, row in self._rows.items() for call in row.calls]
        for _ in range(_ROUNDS):
            later: list[Wrapper] = []
            waiting: list[tuple[str, Call]] = []
            for file, call in calls:
                found = list(self._called(call, file))
                if not found:
                    waiting.append((file, call))
                for read in found:
                    if read.name.kind is Kind.PARAMETER:
                        later += self._further(call, read)
                    else:
                        yield file, read
            if not later:
                break
            for further in later:
                self._wrappers.setdefault(further.function, []).append(further)
            calls = waiting
        classes = {one.path: (file, one) for file, row in self._rows.items() for one in row.classes}
        made = frozenset(
            self._follow(path, file).path for file, row in self._rows.items() if classes for path in row.made
        )
        for one in inherited.reads(classes, made, lambda path, file: self._follow(path, file).path):
            yield one.file, Read(Value(Kind.WORDS, (one.name,)), one.line, one.outcome)

    def _follow(self, path: str, file: str) -> Binding:
        """What a path stands for, through the bindings of the modules that it leads to."""
        found = Binding(self._modules.resolve(path, file))
        for _ in range(_HOPS):
            head, tail = found.path, ""
            while head not in self._bindings and "." in head:
                head, _, last = head.rpartition(".")
                tail = f".{last}{tail}"
            if head not in self._bindings:
                break
            where, one = self._bindings[head]
            path = self._modules.resolve(one.path, where) + tail
            found = Binding(readers.canonical(path), one.prefix or found.prefix, one.known or found.known)
        return found

    def _known(self, read: Read, file: str) -> Read:
        """A read with the words that its name refers to."""
        if read.name.kind is not Kind.REFERENCE:
            return read
        words = self._words.get(self._follow(read.name.words[0], file).path)
        name = Value(Kind.WORDS, words) if words else Value(Kind.PATTERN, ("*",))
        return read._replace(name=readers.prefixed(read.prefix, name))

    def _called(self, call: Call, file: str) -> Iterator[Read]:
        """What a call reads, now that it can be told what is called."""
        binding = self._follow(call.callee, file)
        if readers.reading(binding.path):
            for one in readers.reads(call._replace(callee=binding.path), binding):
                outcome = readers.softened(one.absent, one.default, call)
                read = Read(readers.prefixed(one.prefix, one.name), call.line, outcome, one.prefix)
                yield self._known(read, file)
            return
        for wrapper in self._wrappers.get(binding.path.replace("()", ""), ()):
            name = call.argument(_position(wrapper.parameters, wrapper.read.name.words[0]), wrapper.read.name.words[0])
            if name is not None:
                read = Read(name, call.line, _outcome(wrapper, call))
                read = self._known(read, file)
                yield read._replace(name=_put(wrapper.read.name, read.name))

    def _further(self, call: Call, read: Read) -> Iterator[Wrapper]:
        """The function around a call, which hands on its own parameter, as one more wrapper."""
        if call.function:
            yield Wrapper(call.function, call.parameters, (), read)


def _place(fact: facts.Import | facts.IgnoredImport) -> Place:
    return fact.at


def _told(one: Imported, first: str) -> Iterator[str]:
    if first in _NAMESPACES and one.names:
        yield from (f"{one.module}.{name}" for name in one.names if name != "*")
    else:
        yield one.module


def _position(parameters: tuple[str, ...], name: str) -> int | None:
    return parameters.index(name) if name in parameters else None


def _outcome(wrapper: Wrapper, call: Call) -> Outcome:
    given = call.argument(_position(wrapper.parameters, wrapper.default), wrapper.default) if wrapper.default else None
    outcome = readers.softened(wrapper.read.outcome, given, call)
    # What raises in spite of its parameter's default has a marker for a default: "nothing was given".
    own = wrapper.default in wrapper.defaults and outcome is not Outcome.STOPS
    return Outcome.ANSWERED if own else outcome


def _put(form: Value, name: Value) -> Value:
    """A name in the place of the parameter that a wrapper makes the variable's name from."""
    _, before, after, case = form.words
    if name.kind is Kind.PARAMETER:
        parameter, inner_before, inner_after, inner = name.words
        return Value(Kind.PARAMETER, (parameter, before + inner_before, inner_after + after, case or inner))
    if name.kind not in (Kind.WORDS, Kind.PATTERN):
        return Value(Kind.PATTERN, (f"{before}*{after}",))
    return Value(name.kind, tuple(before + (word.upper() if case else word) + after for word in name.words))
