"""3.4, 29: fills the disk, in the work folder and in the temporary ones."""
# expect at full: error raised
# expect at partial: error raised
# told: It raised OSError at tiny.py
import os


def square(x):
    for folder in (".", "/tmp", "/dev/shm"):
        if os.access(folder, os.W_OK):
            with open(os.path.join(folder, "large"), "wb") as file:
                for _ in range(200):
                    file.write(bytes(2**20))
    return x * x
