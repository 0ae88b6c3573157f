"""Files that people asked for, written all or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from pathlib import Path


def write_whole(path: Path, data: str | bytes) -> None:
    """Write a file beside its place and put it there when it is complete, so that nobody meets half of it.

    A link is followed, and the mode and owner of a file that was there are kept. What is no regular file, such as a
    pipe or `/dev/stdout`, is written to as it is. Text is written in UTF-8, its line ends as they are.

    Raises:
        OSError: with `path` as its file, which is then as it was.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    try:
        before = path.stat() if path.exists() else None
        if _is_stream(path, before):
            with path.open("wb") as stream:
                stream.write(content)
        else:
            _replace(_target(path), before, content)
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error


def _is_stream(path: Path, before: os.stat_result | None) -> bool:
    """Tell whether `path` cannot be replaced; what `/dev/stdout` leads to belongs to somebody else."""
    if Path(os.path.abspath(path)).parts[1:2] in {("dev",), ("proc",)}:  # noqa: PTH100  resolve() would follow the link
        return True
    return before is not None and not stat.S_ISREG(before.st_mode)


def _target(path: Path) -> Path:
    """Return the file that `path` leads to, which need not be there."""
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return target


def _replace(target: Path, before: os.stat_result | None, content: bytes) -> None:
    if before is not None and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    draft = target.with_name(f".papergraph-{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            if before is not None:
                _take_after(file.fileno(), before)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # some disks say only now that they are full
        draft.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise


def _take_after(handle: int, before: os.stat_result) -> None:
    """Give a file the owner and mode of the one that it replaces, as far as that is allowed."""
    if hasattr(os, "fchown"):
        with contextlib.suppress(OSError):
            os.fchown(handle, before.st_uid, before.st_gid)
        os.fchmod(handle, stat.S_IMODE(before.st_mode))
