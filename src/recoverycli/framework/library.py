from pathlib import Path
import msgspec
from recoverycli.framework.model import Framework
class Loaded(msgspec.Struct, frozen=True):
    framework: Framework
    digest: str
    path: Path
    kind: str
