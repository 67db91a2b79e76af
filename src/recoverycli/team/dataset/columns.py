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
_PROMISE = "struct<id: string, what: string, due: time, done: time, satisfied: bool, promised: time>"
_TASK = "struct<id: string, step: word, what: string, due: time, done: time, satisfied: bool>"


class DatasetColumn(NamedTuple):
    """A column. Its type uses the words of `_TYPES`; `text`: null unless names and free text were requested."""

    name: str
    type: str
    meaning: str
    text: bool = False


COLUMNS = (
    DatasetColumn("id", "string", "the call's id"),
    DatasetColumn("started", "time", "when the call began"),
    DatasetColumn("ended", "time", "when the call ended"),
    DatasetColumn("seconds", "double", "duration without pauses"),
    DatasetColumn("day", "date", "local date where the call was taken"),
    DatasetColumn("hour", "int32", "local hour, 0 to 23"),
    DatasetColumn("weekday", "int32", "local weekday, Monday is 0"),
    DatasetColumn("state", "word", "finished or abandoned"),
    DatasetColumn("framework", "word", "id of the first framework"),
    DatasetColumn("framework_name", "word", "name of the first framework"),
    DatasetColumn("entered", "list<word>", "ids of all frameworks used"),
    DatasetColumn("channel", "word", "phone, chat, email, in-person, social"),
    DatasetColumn("issue", "word", "what the call was about, after amendments"),
    DatasetColumn("found_by", "word", "customer, monitoring, audit, colleague"),
    DatasetColumn("outcome", "word", "the outcome, after amendments; null is open"),
    DatasetColumn("ours", "bool", "whether the company was at fault, after amendments"),
    DatasetColumn("repeated", "bool", "whether it had happened to the customer before, after amendments"),
    DatasetColumn("severity", "word", "minor, serious, severe, after amendments"),
    DatasetColumn("cards", "list<word>", "ids of the cards that were opened"),
    DatasetColumn("mood_first", "word", "the customer's first mood"),
    DatasetColumn("mood_last", "word", "the customer's last mood"),
    DatasetColumn("moods", "list<struct<at: time, mood: word>>", "all moods, in order"),
    DatasetColumn("steps_done", "int32", "number of steps done"),
    DatasetColumn("steps_total", "int32", "number of all steps"),
    DatasetColumn("own_words", "int32", "number of lines in the agent's own words"),
    DatasetColumn("read_out", "int32", "number of phrases said"),
    DatasetColumn("holds", "int32", "number of holds"),
    DatasetColumn("escalations", "int32", "number of escalations"),
    DatasetColumn("steps", f"list<{_STEP}>", "the steps; status is done, skipped or open, seconds are without pauses"),
    DatasetColumn(
        "offers", f"list<{_OFFER}>", "offers; answer is accepted, refused or null; remedy_key is for grouping"
    ),
    DatasetColumn(
        "promises",
        f"list<{_PROMISE}>",
        "promises as they are today, planned for `due`, judged by `promised`; `what` is text",
    ),
    DatasetColumn("tasks", f"list<{_TASK}>", "tasks of a finished call, with their state today; `what` is text"),
    DatasetColumn("agent", "word", "the agent", text=True),
    DatasetColumn("customer", "string", "the customer's name", text=True),
    DatasetColumn("reference", "string", "the customer's reference", text=True),
    DatasetColumn("cause", "string", "the root cause, after amendments", text=True),
    DatasetColumn("summary", "string", "the summary, after amendments", text=True),
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
