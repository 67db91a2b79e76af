"""The columns of an exported dataset: their names, types and meaning, and whether they contain free text.

Schema 1. New columns and fields keep the number; a change of type or meaning needs a new one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA_VERSION = 1

_STEP = (
    "struct<framework: word, id: word, name: word, intent: word, phase: word, status: word, visits: int32,"
    " seconds: double, own_words: int32, read_out: int32>"
)
_OFFER = "struct<remedy: word, remedy_key: word, value: double, currency: word, within_authority: bool, answer: word>"
_PROMISE = "struct<id: string, what: string, due: time, done: time, satisfied: bool>"
_TASK = "struct<id: string, step: word, what: string, due: time, done: time, satisfied: bool>"


class Column(NamedTuple):
    """A column. Its type uses the words of `_TYPES`; `text`: null unless names and free text were requested."""

    name: str
    type: str
    meaning: str
    text: bool = False


COLUMNS = (
    Column("id", "string", "the call's id"),
    Column("started", "time", "when the call began"),
    Column("ended", "time", "when the call ended"),
    Column("seconds", "double", "duration without pauses"),
    Column("day", "date", "local date where the call was taken"),
    Column("hour", "int32", "local hour, 0 to 23"),
    Column("weekday", "int32", "local weekday, Monday is 0"),
    Column("state", "word", "finished or abandoned"),
    Column("framework", "word", "id of the first framework"),
    Column("framework_name", "word", "name of the first framework"),
    Column("entered", "list<word>", "ids of all frameworks used"),
    Column("channel", "word", "phone, chat, email, in-person, social"),
    Column("issue", "word", "what the call was about, after amendments"),
    Column("found_by", "word", "customer, monitoring, audit, colleague"),
    Column("outcome", "word", "the outcome, after amendments; null is open"),
    Column("ours", "bool", "whether the company was at fault"),
    Column("repeated", "bool", "whether it had happened to the customer before"),
    Column("severity", "word", "minor, serious, severe"),
    Column("mood_first", "word", "the customer's first mood"),
    Column("mood_last", "word", "the customer's last mood"),
    Column("moods", "list<struct<at: time, mood: word>>", "all moods, in order"),
    Column("steps_done", "int32", "number of steps done"),
    Column("steps_total", "int32", "number of all steps"),
    Column("own_words", "int32", "number of lines in the agent's own words"),
    Column("read_out", "int32", "number of phrases said"),
    Column("holds", "int32", "number of holds"),
    Column("escalations", "int32", "number of escalations"),
    Column("steps", f"list<{_STEP}>", "the steps; status is done, skipped or open, seconds are without pauses"),
    Column("offers", f"list<{_OFFER}>", "offers; answer is accepted, refused or null; remedy_key is for grouping"),
    Column("promises", f"list<{_PROMISE}>", "promises, with their state today; `what` is text"),
    Column("tasks", f"list<{_TASK}>", "tasks of a finished call, with their state today; `what` is text"),
    Column("agent", "word", "the agent", text=True),
    Column("customer", "string", "the customer's name", text=True),
    Column("reference", "string", "the customer's reference", text=True),
    Column("cause", "string", "the root cause, after amendments", text=True),
    Column("summary", "string", "the summary, after amendments", text=True),
)


def schema(*, with_text: bool) -> pa.Schema:
    """Return the schema of the files, its version in their metadata."""
    import pyarrow as pa

    metadata = {"recovery.schema_version": str(SCHEMA_VERSION), "recovery.with_text": str(with_text).lower()}
    return pa.schema([pa.field(column.name, _type(column.type)) for column in COLUMNS], metadata)


def _type(words: str) -> pa.DataType:
    import pyarrow as pa

    if words.startswith("list<"):
        return pa.list_(_type(words[5:-1]))
    if words.startswith("struct<"):
        fields = (field.split(": ") for field in words[7:-1].split(", "))
        return pa.struct([pa.field(name, _type(kind)) for name, kind in fields])
    known: dict[str, pa.DataType] = {
        "string": pa.string(),
        "word": pa.dictionary(pa.int32(), pa.string()),
        "time": pa.timestamp("us", tz="UTC"),
        "date": pa.date32(),
        "int32": pa.int32(),
        "double": pa.float64(),
        "bool": pa.bool_(),
    }
    return known[words]
