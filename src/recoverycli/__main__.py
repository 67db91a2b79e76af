"""`recovery`: from the words of the command line to an exit code, and the only place where errors become messages."""

from __future__ import annotations

import contextlib
import gc
import os
import sys

from recoverycli.system import streams
from recoverycli.version import __version__

# Type checkers read this as true. To import typing takes longer than all that `recovery --version` does.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.errors import RecoveryError

INTERRUPTED = 130


def main() -> None:
    """Run `recovery` with the process's own arguments and end with its exit code."""
    _forget_current_folder()
    if os.name == "nt":
        from recoverycli.system.windows_console import WindowsConsole, enable_sequences

        console = WindowsConsole()
        streams.prepare(os.environ, console)
        if sys.stdin.isatty():
            # Ctrl-Break is Ctrl-C: what was switched on is switched off again.
            import signal

            signal.signal(signal.SIGBREAK, signal.default_int_handler)  # type: ignore[attr-defined,unused-ignore]  # Windows has it
        with enable_sequences(console, (1, 2)):
            code = run(sys.argv[1:])
    else:
        streams.prepare(os.environ)
        code = run(sys.argv[1:])
    # An interrupt that met code which was made from text, as dataclasses are, has Python kill itself at its end however
    # it was heard. To run some text forgets that.
    exec("")  # noqa: S102  # nothing is run
    sys.exit(code)


def run(argv: Sequence[str]) -> int:
    """Run `recovery` with `argv` and return the exit code: 0 done, 1 cannot be done, 2 wrong usage, 130 interrupted."""
    # What is loaded at the start stays in use: a collection would only delay the first screen.
    gc.disable()
    if list(argv) == ["--version"]:
        sys.stdout.write(f"recovery {__version__}\n")
        return 0
    from recoverycli.errors import RecoveryError

    try:
        from recoverycli.commands.app import invoke

        code = invoke(argv)
        sys.stdout.flush()
    except RecoveryError as fault:
        code = _explain(fault, as_json="--json" in argv)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:
        # The reader of the output has seen enough.
        streams.discard_output()
        code = 0
    except OSError as fault:
        code = _unwritable(fault) if streams.is_output_fault(fault) else _refuse(fault, as_json="--json" in argv)
    except Exception as fault:
        if os.environ.get("RECOVERY_DEBUG") == "1":
            raise
        code = _report(fault)
    return code


def _forget_current_folder() -> None:
    """Load no module from the current folder, unless the tool itself lies there.

    `python -m` puts it first, and a relative entry of PYTHONPATH means it.
    """
    with contextlib.suppress(OSError):  # the current folder is gone
        here = os.getcwd()  # noqa: PTH109  # pathlib takes as long to load as Python to start
        if not __file__.startswith(os.path.join(here, "recoverycli")):  # noqa: PTH118
            sys.path[:] = [folder for folder in sys.path if folder not in {"", here}]


def _unwritable(fault: OSError) -> int:
    """Say that the output could not be written; what was recorded is not touched by it."""
    with contextlib.suppress(OSError):
        streams.discard_output()
    with contextlib.suppress(OSError):
        sys.stderr.write(f"recovery: the output could not be written ({fault.strerror})\n")
    return 1


def _refuse(fault: OSError, *, as_json: bool) -> int:
    """Put into words what the system refused where the code that asked for it did not, else report it."""
    from recoverycli.store.files import outside_fault

    known = outside_fault(fault)
    return _report(fault) if known is None else _explain(known, as_json=as_json)


def _explain(fault: RecoveryError, *, as_json: bool) -> int:
    """Say on standard error what happened, what was kept and what to do."""
    from recoverycli.text.safe import escape, json_line

    if as_json:
        said = {"error": fault.code, "message": fault.message, "kept": fault.kept, "hint": fault.hint}
        sys.stderr.write(json_line(said) + "\n")
        return fault.exit_code
    for line in filter(None, (f"recovery: {fault.message}", fault.kept, fault.hint)):
        sys.stderr.write(escape(line) + "\n")
    return fault.exit_code


def _report(fault: Exception) -> int:
    """Write what happened into a report, without anybody's words, and say where it is."""
    import platform
    import tempfile
    import traceback

    frames = traceback.extract_tb(fault.__traceback__)
    places = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    head = f"recovery {__version__}, Python {platform.python_version()}, {platform.system()}"
    lines = [head, f"{type(fault).__module__}.{type(fault).__qualname__}", *places, ""]
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="recovery-report-", suffix=".txt", delete=False
        ) as file:
            file.write("\n".join(lines))
        where = f"A report without any of your words is in {file.name}: please send it to the maintainers."
    except OSError:
        where = f"No report could be written: {lines[1]} at {places[-1].strip() if places else 'an unknown place'}."
    sys.stderr.write(
        "recovery: an unexpected error occurred.\n"
        "What was confirmed on the screen is stored: recovery resume, or recovery log list.\n"
        f"{where}\n"
    )
    return 1


if __name__ == "__main__":
    main()
