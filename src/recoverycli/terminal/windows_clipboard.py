"""The clipboard of Windows. https://learn.microsoft.com/windows/win32/dataxchg/using-the-clipboard"""

from __future__ import annotations

import sys

_TEXT = 13  # CF_UNICODETEXT
_MOVEABLE = 0x0002  # GMEM_MOVEABLE
_TRIES = 10
_BETWEEN = 0.05  # seconds; another program has it open


def write_clipboard(text: str) -> bool:
    """Put `text` on the clipboard; whether Windows has taken it."""
    if sys.platform != "win32":
        return False
    import ctypes
    import time
    from ctypes import c_int, c_size_t, c_uint, c_void_p, c_wchar_p

    user, kernel = ctypes.WinDLL("user32"), ctypes.WinDLL("kernel32")
    user.CreateWindowExW.restype = c_void_p
    user.CreateWindowExW.argtypes = (
        c_uint, c_wchar_p, c_wchar_p, c_uint, c_int, c_int, c_int, c_int, c_void_p, c_void_p, c_void_p, c_void_p,
    )  # fmt: skip
    for takes_a_handle in (user.DestroyWindow, user.OpenClipboard, kernel.GlobalUnlock):
        takes_a_handle.argtypes = (c_void_p,)
    user.SetClipboardData.restype, user.SetClipboardData.argtypes = c_void_p, (c_uint, c_void_p)
    kernel.GlobalAlloc.restype, kernel.GlobalAlloc.argtypes = c_void_p, (c_uint, c_size_t)
    kernel.GlobalLock.restype, kernel.GlobalLock.argtypes = c_void_p, (c_void_p,)
    kernel.GlobalFree.restype, kernel.GlobalFree.argtypes = c_void_p, (c_void_p,)

    data = "\r\n".join(text.splitlines()).encode("utf-16-le", "replace") + b"\0\0"
    # A clipboard without an owner takes nothing: a window that nobody sees owns it.
    owner = user.CreateWindowExW(0, "STATIC", None, 0, 0, 0, 0, 0, None, None, None, None)
    try:
        for left in reversed(range(_TRIES)):
            if user.OpenClipboard(owner):
                break
            if not left:
                return False
            time.sleep(_BETWEEN)
        try:
            memory = kernel.GlobalAlloc(_MOVEABLE, len(data)) if user.EmptyClipboard() else None
            place = kernel.GlobalLock(memory) if memory else None
            if not place:
                return False
            ctypes.memmove(place, data, len(data))
            kernel.GlobalUnlock(memory)
            if user.SetClipboardData(_TEXT, memory):
                return True
            kernel.GlobalFree(memory)
            return False
        finally:
            user.CloseClipboard()
    finally:
        if owner:
            user.DestroyWindow(owner)
