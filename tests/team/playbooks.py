"""What a company publishes, for tests: a folder on the disk, and versions that somebody put into the table by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.team.content.package import digest, manifest, pack
from tests.frameworks.test_reader import GOOD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.team.floor import Floor

FRAMEWORK = GOOD.replace("id: mine\nname: Mine", "id: our-way\nname: Our way").replace("placeholders: [order]\n", "")
FRAMEWORK = FRAMEWORK.replace(", about {order}", "")
WORDING = """\
schema: 1
id: house
name: House words
patterns:
  - id: no-shop
    kind: tone
    say: ["not my shop"]
    because: It is ours.
    instead: I will find out.
"""
REMEDIES = (
    '[[remedies]]\nname = "voucher"\nkind = "money"\ncurrency = "GBP"\nmost = 80\nalone = 40\nneeds = "team lead"\n'
)
SCENARIO = "schema: 1\nid: {id}\nname: A parcel that came wet\nsummary: It rained.\nindustry: retail\nchannel: phone\n"


def playbook(framework: str = FRAMEWORK) -> dict[str, bytes]:
    """The files of a sound version."""
    return {
        "frameworks/our-way.yaml": framework.encode(),
        "wording/house.yaml": WORDING.encode(),
        "remedies.toml": REMEDIES.encode(),
    }


def laid_out(folder: Path, files: Mapping[str, bytes]) -> Path:
    """The files in a folder on the disk."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def put_by_hand(
    database: Floor, files: Mapping[str, bytes], *, packet: bytes | None = None, said: str = "", format_: int = 1
) -> None:
    """Make a version current with plain SQL, as a publisher without the tool; `said` is the digest it claims."""
    packet = pack(files) if packet is None else packet
    told = msgspec.json.encode(manifest(files)).decode()
    with database.connect("paul") as publisher:
        (version,) = publisher.execute(
            "INSERT INTO content (format, note, digest, manifest, files) VALUES (%s, 'by hand', %s, %s::jsonb, %s) "
            "RETURNING version",
            (format_, said or digest(files), told, packet),
        ).fetchone() or (0,)
        publisher.execute("INSERT INTO content_current (version) VALUES (%s)", (version,))
