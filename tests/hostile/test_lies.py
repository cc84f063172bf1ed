"""Code that claims what is not so, searches for what it must not know, or breaks what reads its answers."""

from __future__ import annotations

import pytest

from tests.hostile.stage import ID, METRICS, NETWORK, Classroom, asked, begun, edited, line, lost

UNREADABLE, RAISED, FLOODED, CRASHED = (("error", kind) for kind in ("unreadable", "raised", "flooded", "crashed"))

# Objects that lie about themselves, and one that ends whoever asks it anything.
LIARS = """
class Liar:
    def __array__(self, *_, **__): return np.ones(3)
    def __float__(self): return 1.0
    def __eq__(self, other): return True
    def __hash__(self): return 0
    def __len__(self): os._exit(7)
    def __iter__(self): os._exit(7)
    def __str__(self): os._exit(7)
    __repr__ = __str__
    __class__ = property(lambda self: float)
class LyingFloat(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
class Endless(list):
    def __iter__(self):
        while True: yield 0.0
"""


def test_values_that_are_no_numbers_cost_their_own_metric(classroom: Classroom) -> None:
    report = classroom.attacked(begun(
        asked("accuracy", "return Liar()"),
        asked("precision", "return LyingFloat(0.5)"),
        asked("recall", "x = []\nx.append(x)\nreturn x"),
        asked("f1_score", "return 10 ** (10 ** 6)"),
        asked("false_positive_rate", "return float('nan')"),
        asked("false_negative_rate", "return np.ones((2 ** 14, 2 ** 14))"),
        top=LIARS.replace("np.", "__import__('numpy')."),
    ))  # fmt: skip
    print(lost(report), [(l.id,l.feedback) for l in report.criteria if l.earned<l.points])
    assert set(lost(report)) == {f"metrics.{name}" for name in METRICS}


def test_values_that_are_too_much_cost_their_own_metric(classroom: Classroom) -> None:
    report = classroom.attacked(begun(
        asked("accuracy", "return Endless([1])"),
        asked("precision", "return [0.5] * 10 ** 7"),
        asked("recall", "return 'x' * 10 ** 9"),
        asked("f1_score", "return {str(i): i for i in range(10 ** 6)}"),
        asked("false_positive_rate", "return np.broadcast_to(np.float64(1), (2 ** 50,))"),
        asked("false_negative_rate", "return torch.ones(1).expand(2 ** 50)"),
        top=LIARS.replace("np.", "__import__('numpy')."),
    ))  # fmt: skip
    print(lost(report), [(l.id,l.feedback) for l in report.criteria if l.earned<l.points])
    assert set(lost(report)) == {f"metrics.{name}" for name in METRICS}


EXCEPTIONS = """
class Exits(Exception):
    def __str__(self): os._exit(5)
class Leaves(Exception):
    def __str__(self): sys.exit(5)
class Hangs(Exception):
    def __str__(self):
        while True: time.sleep(1)
class Long(Exception):
    def __str__(self): return 'x' * 10 ** 8
class Lies(Exception):
    __class__ = property(lambda self: os._exit(5))
"""


def test_exceptions_that_misbehave_cost_their_own_metric(classroom: Classroom) -> None:
    report = classroom.attacked(begun(
        asked("accuracy", "raise Exits"),
        asked("precision", "raise Leaves"),
        asked("recall", "raise Hangs"),
        asked("f1_score", "raise Long"),
        asked("false_positive_rate", "raise Lies"),
        asked("false_negative_rate", "raise type('x' * 10 ** 6 + chr(27) + '<script>', (BaseException,), {})"),
        top=EXCEPTIONS,
    ))  # fmt: skip
    print(lost(report), [(l.id,l.feedback) for l in report.criteria if l.earned<l.points])
    assert set(lost(report)) == {f"metrics.{name}" for name in METRICS}


@pytest.mark.parametrize("name", ["Exits", "Leaves", "Hangs", "Long", "Lies"])
def test_exceptions_that_misbehave_while_it_is_read_leave_what_is_defined(classroom: Classroom, name: str) -> None:
    report = classroom.attacked(begun(top=EXCEPTIONS + f"raise {name}"))
    print(report.flags)
    assert lost(report) == {}
    assert report.flags


# Every descriptor gets a well-formed frame that claims success, a control message, and garbage.
FORGERY = """
def forge():
    import json, struct
    header = json.dumps({"value": {"value": {"form": "numpy", "answers": [{"returned": 1.0}] * 9}, "failure": None,
                                   "seconds": 0.1}, "arrays": []}).encode()
    for descriptor in range(3, 4096):
        for content in (struct.pack("!IQ", len(header), 0) + header, b'{"loaded": [], "seconds": 0.0}', b'{"status": 0}',
                        os.urandom(10 ** 4), b'\\\\xff' * 10 ** 4):
            try: os.write(descriptor, content)
            except (OSError, BlockingIOError): pass
"""


def test_forged_frames_earn_nothing(classroom: Classroom) -> None:
    report = classroom.attacked(begun(asked("accuracy", "forge()\nreturn 0.123"), top=FORGERY))
    print(lost(report), [(l.id,l.feedback) for l in report.criteria if l.earned<l.points])
    assert "metrics.accuracy" in lost(report)
    assert all(name.startswith("metrics.") for name in lost(report))


def test_forged_messages_while_it_is_read_break_nothing(classroom: Classroom) -> None:
    report = classroom.attacked(begun(top=FORGERY + "forge()"))
    print(lost(report), report.flags)
    assert report.status == "graded"


HANDLES = """
def hand_over():
    import socket, array
    for descriptor in range(3, 64):
        try:
            end = socket.socket(fileno=os.dup(descriptor))
            peer = end.getsockopt(socket.SOL_SOCKET, 77)
            for said in (b"stands", b"forked", b'{"status": 0}', b'{"loaded": [[[[', b"[" * 50000):
                socket.send_fds(end, [said], [peer] * 20)
        except OSError: pass
"""


def test_handles_of_the_judge_are_not_used_against_it(classroom: Classroom) -> None:
    report = classroom.attacked(begun(asked("accuracy", "hand_over()"), top=HANDLES + "hand_over()"))
    print(lost(report), report.flags)
    assert report.status == "graded"


REPLACED = """
import builtins, json, struct
os.write = lambda *_: 0
json.dumps = lambda *_, **__: 'null'
struct.Struct = None
builtins.isinstance = lambda *_: True
builtins.len = lambda *_: 4
"""


def test_replaced_builtins_cost_their_own_metric(classroom: Classroom) -> None:
    report = classroom.attacked(begun(asked("f1_score", REPLACED.strip())))
    print(lost(report), [(l.id,l.feedback) for l in report.criteria if l.earned<l.points])
    assert set(lost(report)) == {"metrics.f1_score"}


def test_replaced_builtins_while_it_is_read_break_nothing(classroom: Classroom) -> None:
    report = classroom.attacked(begun(top=REPLACED))
    print(lost(report), report.flags)
    assert report.status == "graded"


# The ideal network answers what the probe asks for; the student's own has three layers.
CLAIMED = """
class Ideal(torch.nn.Module):
    def __init__(self, size):
        super().__init__()
        sizes = (size, 256, 128, 64, 1)
        self.layers = torch.nn.ModuleList(torch.nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        for layer in self.layers:
            torch.nn.init.xavier_uniform_(layer.weight)
            torch.nn.init.zeros_(layer.bias)
    def forward(self, x):
        x = x.flatten(start_dim=1)
        for layer in self.layers[:-1]:
            x = torch.nn.functional.dropout(torch.relu(layer(x)), 0.2, self.training)
        return self.layers[-1](x).squeeze(1)
"""
LIED = """
def forward_lied(real):
    def probe(work, **asked):
        honest = real(work, **asked)
        found = probes.network.built
        probes.network.built = lambda work, recipe: Ideal(recipe['values']['input_size'])
        ideal = real(work, **asked)
        probes.network.built = found
        for mode in ('training', 'evaluating'):
            ideal[mode]['output'] = honest[mode]['output']
        return ideal
    return probe
probes = sys.modules['graders.probes.catalogue']
probes = sys.modules['graders.probes']
sys.modules['graders.probes.catalogue'].PROBES['forward'] = forward_lied(probes.network.forward)
"""


def test_a_claimed_trace_earns_no_layers(classroom: Classroom) -> None:
    three = edited(("hidden: tuple[int, ...] = (256, 128, 64)", "hidden: tuple[int, ...] = (256, 64)"),
                   ('"""\n\nfrom itertools', '"""\nimport sys, torch\nfrom itertools'))  # fmt: skip
    assert set(lost(classroom.attacked(three))) == {"mlp.layers"}
    report = classroom.attacked(three + CLAIMED + LIED)
    print(lost(report), [(l.id,l.feedback) for l in report.criteria if l.earned<l.points], report.flags)
    assert "mlp.layers" in lost(report)


SEARCH = """
def search():
    import gc
    words = ['.ksa si napo eno cinomrah', 'lanoitpo eb dluow hcihw ,ereh']
    canaries = [word[::-1] for word in ('eno cinomrah eht si 1F', 'syas tnemetats eht sa ,reyal tsal eht swollof')]
    for one in gc.get_objects():
        if type(one) is str and any(word in one for word in canaries): yield 'object'
        if type(one) is dict and any(type(v) is str and word in v for v in list(one.values()) for word in canaries): yield 'dict'
    for name in list(sys.modules):
        if 'hidden' in name or 'reference' in name or 'laws' in name or 'judge' in name: yield name
    for line in open('/proc/self/maps') if os.path.exists('/proc/self/maps') else ():
        span, rights, *_, place = (line.split() + [''])[:6]
        if rights.startswith('rw') and not place.startswith('/'):
            start, end = (int(side, 16) for side in span.split('-'))
            try:
                with open('/proc/self/mem', 'rb') as memory:
                    memory.seek(start)
                    content = memory.read(min(end - start, 2 ** 28))
            except (OSError, OverflowError, MemoryError): continue
            for word in canaries:
                place = content.find(word.encode())
                if place >= 0: yield 'memory ' + repr(content[place - 50:place + 50])
    for place in ('/work/main/reference', '/root', '/home', '/etc/shadow', '/proc/1/environ', '/var/tmp', os.pardir + '/..'):
        try:
            if os.path.isdir(place) and set(os.listdir(place)) - KNOWN: yield place + str(os.listdir(place)[:9])
            elif os.path.isfile(place): yield place + str(open(place, 'rb').read(20))
        except OSError: pass
    for name, value in os.environ.items():
        if name not in ENVIRONMENT: yield name
KNOWN = set('bin dev etc lib lib32 lib64 libx32 proc root sbin tmp usr work var home opt'.split())
ENVIRONMENT = set('PATH LANG HOME USER MPLBACKEND MPLCONFIGDIR PYTHONHASHSEED PYTHONDONTWRITEBYTECODE TORCHDYNAMO_DISABLE '
                  'OMP_NUM_THREADS OPENBLAS_NUM_THREADS MKL_NUM_THREADS LC_CTYPE KMP_DUPLICATE_LIB_OK KMP_INIT_AT_FORK '
                  'TORCHINDUCTOR_CACHE_DIR'.split())
found = sorted(set(search()))
if found: raise RuntimeError('leak: ' + str(found))
"""


def test_a_search_finds_nothing(classroom: Classroom) -> None:
    report = classroom.attacked(begun(top=SEARCH))
    assert not report.flags
    assert lost(report) == {}


def test_a_search_in_a_probe_finds_nothing(classroom: Classroom) -> None:
    report = classroom.attacked(begun(asked("f1_score", SEARCH.strip()), top=""))
    print(report.flags, line(report, "metrics.f1_score").feedback)
    assert lost(report) == {}
