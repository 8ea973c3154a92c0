"""A YAML text as nodes that know their line, so that each mistake can be told with its place.

Scalars stay text: a version `1.10` is never a number, `no` never a country. Anchors, aliases and merge keys are
refused: a policy must say what it says where it says it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode

from safepassage.core.errors import Problems

MAX_CHARACTERS = 500_000
MAX_DEPTH = 20
_NESTED = re.compile(r"(?:[\[{]\s*|[-?] ){40}")
"""So many openings in a row are no policy, and would take the parser minutes."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as written, and its line (1-based). `is_plain`: written without quotes."""

    line: int
    value: str
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    line: int
    items: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """Named fields, in the order written; `lines` has the line of each name."""

    line: int
    fields: dict[str, Node] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


def read_yaml(text: str, problems: Problems, *, file: str = "") -> Node | None:
    """The text as nodes, or None with a problem noted."""
    if len(text) > MAX_CHARACTERS:
        problems.add("policy-too-long", f"The text is longer than {MAX_CHARACTERS} characters.", where=file)
        return None
    if _NESTED.search(text):
        problems.add("policy-too-deep", "Lists within lists go too deep.", where=file)
        return None
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else 1
        what = str(error.problem or error.context or "it can't be read")
        problems.add("policy-not-yaml", f"This is not YAML: {what}.", where=place(file, line), advice=_QUOTE)
        return None
    except (YAMLError, RecursionError, ValueError, TypeError, AttributeError, LookupError, OverflowError) as error:
        what = type(error).__name__
        problems.add("policy-not-yaml", f"This is not YAML ({what}).", where=place(file, 1), advice=_QUOTE)
        return None
    if root is None:
        problems.add("policy-empty", "The text is empty.", where=file, advice="Start from a shipped template.")
        return None
    return _node(root, problems, file, 0)


_QUOTE = "Put rules that begin with a quotation mark below `rule: >-`, indented, on a line of their own."


def place(file: str, line: int) -> str:
    """Where: "policies/a.yaml, line 8"."""
    return f"{file}, line {line}" if file else f"line {line}"


def _node(node: YamlNode, problems: Problems, file: str, depth: int) -> Node:
    line = node.start_mark.line + 1
    if depth > MAX_DEPTH:
        problems.add("policy-too-deep", "Lists within lists go too deep.", where=place(file, line))
        return Scalar(line, "")
    if node.anchor:
        advice = "Write the value out."
        problems.add("policy-anchor", "Anchors and aliases are not allowed.", where=place(file, line), advice=advice)
        return Scalar(line, "")
    if isinstance(node, MappingNode):
        return _mapping(node, problems, file, depth)
    if isinstance(node, SequenceNode):
        return Sequence(line, tuple(_node(item, problems, file, depth + 1) for item in node.value))
    assert isinstance(node, ScalarNode)
    return Scalar(line, str(node.value), is_plain=not node.style)


def _mapping(node: MappingNode, problems: Problems, file: str, depth: int) -> Mapping:
    result = Mapping(node.start_mark.line + 1)
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, ScalarNode) or key.anchor:
            problems.add("policy-bad-key", "A field's name must be plain text.", where=place(file, line))
            continue
        name = str(key.value)
        if name in result.fields:
            message = f"`{name[:40]}` stands twice."
            problems.add("policy-twice", message, where=place(file, line), advice="Keep one of them.")
            continue
        result.fields[name] = _node(value, problems, file, depth + 1)
        result.lines[name] = line
    return result
