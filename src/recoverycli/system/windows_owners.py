"""Owners of files on Windows, by its security functions: https://learn.microsoft.com/windows/win32/api/aclapi/."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_FILE_OBJECT, _OWNER = 1, 1  # SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION
_MAY_QUERY = 8  # TOKEN_QUERY
# TokenUser is the user; TokenOwner is who gets the files that this process makes: Administrators for one of them.
_USER, _OWNER_OF_FILES = 1, 4
_NOBODY = "nobody (its disk records no owners)"
_LONGEST = 256  # characters of the name of an account


def other_windows_owner(path: Path) -> str | None:
    """Return the name of the other account to which a path belongs; None if it is this user's.

    An account without a name is returned as its SID. Raises OSError if the path is not there or does not tell its
    owner.
    """
    if sys.platform != "win32":
        return None
    import ctypes
    from ctypes import byref, c_void_p

    advapi = ctypes.WinDLL("advapi32", use_last_error=True)
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.LocalFree.argtypes = [c_void_p]
    owner, descriptor = c_void_p(), c_void_p()
    advapi.GetNamedSecurityInfoW.argtypes = [
        ctypes.c_wchar_p, ctypes.c_int, ctypes.c_uint32, *[ctypes.POINTER(c_void_p)] * 5,
    ]  # fmt: skip
    fault = advapi.GetNamedSecurityInfoW(
        str(path), _FILE_OBJECT, _OWNER, byref(owner), None, None, None, byref(descriptor)
    )
    if fault:
        raise ctypes.WinError(fault)
    try:
        if not owner.value:
            return _NOBODY
        advapi.EqualSid.argtypes = [c_void_p, c_void_p]
        mine = [_sid_of_process(advapi, kernel, kind) for kind in (_USER, _OWNER_OF_FILES)]
        if any(advapi.EqualSid(owner, _sid_in(held)) for held in mine):
            return None
        return _name(advapi, kernel, owner)
    finally:
        kernel.LocalFree(descriptor)


def _sid_of_process(advapi: Any, kernel: Any, kind: int) -> Any:
    """The memory with a SID of the token of this process. Raises OSError."""
    import ctypes
    from ctypes import byref, c_void_p

    kernel.GetCurrentProcess.restype = c_void_p
    kernel.CloseHandle.argtypes = [c_void_p]
    advapi.OpenProcessToken.argtypes = [c_void_p, ctypes.c_uint32, ctypes.POINTER(c_void_p)]
    advapi.GetTokenInformation.argtypes = [
        c_void_p, ctypes.c_int, c_void_p, ctypes.c_uint32, ctypes.POINTER(ctypes.c_uint32),
    ]  # fmt: skip
    token, size = c_void_p(), ctypes.c_uint32()
    if not advapi.OpenProcessToken(kernel.GetCurrentProcess(), _MAY_QUERY, byref(token)):
        raise _last_error()
    try:
        advapi.GetTokenInformation(token, kind, None, 0, byref(size))
        held = ctypes.create_string_buffer(size.value)
        if not advapi.GetTokenInformation(token, kind, held, size, byref(size)):
            raise _last_error()
    finally:
        kernel.CloseHandle(token)
    return held


def _sid_in(held: Any) -> Any:
    """The pointer to the SID, with which TOKEN_USER and TOKEN_OWNER begin."""
    from ctypes import c_void_p

    return c_void_p.from_buffer(held)


def _name(advapi: Any, kernel: Any, sid: Any) -> str:
    """The name of an account, or its SID where the name is not known, as of another computer."""
    import ctypes
    from ctypes import byref, c_void_p

    name, domain = (ctypes.create_unicode_buffer(_LONGEST) for _ in range(2))
    longest, kind = [ctypes.c_uint32(_LONGEST) for _ in range(2)], ctypes.c_int()
    advapi.LookupAccountSidW.argtypes = [
        ctypes.c_wchar_p, c_void_p, ctypes.c_wchar_p, ctypes.POINTER(ctypes.c_uint32), ctypes.c_wchar_p,
        ctypes.POINTER(ctypes.c_uint32), ctypes.POINTER(ctypes.c_int),
    ]  # fmt: skip
    if advapi.LookupAccountSidW(None, sid, name, byref(longest[0]), domain, byref(longest[1]), byref(kind)):
        return f"{domain.value}\\{name.value}" if domain.value else name.value
    text = ctypes.c_void_p()
    advapi.ConvertSidToStringSidW.argtypes = [c_void_p, ctypes.POINTER(c_void_p)]
    if not advapi.ConvertSidToStringSidW(sid, byref(text)):
        raise _last_error()
    try:
        return ctypes.wstring_at(text.value or 0)
    finally:
        kernel.LocalFree(text)


def _last_error() -> OSError:
    import ctypes

    if sys.platform != "win32":
        raise AssertionError("only Windows has such an error")
    return ctypes.WinError(ctypes.get_last_error())
