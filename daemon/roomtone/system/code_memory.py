"""Memory that is first written and then run: libraries that make code while they run need it."""

from __future__ import annotations

import mmap

from roomtone.base.error import OwnerError


def require_code_memory(without: str) -> None:
    """Raise OwnerError where a sandbox denies it, as MemoryDenyWriteExecute= does.

    `without` says what happens then. Asked before such a library is loaded, for ctranslate2 may
    give wrong numbers instead of an error.
    """
    try:
        mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC).close()
    except OSError:
        raise OwnerError(
            f"the sandbox denies memory that is written and then run, and so {without}: take "
            "MemoryDenyWriteExecute= out with `sudo systemctl edit roomtone`"
        ) from None
