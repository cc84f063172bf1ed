import math
import time

import matplotlib.pyplot as plt
import numpy as np
import torch


def square(n):
    return n * n


squares = [square(i) for i in range(1, 6)]
print(squares)


class Point:
    def __init__(self, x: float, y: float) -> None:
        self.x, self.y = x, y

    def distance_to_origin(self) -> float:
        return math.hypot(self.x, self.y)


print(Point(1, 1).distance_to_origin())

a, b = [1, 2, 3], [4, 5, 6]
print("lists", a + b)
print("arrays", np.array(a) + np.array(b))

zeros = np.zeros(shape=(2, 3), dtype=int)
ones = np.ones(shape=(3, 2), dtype=int)
print(zeros, ones, sep="\n")

A = np.arange(6).reshape(2, 3)
B = np.arange(6).reshape(3, 2)
product = np.matmul(A, B)
print(product)

fig, ax = plt.subplots()
t = np.arange(0, 2 * np.pi, 0.1)
ax.plot(t, np.sin(t), t, np.cos(t))
ax.set(title="Sine and cosine", xlabel="angle", ylabel="value")
ax.legend(["sine", "cosine"])
ax.grid()
fig.savefig("curves.png")

device = "cuda" if torch.cuda.is_available() else "cpu"
t1 = torch.rand(3, 3).to(device)


def measure(device, size=200, iterations=10):
    x = torch.rand(size, size).to(device)
    y = torch.rand(size, size).to(device)
    torch.mm(x, y)
    if device != "cpu":
        torch.cuda.synchronize()
    start = time.time()
    for _ in range(iterations):
        torch.mm(x, y)
    if device != "cpu":
        torch.cuda.synchronize()
    end = time.time()
    return end - start


print("cpu:", measure("cpu"))
if device == "cuda":
    print("gpu:", measure("cuda"))
