"""What honest submissions do and a sandbox must let them do, one function each."""

from __future__ import annotations

import asyncio
import ctypes
import multiprocessing
import os
import shutil
import socket
import sqlite3
import sys
import tempfile
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path


def given() -> list[str]:
    """The file that was put there, the folder we are in, and whether we may write to it."""
    Path("mine.txt").write_text("mine")
    return [Path("given.txt").read_text(), os.getcwd(), Path("mine.txt").read_text()]


def square(number: int) -> int:
    """For pools, which find functions by name."""
    return number * number


def pool() -> list[int]:
    """Processes that compute."""
    with multiprocessing.get_context("fork").Pool(2) as workers:
        return workers.map(square, range(5))


def executors() -> list[int]:
    """The same, and threads, with futures."""
    with ProcessPoolExecutor(2, multiprocessing.get_context("fork")) as processes, ThreadPoolExecutor(2) as threads:
        return list(processes.map(square, range(3))) + list(threads.map(square, range(3)))


def queue() -> list[int]:
    """A process that answers through a queue."""
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    child = context.Process(target=lambda: [answers.put(n) for n in range(3)])
    child.start()
    got = [answers.get(timeout=5) for _ in range(3)]
    child.join()
    return got


def loader(workers: int) -> float:
    """A DataLoader with workers."""
    import torch
    from torch.utils.data import DataLoader, TensorDataset

    data = TensorDataset(torch.arange(64.0).reshape(32, 2))
    return sum(float(batch.sum()) for (batch,) in DataLoader(data, batch_size=4, num_workers=workers))


def train() -> bool:
    """Train, save, load, compare."""
    import torch

    model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1))
    optimizer = torch.optim.Adam(model.parameters())
    for _ in range(5):
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(model(torch.randn(16, 4)), torch.randn(16, 1)).backward()
        optimizer.step()
    torch.save(model.state_dict(), "model.pt")
    loaded = torch.load("model.pt")
    return all(torch.equal(loaded[name], value) for name, value in model.state_dict().items())


def arrays() -> int:
    """Save, load and map arrays."""
    import numpy

    numpy.savez("many.npz", a=numpy.arange(5))
    mapped = numpy.memmap("mapped.bin", dtype="int64", mode="w+", shape=(1000,))
    mapped[:] = 2
    mapped.flush()
    return int(numpy.load("many.npz")["a"].sum()) + int(numpy.memmap("mapped.bin", dtype="int64").sum())


def database() -> int:
    """SQLite in a file, with a journal."""
    with sqlite3.connect("some.db") as connection:
        connection.execute("create table numbers (n integer)")
        connection.executemany("insert into numbers values (?)", [(n,) for n in range(10)])
        return int(connection.execute("select sum(n) from numbers").fetchone()[0])


def temporary(folder: str | None) -> bool:
    """Temporary files and folders, copied and moved."""
    tempfile.tempdir = folder
    with tempfile.TemporaryDirectory() as made, tempfile.NamedTemporaryFile(dir=made) as file:
        file.write(b"hello")
        file.flush()
        copied = shutil.copy(file.name, Path(made, "copied"))
        return Path(shutil.move(copied, Path.cwd() / "moved")).read_bytes() == b"hello"


def recursion() -> int:
    """Ten thousand calls deep."""

    def depth(n: int) -> int:
        return 0 if n == 0 else 1 + depth(n - 1)

    sys.setrecursionlimit(20_000)
    return depth(10_000)


def figure() -> bool:
    """A figure with text, to a file."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    pyplot.plot([1, 2, 3])
    pyplot.title("Été $x^2$")
    pyplot.savefig("figure.png")
    pyplot.savefig("figure.pdf")
    return Path("figure.png").stat().st_size > 1000 and Path("figure.pdf").stat().st_size > 1000


def lazy_imports(jobs: int) -> float:
    """Packages that the template did not import; several jobs are asked for, and joblib is told to do with one."""
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.model_selection import cross_val_score

    data, labels = [[float(n)] for n in range(20)], [n // 10 for n in range(20)]
    return float(cross_val_score(RandomForestClassifier(3), data, labels, cv=2, n_jobs=jobs).mean())


def asynchronous() -> int:
    """An event loop."""

    async def main() -> int:
        return sum(await asyncio.gather(*(asyncio.sleep(0.001, n) for n in range(4))))

    return asyncio.run(main())


def threads() -> int:
    """Threads with a lock."""
    lock, total = threading.Lock(), [0]

    def add() -> None:
        with lock:
            total[0] += 1

    started = [threading.Thread(target=add) for _ in range(8)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    return total[0]


def shared_memory() -> int:
    """A block of memory with a name. Its helper is a program, and programs are refused: the worker does without it."""
    from multiprocessing import resource_tracker
    from multiprocessing import shared_memory as blocks

    vars(resource_tracker._resource_tracker)["_send"] = lambda *_: None
    block = blocks.SharedMemory(create=True, size=1000)
    block.buf[0] = 7
    value = int(block.buf[0])
    block.close()
    block.unlink()
    return value


def callback() -> list[int]:
    """A Python function called from C."""
    kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_int))
    numbers = (ctypes.c_int * 3)(3, 1, 2)
    ctypes.CDLL(None).qsort(numbers, 3, 4, kind(lambda a, b: a[0] - b[0]))
    return list(numbers)


def who() -> list[object]:
    """Names that honest code asks for."""
    import getpass
    import pwd

    return [pwd.getpwuid(os.getuid()).pw_name, getpass.getuser(), socket.gethostname(), bool(os.cpu_count())]


def fifo() -> str:
    """A named pipe."""
    os.mkfifo("pipe")
    if os.fork() == 0:
        Path("pipe").write_text("through")
        os._exit(0)
    return Path("pipe").read_text()


def devices() -> int:
    """The devices that every program may expect."""
    Path("/dev/null").write_bytes(b"x")
    with open("/dev/null", "w") as null:
        null.write("y")
    return len(Path("/dev/urandom").open("rb").read(8)) + len(Path("/dev/zero").open("rb").read(8))
