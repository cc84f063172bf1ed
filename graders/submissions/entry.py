"""The file that is run as the whole: the deliverable by its name, else the one that defines most of what is expected."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from graders.assignment import Assignment, Budget
from graders.probes.guard import Function, unguarded
from graders.submissions.bound import Bound
from graders.submissions.inventory import Definition
from graders.submissions.likeness import folded
from graders.submissions.source import Source, walked

# What editors, systems and people add to the name of a file that is not the last.
COPY = re.compile(
    r"copie|copy|backup|bak\b|sauvegarde|checkpoint|\(\d+\)|untitled|draft|brouillon|\btest", re.IGNORECASE
)
OLD = re.compile(r"(^|[\W_])(old|ancien\w*|prev\w*|avant|vieux)([\W_]|$)", re.IGNORECASE)
# What folders are called that hold what is not the work itself.
ASIDE = re.compile(r"(^|[\W_])(tests?|old|anciens?|archives?|backup|copies?|brouillons?)([\W_]|$)", re.IGNORECASE)
FINAL = re.compile(r"final|rendu|definiti[fv]|correct|submit|a_rendre", re.IGNORECASE)
VERSION = re.compile(r"(?:^|[\W_]|(?-i:(?<=[a-z])(?=V)))v(?:ersion)?[\W_]?(\d{1,4})(?!\d)", re.IGNORECASE)
# A file with half of the names of the best one is another version of it.
ENOUGH = 0.5
# From this many lines on, what a file does tells whether it is one.
MANY = 12


def entry(
    read: Sequence[Source], defined: Mapping[str, Sequence[Definition]], assignment: Assignment, said: str | None = None
) -> str | None:
    """Its path: what the teacher has `said`, if it is there; a notebook comes before its export. None where nothing is."""
    if said in defined:
        return said
    imported = {one.file: one.imported for one in read}
    ranks = {one.file: _rank(one, defined, assignment, part=_is_a_part(one, imported)) for one in read}
    return min(ranks, key=lambda file: ranks[file], default=None)


def rivals(
    start: str | None, read: Sequence[Source], defined: Mapping[str, Sequence[Definition]], assignment: Assignment
) -> tuple[str, ...]:
    """Other files that might have been meant: they define again much of what the chosen one does; and the template, where
    the work stands elsewhere. What another file imports is a part of the work, were it empty as abstract classes are."""
    chosen = next((one for one in read if one.file == start), None)
    if chosen is None:
        return ()
    own = {file: [one for one in found if one.kind != "import"] for file, found in defined.items()}
    mine = _wanted_in(own[chosen.file], assignment)
    imported = {one.file: one.imported for one in read}
    others = [one for one in read if one is not chosen and not _is_a_part(one, imported)]
    again = (
        one.file for one in others if _again(_wanted_in(own[one.file], assignment), mine) and not _apart(one, chosen)
    )
    return (*dict.fromkeys([*again, *(one.file for one in others if _is_unwritten(one))]),)


def experiments(read: Sequence[Source], start: str | None) -> tuple[str, ...]:
    """The files that nothing imports, but for the one that is run as the whole: they try what the others define."""
    imported = {one.file: one.imported for one in read}
    return tuple(one.file for one in read if one.file != start and not _is_a_part(one, imported))


def _is_a_part(source: Source, imported: Mapping[str, frozenset[str]]) -> bool:
    stem = PurePosixPath(source.file).stem
    return any(stem in names for file, names in imported.items() if file != source.file)


def _again(theirs: set[str], mine: set[str]) -> bool:
    """Whether a file is another version: it has much of what the chosen one has, and nothing that is expected besides. One
    name alone, such as `optimizer`, makes no version."""
    return len(theirs & mine) > max(ENOUGH * len(mine), 1) and theirs <= mine


def _apart(theirs: Source, mine: Source) -> bool:
    """Whether what a file does with the same definitions is for the most part not what the other one does."""
    told = _doing(theirs)
    return len(told) >= MANY and len(told & _doing(mine)) < ENOUGH * len(told)


def _doing(source: Source) -> set[str]:
    """The lines of its top level, without what it defines and imports."""
    told = [one for chunk in source.trees for statement in chunk for one in unguarded(statement)]
    kept = [one for one in told if not isinstance(one, Function | ast.ClassDef | ast.Import | ast.ImportFrom)]
    return {line.strip() for one in kept for line in ast.unparse(one).splitlines()}


def _is_unwritten(source: Source) -> bool:
    """Whether most of what it defines is still to be written: `raise NotImplementedError`, or nothing. A method that does nothing
    beside others that do something is left so."""
    functions = [node for node in source.nodes if isinstance(node, ast.FunctionDef)]
    left = {id(one) for node in source.nodes if isinstance(node, ast.ClassDef) for one in _left_so(node)}
    empty = [one for one in functions if id(one) not in left and all(_does_nothing(each) for each in one.body)]
    return len(empty) > ENOUGH * max(len(functions), 1)


def _left_so(kind: ast.ClassDef) -> list[ast.FunctionDef]:
    """The methods of a class that say `pass`, where one that makes no object says more."""
    methods = [one for one in kind.body if isinstance(one, ast.FunctionDef)]
    empty = [one for one in methods if all(_does_nothing(each) for each in one.body)]
    if all(one in empty or one.name == "__init__" for one in methods):
        return []
    return [one for one in empty if not any(isinstance(each, ast.Raise) for each in one.body)]


def _gaps(source: Source) -> int:
    """How many functions are still to be written, or hold a place for what is."""
    functions = [node for node in source.nodes if isinstance(node, ast.FunctionDef)]
    return sum(all(_does_nothing(statement) for statement in one.body) or _holds_a_place(one) for one in functions)


def _holds_a_place(function: ast.FunctionDef) -> bool:
    named = (node.id for node in walked(function) if isinstance(node, ast.Name))
    return any(name in ("NotImplemented", "NotImplementedError") for name in named)


def _does_nothing(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Raise):
        return "NotImplementedError" in ast.dump(statement)
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


def is_aside(file: str) -> bool:
    """Whether a file lies in a folder of tests, or of old versions."""
    return any(ASIDE.search(part) for part in PurePosixPath(file).parts[:-1])


def is_copy(file: str) -> bool:
    """Whether a file is called a copy, or an old version."""
    path = PurePosixPath(file)
    return bool(COPY.search(path.name) or OLD.search(path.stem))


def importers(read: Sequence[Source], used: Iterable[str]) -> list[str]:
    """The files that import one of these: experiments with what another file defines. Tests and copies are none."""
    stems = {PurePosixPath(file).stem for file in used}
    others = [one for one in read if one.file not in used and not COPY.search(PurePosixPath(one.file).name)]
    return [one.file for one in others if one.imported & stems]


def read_of(
    read: Sequence[Source],
    first: Sequence[str | None],
    names: Mapping[str, Bound | None],
    candidates: Mapping[str, Sequence[Bound]],
    limits: Budget,
) -> list[Source]:
    """The files that are read: those that hold something bound, or that may be, and, where something that is judged may come
    from a program, those that import them; what is run comes first."""
    possible = [*names.values(), *(one for found in candidates.values() for one in found)]
    used = {*first, *(bound.definition.file for bound in possible if bound and not bound.built)}
    used |= {pack.kind.file for bound in possible if bound for pack in bound.packs if pack.kind}
    used |= {*importers(read, [file for file in used if file])} if limits.experiments else set()
    return sorted((source for source in read if source.file in used), key=lambda source: source.file != first[0])


def _wanted_in(defined: Sequence[Definition], assignment: Assignment) -> set[str]:
    wanted = {folded(name) for name, spec in assignment.names.items() for name in (name, *spec.aliases)}
    return {one.name for one in defined if folded(one.name) in wanted}


Rank = tuple[bool, bool, bool, bool, bool, int, int, int, bool, int, bool, bool, int, str]


def _rank(source: Source, defined: Mapping[str, Sequence[Definition]], assignment: Assignment, *, part: bool) -> Rank:
    """What sorts first: whole, not given with the statement, written, no copy, named as asked, with what is expected,
    filled in, final, of a late version, no `part` that others import, on top."""
    name = PurePosixPath(source.file).name
    listed = [one.lower() for one in assignment.deliverables]
    place = listed.index(name.lower()) if name.lower() in listed else len(listed)
    expected = len(_wanted_in(defined[source.file], assignment))
    versions = [int(number) for number in VERSION.findall(PurePosixPath(name).stem)]
    return (
        source.problem is not None,
        place == len(listed) and (assignment.folder / name).is_file(),
        _is_unwritten(source),
        place == len(listed) and is_copy(name),
        is_aside(source.file),
        place,
        -expected,
        _gaps(source),
        not FINAL.search(name),
        -max(versions, default=0),
        not name.lower().endswith(".ipynb"),
        part,
        source.file.count("/"),
        source.file,
    )
