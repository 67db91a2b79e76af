"""A test with many cases that runs as one test. pytest needs longer to set up a test than most cases need to run."""

from __future__ import annotations

import functools
import inspect
import reprlib
from typing import TYPE_CHECKING, Any

from _pytest.mark.structures import ParameterSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Test = Callable[..., None]

SHOWN = 10
_short = reprlib.Repr()
_short.maxstring = _short.maxother = 80


def for_each(names: str, cases: Iterable[Any], name: Callable[[Any], object] = _short.repr) -> Callable[[Test], Test]:
    """Run a test once for each case, like `pytest.mark.parametrize`, and fail with all the cases that failed.

    Fixtures are shared by the cases: a test whose cases change a folder or a call is parametrised instead.
    """
    wanted = [word.strip() for word in names.split(",")]
    listed = list(cases)
    if any(isinstance(case, ParameterSet) for case in listed):
        message = "for_each takes the cases themselves, not pytest.param"
        raise TypeError(message)

    def decorate(test: Test) -> Test:
        @functools.wraps(test)
        def run(*given: object, **fixtures: object) -> None:
            assert listed, "there is no case"
            failed: list[AssertionError | ExceptionGroup[Exception]] = []
            for case in listed:
                values = case if len(wanted) > 1 else (case,)
                try:
                    test(*given, **fixtures, **dict(zip(wanted, values, strict=True)))
                except (AssertionError, ExceptionGroup) as wrong:  # a group is of cases inside a case
                    wrong.add_note(f"in the case {name(case)}")
                    failed.append(wrong)
                except BaseException as broken:
                    broken.add_note(f"in the case {name(case)}")
                    raise
            if failed:
                more = "".join(f"\n{wrong.__notes__[-1]}: {wrong}" for wrong in failed[SHOWN:])
                message = f"{len(failed)} of {len(listed)} cases failed{more and ', not all shown here in full'}{more}"
                raise ExceptionGroup(message, failed[:SHOWN])

        shape = inspect.signature(test)
        left = [one for one in shape.parameters.values() if one.name not in wanted]
        run.__signature__ = shape.replace(parameters=left)  # type: ignore[attr-defined]
        return run

    return decorate
