"""3.2, 37: looks for what should be hidden, in every place where graders keep it."""
# expect at none: error raised
# expect: pass
from attempts import WHERE, done, got, names
from isolated_attacks import read


def attack():
    places = [*WHERE["paths"], "/autograder", "/etc/shadow", "/root/.bashrc", "/home", "/proc/1/root/etc/shadow",
              "/run", "/sys/kernel", "/var/tmp", "../..", "/proc/self/root/etc/shadow"]
    places += [f"/proc/{pid}/{name}" for pid in WHERE["pids"] for name in ("root", "cwd", "environ", "fd", "maps")]
    known = {"bin", "dev", "etc", "lib", "lib32", "lib64", "libx32", "proc", "sbin", "tmp", "usr", "submission", *WHERE["open"]}
    outside = set(names("/")) - known
    tried = {place: what for place, what in read(places).items() if place != "../.." or "graders" in names(place)}
    got(read=done(tried), root=outside)


attack()


def square(x):
    attack()
    return x * x
