"""3.4, 25: as many threads as there can be."""
# expect: error raised
# told: It raised RuntimeError at tiny.py
import threading


def square(x):
    threading.stack_size(65_536)
    while True:
        threading.Thread(target=threading.Event().wait, daemon=True).start()
