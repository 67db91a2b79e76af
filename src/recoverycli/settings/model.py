"""The settings as frozen structs. `DOCUMENTED` describes each one for users."""

from __future__ import annotations

from typing import Any, Literal, get_args

import msgspec

Theme = Literal["default", "dark", "light", "high-contrast", "none"]
Redactable = Literal[
    "email", "phone", "iban", "national-number", "bank-account", "date-of-birth", "address", "key", "name"
]
RemedyKind = Literal["money", "percent", "goods", "service", "gesture"]
Push = Literal["by-hand", "after-call"]
Share = Literal["all", "no-names", "numbers"]
Reopen = Literal["never", "hour", "day", "week"]
Address = Literal["given-name", "title", "none"]

THEMES: tuple[Theme, ...] = get_args(Theme)
REDACTABLE: tuple[Redactable, ...] = get_args(Redactable)
REMEDY_KINDS: tuple[RemedyKind, ...] = get_args(RemedyKind)
# Settings that are lists of folders.
FOLDER_LISTS = ("projects.trusted", "projects.ignored")
# Settings with a fixed set of values, besides the theme.
WORDS: dict[str, tuple[str, ...]] = {
    "address": get_args(Address),
    "reopen": get_args(Reopen),
    "team.push": get_args(Push),
    "team.share": get_args(Share),
}


class Remedy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a company can give to make up for a failure.

    `least` and `most` are the range of its value, in `currency` for kind money, in percent for kind percent. Without
    `needs`, the agent can give it alone; with `needs`, only up to `alone` (default 0), and more only with the approval
    of `needs`.
    """

    name: str
    kind: RemedyKind
    currency: str | None = None
    least: float | None = None
    most: float | None = None
    alone: float | None = None
    needs: str | None = None
    note: str | None = None


class Settings(msgspec.Struct, frozen=True):
    """Every setting, with its default."""

    framework: str = "learn"
    agent: str | None = None
    channel: str | None = None
    currency: str | None = None
    country: str | None = None
    hours: str = "09:00-17:00"
    address: Address = "given-name"
    theme: str = "default"
    plain: bool = False
    color: bool = True
    redact: tuple[Redactable, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    reopen: Reopen = "day"
    # By kind, or by country and kind: `incidents`, `GB.emergency`.
    contacts: dict[str, str] = {}
    patterns: dict[str, str] = {}
    # In a file, they are in their own table, or have these dotted names.
    team_push: Push = msgspec.field(default="by-hand", name="team.push")
    team_share: Share = msgspec.field(default="all", name="team.share")
    cards_off: tuple[str, ...] = msgspec.field(default=(), name="cards.off")
    day_begins: int = msgspec.field(default=4, name="practice.day-begins")
    # Project folders of other users: those that are used, and those that are not asked about again.
    projects_trusted: tuple[str, ...] = msgspec.field(default=(), name="projects.trusted")
    projects_ignored: tuple[str, ...] = msgspec.field(default=(), name="projects.ignored")


# The name of each setting, as people write it, and its field.
FIELDS = {field.encode_name: field for field in msgspec.structs.fields(Settings)}

DOCUMENTED = {
    "framework": "The default framework of `recovery start`.",
    "agent": "Your name, stored in every transcript.",
    "channel": "The usual channel: phone, chat, email, in-person or social.",
    "currency": "The currency of amounts that have none, such as EUR.",
    "country": "The country whose public holidays are not working days, such as GB-ENG, DE-BY or US.",
    "hours": "Your working hours; a promise for a day is due when they end.",
    "address": "How phrases address a customer: by given-name, by title (Ms Quill), or none.",
    "theme": f"The colours: {', '.join(THEMES[:-1])} or {THEMES[-1]}.",
    "plain": "Plain text for screen readers and pipes: no boxes, no redrawing, numbered lines.",
    "color": "Use colour where the terminal supports it.",
    "redact": f"What is masked in addition to cards, codes and passwords: {', '.join(REDACTABLE)}.",
    "reopen": "How long a saved call can be reopened: never, an hour, a day or a week.",
    "team.push": "When finished calls go to the team's database: by-hand (recovery team push) or after-call.",
    "team.share": "What leaves this desk: all, no-names (no names or references), or numbers (no text).",
    "contacts": "Whom a card brings in, such as contacts.incidents; by country: contacts.GB.emergency.",
    "patterns": "The form of your numbers and codes, such as patterns.order-number: 0 is a digit, A a letter.",
    "cards.off": "The cards that are neither listed nor suggested, such as fraud.",
    "practice.day-begins": "The hour, 0 to 23, at which a day of practice begins: what is due is due for a whole day.",
    "projects.trusted": "Project folders of other users that are used all the same.",
    "projects.ignored": "Project folders of other users that are not used, and not asked about again.",
    "remedies": "What you may offer: one [[remedies]] table each, with name, kind, least, most, alone and needs.",
}


class ResolvedSettings(msgspec.Struct, frozen=True):
    """The settings in use, the source of each, and the problems of the files (one line each)."""

    settings: Settings
    sources: dict[str, str]
    problems: tuple[str, ...] = ()


class SettingInForce(msgspec.Struct, frozen=True):
    """A setting for `recovery config show`; `about` is its documentation."""

    name: str
    value: Any
    source: str
    about: str
