"""Pages that are read, not answered: sections of labelled lines, and how they are told line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Row(NamedTuple):
    """One fact: what kind it is, its words, what they hold for (`note`), and when in the call it was (`at`)."""

    label: str
    text: str
    note: str = ""
    at: str = ""


class Section(NamedTuple):
    """A heading with a remark beside it, a leading sentence, and rows. Each may be empty."""

    title: str = ""
    aside: str = ""
    lead: str = ""
    rows: tuple[Row, ...] = ()


def page_lines(sections: Iterable[Section]) -> list[str]:
    """Return the sections as lines that read well aloud: every line says by itself what it is."""
    lines: list[str] = []
    for section in sections:
        if lines:
            lines.append("")
        lines += _heading_lines(section)
        lines += [_told(row) for row in section.rows]
    return lines


def _heading_lines(section: Section) -> list[str]:
    heading = f"{section.title} ({section.aside})" if section.aside else section.title
    return [_held(line) for line in (heading, section.lead) if line]


def _told(row: Row) -> str:
    label = ", ".join(filter(None, (row.label, row.note)))
    return _held(f"{row.at} {label}: {row.text}".lstrip() if label or row.at else row.text)


def _held(text: str) -> str:
    """Indent the further lines of what somebody pasted, so that none of them passes for a fact of its own."""
    return text.rstrip("\n").replace("\n", "\n    ")
