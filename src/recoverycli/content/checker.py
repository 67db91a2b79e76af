"""Check a tree of YAML nodes against the types of the model: plain data with positions, or every error."""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import inspect

from recoverycli.content.nodes import Node, Problem, kind_of
from recoverycli.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

Path = tuple[str | int, ...]
S = TypeVar("S", bound=msgspec.Struct)
_FOUND = {
    "int": "the number", "float": "the number", "bool": "yes or no, as YAML reads", "timestamp": "the date",
    "null": "nothing", "str": "the text", "seq": "a list", "map": "a map",
}  # fmt: skip
# Words that people write for alternatives, and the forms that say it.
_ALTERNATIVES = frozenset({"any", "any-of", "in", "one-of", "or"})
_MOST_WORDS_OF_A_NAME = 4
_LIST_FORM = "for one of several values, write a list: [gold, silver]"
_MAPS_FORM = "for alternatives, write a list of maps: [{tier: gold}, {guests: 3}]"
_CONTAINERS = (inspect.StructType, inspect.DictType, inspect.VarTupleType)


@functools.cache
def type_of(type_: Any) -> inspect.Type:
    """The description of a type, created once per process."""
    return inspect.type_info(type_)


class Check:
    """One check of one file.

    `problems` has every error, `of_shape` those of keys and types among them, `places` the node of each path of the
    data; `digest` covers all sources of the content.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.digest = hashlib.sha256()
        self.problems: list[Problem] = []
        self.of_shape: list[Problem] = []
        self.places: dict[Path, Node] = {}

    def fault(self, node: Node | None, found: str, allowed: str = "", near: str = "") -> None:
        """Note an error at `node`, or at the start of the file."""
        line, column = (node.start_mark.line + 1, node.start_mark.column + 1) if node is not None else (1, 1)
        self.problems.append(Problem(self.file, line, column, found, allowed, near))

    def fault_at(self, path: Path, found: str, allowed: str = "", near: str = "") -> None:
        """Note an error at a part of the data."""
        while path and path not in self.places:
            path = path[:-1]
        self.fault(self.places.get(path), found, allowed, near)

    def id_of_file(self, plain: dict[str, Any]) -> None:
        """Note an id that differs from the name of the file."""
        id_, stem = plain.get("id"), PurePath(self.file).stem
        if isinstance(id_, str) and id_ != stem:
            self.fault_at(("id",), f"the id is `{id_}` and the file is named `{stem}`", "they must match", stem)

    def each_once(self, what: str, ids: Iterable[tuple[Path, str]]) -> None:
        """Note each repeated id, given with its place; `what` names what the ids belong to."""
        seen: set[str] = set()
        for path, id_ in ids:
            if id_ in seen:
                self.fault_at(path, f"the {what} `{id_}` appears twice", "ids must be unique")
            seen.add(id_)

    def items(self, plain: dict[str, Any], group: str) -> list[tuple[Path, dict[str, Any]]]:
        """Return the maps in a list of the file, each with its place, and note repeated ids."""
        found = plain.get(group)
        values = enumerate(found if isinstance(found, list) else [])
        items: list[tuple[Path, dict[str, Any]]] = [
            ((group, at), item) for at, item in values if isinstance(item, dict)
        ]
        self.each_once("id", (((*path, "id"), item["id"]) for path, item in items if "id" in item))
        return items

    def one_of(self, path: Path, what: str, wanted: str, known: Collection[str]) -> None:
        """Note a word that is not among the known ones."""
        if wanted not in known:
            allowed = f"there are: {', '.join(known)}" if known else f"the file has no {what}"
            self.fault_at(path, f"there is no {what} `{wanted}`", allowed, nearest(wanted, known))

    def content(
        self, node: Node, type_: type[S], rules: Callable[[dict[str, Any]], object], path: Path = ()
    ) -> S | None:
        """Return the struct that a node describes, or None if it has problems. `rules` check its plain data."""
        known = len(self.problems)
        data = self.value(node, type_of(type_), path)
        if isinstance(data, dict):
            rules(data)
        return msgspec.convert(data, type_) if len(self.problems) == known else None

    def value(self, node: Node, wanted: inspect.Type, path: Path = ()) -> Any:
        """Return the plain data of `node`; parts that do not fit `wanted` are noted and left out."""
        known = len(self.problems)
        data = self._value(node, wanted, path)
        self.of_shape += self.problems[known:]
        return data

    def _value(self, node: Node, wanted: inspect.Type, path: Path) -> Any:
        self.places[path] = node
        match wanted:
            case inspect.Metadata():
                if (wanted.extra or {}).get("as_written"):
                    return self._as_written(node, wanted.type)
                return self._value(node, wanted.type, path)
            case inspect.StructType():
                return self._struct(node, wanted, path)
            case inspect.VarTupleType():
                return self._list(node, wanted, path)
            case inspect.DictType():
                return self._map(node, wanted, path)
            case inspect.UnionType():
                return self._value(node, _type_for(wanted, node), path)
        return self._scalar(node, wanted)

    def _struct(self, node: Node, wanted: inspect.StructType, path: Path) -> Any:
        if node.id != "mapping":
            return self._wrong(node, "a map of keys and values")
        fields = {field.encode_name: field for field in wanted.fields}
        data: dict[str, Any] = {}
        for key, child in self._pairs(node):
            field = fields.get(key.value)
            if field is None:
                is_list = wanted.cls.__name__ == "ValueTest" and key.value in _ALTERNATIVES
                known = _LIST_FORM if is_list else f"allowed: {', '.join(fields)}"
                near = "" if is_list else nearest(key.value, fields)
                self.fault(key, f"unknown key `{_short(key.value)}`", known, near)
            elif (value := self._value(child, field.type, (*path, key.value))) is not None:
                data[key.value] = value
        written = {key.value for key, _ in node.value if key.id == "scalar"}
        for name, field in fields.items():
            if field.required and name not in written:
                self.fault(node, f"the key `{name}` is missing", f"{_name(wanted)} needs it")
        return data

    def _map(self, node: Node, wanted: inspect.DictType, path: Path) -> Any:
        if node.id != "mapping":
            return self._wrong(node, "a map of keys and values")
        data: dict[Any, Any] = {}
        for key, child in self._pairs(node):
            if key.value in _ALTERNATIVES and _is_list_of_maps(child):
                self.fault(key, f"`{key.value}` is no name here", _MAPS_FORM)
            else:
                data[self._scalar(key, wanted.key_type)] = self._value(child, wanted.value_type, (*path, key.value))
        return data

    def _pairs(self, node: Node) -> list[tuple[Node, Node]]:
        """The pairs of a map whose keys are words, each key once."""
        pairs: dict[str, tuple[Node, Node]] = {}
        for key, child in node.value:
            if key.id != "scalar":
                self.fault(key, "a list or map is where a key should be")
            elif key.value in pairs:
                first = pairs[key.value][0].start_mark.line + 1
                self.fault(key, f"the key `{_short(key.value)}` appears twice", f"it is already set in line {first}")
            else:
                pairs[key.value] = (key, child)
        return list(pairs.values())

    def _list(self, node: Node, wanted: inspect.VarTupleType, path: Path) -> Any:
        if node.id != "sequence":
            return self._wrong(node, "a list")
        if wanted.max_length is not None and len(node.value) != wanted.max_length:
            self.fault(node, f"found {len(node.value)} values", f"expected {wanted.max_length}")
            return None
        return [self._value(child, wanted.item_type, (*path, number)) for number, child in enumerate(node.value)]

    def _scalar(self, node: Node, wanted: inspect.Type) -> Any:
        if node.id != "scalar":
            return self._wrong(node, _expected_kind(wanted))
        kind, text = kind_of(node), node.value
        match wanted:
            case inspect.StrType():
                return self._text(node, wanted, kind, text)
            case inspect.IntType():
                return self._whole_number(node, wanted, kind, text)
            case inspect.BoolType():
                if kind == "bool":
                    return text.casefold() in {"true", "yes", "on"}
                return self._wrong(node, "true or false")
            case inspect.LiteralType():
                return self._choice(node, wanted, kind, text)
        return self._wrong(node, _expected_kind(wanted))

    def _text(self, node: Node, wanted: inspect.StrType, kind: str, text: str) -> Any:
        if kind != "str":
            if kind == "null":
                return self._wrong(node, "text")
            return self._wrong(node, "text: put it in quotes")
        # fullmatch: `$` would also match before a final line break.
        if wanted.pattern and not re.fullmatch(wanted.pattern, text):
            self.fault(node, *_explain_name(text, wanted.pattern))
            return None
        if wanted.min_length and len(text) < wanted.min_length:
            self.fault(node, "the text is empty")
            return None
        if wanted.max_length and len(text) > wanted.max_length:
            self.fault(node, f"the text has {len(text):,} characters", f"at most {wanted.max_length}")
            return None
        return text

    def _as_written(self, node: Node, wanted: inspect.Type) -> Any:
        """Return the text of a scalar, a number or a date as it is written."""
        if (
            node.id == "scalar"
            and kind_of(node) in {"int", "float", "timestamp"}
            and isinstance(wanted, inspect.StrType)
        ):
            return self._text(node, wanted, "str", node.value)
        return self._scalar(node, wanted)

    def _whole_number(self, node: Node, wanted: inspect.IntType, kind: str, text: str) -> Any:
        if kind != "int" or not re.fullmatch(r"[+-]?\d{1,12}", text):
            return self._wrong(node, "a whole number")
        number = int(text)
        if (wanted.ge is not None and number < wanted.ge) or (wanted.le is not None and number > wanted.le):
            bounds = f"from {wanted.ge}" + (f" to {wanted.le}" if wanted.le is not None else "")
            self.fault(node, f"the number {number} is out of bounds", bounds)
            return None
        return number

    def _choice(self, node: Node, wanted: inspect.LiteralType, kind: str, text: str) -> Any:
        if text in wanted.values and kind == "str":
            return text
        if kind == "int" and text.isdecimal() and len(text) < 10 and int(text) in wanted.values:
            return int(text)
        words = [str(value) for value in wanted.values]
        allowed = f"allowed: {', '.join(words)}"
        self.fault(node, f"`{_short(text)}` is not allowed here", allowed, nearest(text, words))
        return None

    def _wrong(self, node: Node, wanted: str) -> None:
        kind = kind_of(node)
        words = _short(node.value) if node.id == "scalar" and kind != "null" else ""
        shown = f" `{words}`" if words else ""
        self.fault(node, f"found {_FOUND.get(kind, kind)}{shown}", f"expected {wanted}")


def _short(text: str) -> str:
    return " ".join(text.split())[:60]


def _is_list_of_maps(node: Node) -> bool:
    return node.id == "sequence" and bool(node.value) and all(item.id == "mapping" for item in node.value)


def _explain_name(text: str, pattern: str) -> tuple[str, str, str]:
    """Return what is wrong with an id, what is allowed, and the nearest valid id; `pattern` is that of the ids."""
    takes_dashes = re.fullmatch(pattern, "a-b") is not None
    allowed = "lowercase letters, digits and dashes" if takes_dashes else "letters, digits and underscores"
    wrong, right, named = ("_", "-", "an underscore") if takes_dashes else ("-", "_", "a dash")
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    near = re.sub(r"[^A-Za-z0-9]+", right, plain.lower() if takes_dashes else plain).strip(right)
    near = near if re.fullmatch(pattern, near) and len(text.split()) <= _MOST_WORDS_OF_A_NAME else ""
    found = f"`{_short(text)}` has {named}" if wrong in text and near else f"`{_short(text)}` is not a name"
    return found, allowed, near


def _type_for(union: inspect.UnionType, node: Node) -> inspect.Type:
    """Return the type of a union that has the shape of the node, else its first."""
    shapes: dict[str, tuple[type[inspect.Type], ...]] = {
        "mapping": (inspect.StructType, inspect.DictType), "sequence": (inspect.VarTupleType,),
    }  # fmt: skip
    kinds = [kind for kind in union.types if not isinstance(kind, inspect.NoneType)]
    bare = {id(kind): kind.type if isinstance(kind, inspect.Metadata) else kind for kind in kinds}
    wanted = shapes.get(node.id)
    return next(
        (
            kind
            for kind in kinds
            if (isinstance(bare[id(kind)], wanted) if wanted else not isinstance(bare[id(kind)], _CONTAINERS))
        ),
        kinds[0],
    )


def _expected_kind(wanted: inspect.Type) -> str:
    names: dict[type[inspect.Type], str] = {
        inspect.StrType: "text", inspect.IntType: "a whole number", inspect.BoolType: "true or false",
        inspect.LiteralType: "one word",
    }  # fmt: skip
    return names.get(type(wanted), "something else")


def _name(wanted: inspect.StructType) -> str:
    name = wanted.cls.__name__
    known = {
        "CheckItem": "a checklist item",
        "CheckPart": "an item of `of`",
        "Avoid": "an entry of `avoid`",
        "StepPath": "a path",
        "StepQuestion": "a question with a condition",
        "HiddenFact": "a fact",
        "AgentCard": "`agent`",
        "ApologyPart": "a part",
        "SignGroup": "a group of signs",
        "FamilyCapture": "a capture",
        "FamilyFile": "a file of families",
        "DecisionTable": "a table",
        "TableRow": "a row",
        "ExampleCall": "an example",
        "GoodExchange": "an exchange",
        "BadExchange": "an exchange",
        "BadTake": "`bad`",
        "ValueTest": "a test",
        "IssueFamily": "a family",
        "PhrasePromise": "a promise",
        "SharedFile": "a file of shared phrases",
    }
    plain = name.removeprefix("Complete").removeprefix("Variant").removeprefix("Personal").removeprefix("Scenario")
    return known.get(name, f"a {(plain or name).casefold()}")
