"""3.3, 44: root's rights, mounts, namespaces once more, a device, a root of its own."""
# expect: pass
from attempts import WHERE, done, got
from isolated_attacks import become_root, clone_into_namespaces, mount, status


def attack():
    got(root=done(become_root()), mounted=done(mount("/tmp")), cloned=done({"it": clone_into_namespaces(WHERE["clone"])}))
    try:
        said = status()
    except OSError:
        return
    got(capabilities=[name for name in ("CapPrm", "CapEff", "CapBnd", "CapAmb") if int(said[name], 16)],
        gain=said["NoNewPrivs"] != "1", unfiltered=said["Seccomp"] != "2")


attack()


def square(x):
    attack()
    return x * x
