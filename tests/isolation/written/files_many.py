"""3.4, 29: as many files as there can be. Without a file system of its own, only the time ends that."""
# expect at full: error raised | timeout timeout
# expect at partial: timeout timeout | pass
def square(x):
    for number in range(100_000 if __import__("attempts").WHERE["level"] == "full" else 1_000):
        open(f"file-{number}", "w").close()
    return x * x
