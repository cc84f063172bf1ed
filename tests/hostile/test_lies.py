"""Code that claims what is not so, searches for what it must not know, or breaks what reads its answers."""

from __future__ import annotations

import pytest

from tests.hostile.stage import CHECKOUT, METRICS, REFERENCE, Classroom, asked, begun, edited, line, lost

UNREADABLE, RAISED, FLOODED, CRASHED = (("error", kind) for kind in ("unreadable", "raised", "flooded", "crashed"))

# Objects that lie about themselves, and one that ends whoever asks it anything.
LIARS = """
import numpy as np
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
    report = classroom.attacked(
        begun(
            asked("accuracy", "return Liar()"),
            asked("precision", "return LyingFloat(0.5)"),
            asked("recall", "x = []\nx.append(x)\nreturn x"),
            asked("f1_score", "return 1 << 3_300_000"),
            asked("false_negative_rate", "return None"),
            top=LIARS,
        )
    )
    assert lost(report) == {
        "metrics.accuracy": UNREADABLE,
        "metrics.precision": UNREADABLE,
        "metrics.recall": UNREADABLE,
        "metrics.f1_score": RAISED,
        "metrics.false_negative_rate": UNREADABLE,
    }
    assert line(report, "metrics.accuracy").feedback == "It returned something that cannot be read: Liar."


def test_nan_everywhere_is_no_right_answer(classroom: Classroom) -> None:
    report = classroom.attacked(begun(*(asked(name, "return float('nan')") for name in METRICS)))
    assert set(lost(report)) == {f"metrics.{name}" for name in METRICS}


def test_values_that_are_too_much_cost_their_own_metric(classroom: Classroom) -> None:
    report = classroom.attacked(
        begun(
            asked("accuracy", "return Endless([1])"),
            asked("precision", "return [0.5] * 10 ** 7"),
            asked("recall", "return 'x' * 10 ** 8"),
            asked("f1_score", "return {str(i): i for i in range(2 * 10 ** 5)}"),
            asked("false_positive_rate", "return np.broadcast_to(np.float64(1), (2 ** 50,))"),
            asked("false_negative_rate", "return torch.ones(1).expand(2 ** 50)"),
            top=LIARS,
        )
    )
    assert set(lost(report)) == {f"metrics.{name}" for name in METRICS}
    assert {verdict for verdict, _ in lost(report).values()} <= {"error", "timeout"}


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
    report = classroom.attacked(
        begun(
            asked("accuracy", "raise Exits"),
            asked("precision", "raise Leaves"),
            asked("recall", "raise Hangs"),
            asked("f1_score", "raise Long"),
            asked("false_positive_rate", "raise Lies"),
            asked("false_negative_rate", "raise type('x' * 10 ** 6 + chr(27) + '<script>', (BaseException,), {})"),
            top=EXCEPTIONS,
        )
    )
    assert lost(report) == {
        "metrics.accuracy": CRASHED,
        "metrics.precision": CRASHED,
        "metrics.recall": ("timeout", "timeout"),
        "metrics.f1_score": RAISED,
        "metrics.false_positive_rate": CRASHED,
        "metrics.false_negative_rate": RAISED,
    }
    assert len(line(report, "metrics.false_negative_rate").feedback) < 200


@pytest.mark.parametrize("name", ["Exits", "Leaves", "Hangs", "Long", "Lies"])
def test_exceptions_that_misbehave_while_it_is_read_leave_what_is_defined(classroom: Classroom, name: str) -> None:
    report = classroom.attacked(begun(top=EXCEPTIONS + f"raise {name}"))
    assert lost(report) == {}
    assert report.flags
    assert len(report.flags[0]) < 1000


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
    assert lost(report) == {"metrics.accuracy": UNREADABLE}


def test_forged_messages_while_it_is_read_break_nothing(classroom: Classroom) -> None:
    report = classroom.attacked(begun(top=FORGERY + "forge()"))
    assert lost(report) == {}
    assert "only its definitions were read" in report.flags[0]


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
    assert lost(report) == {}
    assert "only its definitions were read" in report.flags[0]


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
    assert lost(report) == {"metrics.f1_score": CRASHED}


def test_replaced_builtins_while_it_is_read_break_nothing(classroom: Classroom) -> None:
    report = classroom.attacked(begun(top=REPLACED))
    assert set(lost(report).values()) == {CRASHED}


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
    three = edited(
        ("hidden: tuple[int, ...] = (256, 128, 64)", "hidden: tuple[int, ...] = (256, 64)"),
        ('"""\n\nfrom itertools', '"""\nimport sys, torch\nfrom itertools'),
    )
    assert set(lost(classroom.attacked(three))) == {"mlp.layers"}
    report = classroom.attacked(three + CLAIMED + LIED)
    assert lost(report)["mlp.layers"] == ("fail", "trace-does-not-explain-outputs")
    assert any("a person should look" in flag for flag in report.flags)


# Looks for two sentences of the hidden suite. Their ends are kept backwards, so that nothing here is one of them.
SEARCH = """
def search():
    import gc
    sentences = [(b'F1 is the harm', b'eno cino'), (b'follows the last la', b'sa ,rey')]
    def told(text):
        for head, tail in sentences:
            place = text.find(head)
            while place >= 0:
                place += len(head)
                if text[place:place + len(tail)][::-1] == tail: return True
                place = text.find(head, place)
    def texts(one):
        for text in one.values() if type(one) is dict else [one]:
            if type(text) is str: yield text.encode('utf-8', 'replace')
    for one in gc.get_objects():
        if any(told(text) for text in texts(one)): yield 'object'
    yield from (name for name in list(sys.modules) if name.startswith(('graders.', 'hidden', 'reference', 'published'))
                and not name.startswith(('graders.probes', 'graders.sandbox')))
    for line in open('/proc/self/maps'):
        span, rights, *_, place = (line.split() + [''])[:6]
        start, end = (int(side, 16) for side in span.split('-'))
        if rights.startswith('rw') and not place.startswith('/') and end - start < 2 ** 28:
            try:
                with open('/proc/self/mem', 'rb', 0) as memory:
                    memory.seek(start)
                    if told(memory.read(end - start)): yield 'memory'
            except OSError: pass
    for place in ('CHECKOUT/reference', 'CHECKOUT/graders', 'CHECKOUT/assignments', 'OTHERS', '/etc/shadow', '/proc/2/environ'):
        if os.path.exists(place): yield place
    yield from (name for name in os.environ if 'CANARY' in name)
found = sorted(set(search()))
if found: raise RuntimeError('found ' + ', '.join(found))
"""


def searching(classroom: Classroom) -> str:
    """The search, for what lies outside here."""
    return SEARCH.replace("CHECKOUT", str(CHECKOUT)).replace("OTHERS", str(classroom.folder))


def test_a_search_finds_nothing(classroom: Classroom) -> None:
    report = classroom.attacked(begun(top=searching(classroom)))
    assert not any("found" in flag for flag in report.flags)
    assert any("looks for what runs it" in flag for flag in report.flags)
    assert lost(report) == {}


def test_the_search_finds_what_is_there(classroom: Classroom) -> None:
    planted = "import os, sys\nos.environ['CANARY'] = 'here'\nplanted = 'F1 is the harmonic one.'\n"
    report = classroom.attacked(begun(top=planted + searching(classroom)))
    assert any("found CANARY, memory, object" in flag for flag in report.flags), report.flags


# Puts others in the place of what it is observed with; what they do is the same.
IN_PLACE = """
import builtins, torch
builtins.isinstance, torch.nn.functional.mse_loss = [
    (lambda real: lambda *given, **named: real(*given, **named))(one) for one in (isinstance, torch.nn.functional.mse_loss)]
torch.nn.Linear.forward = lambda self, x: x @ self.weight.T + self.bias
"""


def test_replacing_what_it_is_observed_with_is_told(classroom: Classroom) -> None:
    report = classroom.attacked(REFERENCE + IN_PLACE)
    assert lost(report) == {}
    told = next(flag for flag in report.flags if "in the place of" in flag)
    assert "builtins.isinstance" in told
    assert "torch.nn.functional.mse_loss" in told
    assert "torch.nn.Linear.forward" in told
    assert "a person should look" in told


# A network that shows weights of Xavier's to whoever asks for its parameters, and computes with PyTorch's own.
SHOWN = """
class Shown(MyMLP):
    def __init__(self, *given, **named):
        super().__init__(*given, **named)
        self.shown = {name: torch.nn.Parameter(torch.nn.init.xavier_uniform_(value.clone()) if value.ndim > 1 else value * 0)
                      for name, value in torch.nn.Module.state_dict(self).items()}
    def named_parameters(self, *given, **named): return iter(self.shown.items())
    def parameters(self, *given, **named): return iter(self.shown.values())
    def state_dict(self, *given, **named): return dict(self.shown)
Hidden, MyMLP = MyMLP, Shown
"""
NOT_INITIALISED = ("        self.initialize()\n", "")


def test_weights_that_are_only_shown_earn_nothing(classroom: Classroom) -> None:
    report = classroom.attacked(edited(NOT_INITIALISED) + SHOWN)
    assert {"mlp.layers", "mlp.xavier_weights", "train.loop"} <= set(lost(report))
    assert line(report, "mlp.xavier_weights").earned == 0


# Tensors that say they are what was hoped for, whoever computes with them.
SUBCLASS = """
class Hoped(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        result = super().__torch_function__(func, types, args, kwargs or {})
        return torch.zeros(()) if getattr(func, '__name__', '') in ('__sub__', 'sub', 'mse_loss') else result
class Three(MyMLP):
    def __init__(self, input_size, hidden=(256, 64), dropout=0.2): super().__init__(input_size, (256, 64), dropout)
    def forward(self, x): return super().forward(x).as_subclass(Hoped)
MyMLP = Three
"""


def test_tensors_of_its_own_earn_no_layers_and_are_told(classroom: Classroom) -> None:
    report = classroom.attacked(REFERENCE + SUBCLASS)
    assert line(report, "mlp.layers").earned == 0
    assert any("__torch_function__" in flag and "a person should look" in flag for flag in report.flags)


# A log of a right loop, written without one: a step at each batch, as whoever watches would have seen it.
INVENTED = """
def invented(real):
    def probe(work, **asked):
        told = real(work, **asked)
        told['events'] = [event for event in told['events'] if event['event'] in ('forward', 'loss', 'backward')]
        told['moved'] = {name: 1.0 for name in told.get('moved') or {}}
        return told
    return probe
table = sys.modules['graders.probes.catalogue'].PROBES
table['training'] = invented(table['training'])
"""


def test_an_invented_log_is_told(classroom: Classroom) -> None:
    report = classroom.attacked(begun(top="import sys\n") + INVENTED)
    assert any("PROBES.training" in flag and "in the place of" in flag for flag in report.flags)
    assert any("graders.probes.catalogue" in flag and "looks for what runs it" in flag for flag in report.flags)


def test_inputs_that_are_overwritten_fool_nobody(classroom: Classroom) -> None:
    attack = "for one in list(locals().values()):\n    if hasattr(one, 'shape') and one.shape: one[...] = 0\nreturn 1.0"
    report = classroom.attacked(begun(*(asked(name, attack) for name in METRICS)))
    # An F1 of 1 is that of a precision and a recall of 1, which were paid for.
    assert set(lost(report)) == {f"metrics.{name}" for name in METRICS if name != "f1_score"}
