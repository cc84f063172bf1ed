"""The wire: what is encoded comes back the same; whatever else arrives is a WireError, and takes no more than its size."""

from __future__ import annotations

import json
import math
import random
import struct
import tracemalloc
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from graders.probes.wire import DTYPES, MOST_BODY, MOST_HEADER, PREFIX, WireError, decode, encode, lengths
from graders.sandbox.failures import failure, loaded, observation

ARRAYS = arrays.arrays(
    st.sampled_from(sorted(DTYPES)), arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
)
SCALARS = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.floats() | st.text(max_size=20)
VALUES = st.recursive(
    SCALARS | ARRAYS,
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(st.text(max_size=5) | st.sampled_from(["$array", "$float", "$$", "$"]), inside, max_size=4)
    ),
    max_leaves=20,
)


def same(one: object, other: object) -> bool:
    """Equal in type and content; NaN is itself."""
    if isinstance(one, np.ndarray):
        return (
            isinstance(other, np.ndarray)
            and one.dtype == other.dtype
            and one.shape == other.shape
            and (np.ascontiguousarray(one).tobytes() == np.ascontiguousarray(other).tobytes())
        )
    if isinstance(one, Mapping):
        return (
            isinstance(other, Mapping) and one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
        )
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float):
        return isinstance(other, float) and (one == other or (math.isnan(one) and math.isnan(other)))
    return type(one) is type(other) and one == other


@settings(deadline=None)
@given(VALUES)
def test_what_is_encoded_comes_back(value: object) -> None:
    try:
        frame = encode(value)  # type: ignore[arg-type]
    except WireError:
        assume(False)
    assert same(value, decode(frame))
    assert encode(decode(frame)) == frame


def test_arrays_in_any_layout_come_back() -> None:
    for one in (
        np.arange(12.0).reshape(3, 4).T,
        np.arange(9)[::-2],
        np.arange(4, dtype=">i4"),
        np.zeros((0, 3)),
        np.array(7),
    ):
        back = decode(encode(one))
        assert isinstance(back, np.ndarray)
        assert np.array_equal(back, one)
        assert not back.flags.writeable


def test_halves_of_characters_come_out_as_text() -> None:
    for frame in (encode({"\ud800": "\udfff"}), framed(b'{"value": {"\\ud800": "\\udfff"}, "arrays": []}')):
        back = decode(frame)
        assert isinstance(back, Mapping)
        assert [(key.encode(), str(value).encode()) for key, value in back.items()] == [(b"\\ud800", b"\\udfff")]


def test_what_a_frame_may_not_hold_is_refused_by_the_sender() -> None:
    deep: list[object] = []
    for _ in range(50):
        deep = [deep]
    for value in (
        deep,
        np.array([object()]),
        np.array(["x"]),
        np.zeros(2, "datetime64[s]"),
        np.zeros(2, [("a", "f8")]),
    ):
        with pytest.raises(WireError):
            encode(value)  # type: ignore[arg-type]


def framed(header: bytes, body: bytes = b"") -> bytes:
    """A frame whose lengths are right."""
    return PREFIX.pack(len(header), len(body)) + header + body


def told(value: object, listed: object = (), body: bytes = b"") -> bytes:
    """A frame whose header is JSON."""
    return framed(json.dumps({"value": value, "arrays": list(listed)}).encode(), body)  # type: ignore[call-overload]


FORGED = [
    b"",
    b"x",
    PREFIX.pack(1, 0),
    PREFIX.pack(0, 0),
    PREFIX.pack(2**32 - 1, 2**64 - 1),
    framed(b"{}"),
    framed(b"[]"),
    framed(b"3"),
    framed(b'{"value": 1}'),
    framed(b'{"value": 1, "arrays": [], "more": 1}'),
    framed(b'{"value": NaN, "arrays": []}'),
    framed(b'{"value": Infinity, "arrays": []}'),
    framed(b'{"value": ' + b"9" * 5000 + b', "arrays": []}'),
    framed(b"[" * 100_000),
    framed(b'{"value": ' + b"[" * 90 + b"]" * 90 + b', "arrays": []}'),
    framed(b"\xff\xfe"),
    framed(b'{"value": 1, "arrays": 3}'),
    framed(b'{"value": 1, "arrays": {}}'),
    told({"$array": 0}),
    told({"$array": -1}),
    told({"$array": True}),
    told({"$array": [0]}),
    told({"$array": 1.0}),
    told({"$float": "1"}),
    told({"$float": 1}),
    told({"$float": ["nan"]}),
    told({"$float": None}),
    told(1, [["float64", [1]]]),
    told(1, [], b"left over"),
    told(1, [["float64", [2]]], bytes(8)),
    told(1, [["object", [1]]], bytes(8)),
    told(1, [["O", [1]]], bytes(8)),
    told(1, [["U3", [1]]], bytes(12)),
    told(1, [[["float64"], [1]]], bytes(8)),
    told(1, [[{"a": 1}, [1]]], bytes(8)),
    told(1, [["float64", 1]], bytes(8)),
    told(1, [["float64", [-1]]], bytes(8)),
    told(1, [["float64", [2**40]]], bytes(8)),
    told(1, [["float64", [1.0]]], bytes(8)),
    told(1, [["float64", [True]]], bytes(8)),
    told(1, [["float64", [1] * 70]], bytes(8)),
    told(1, [["float64"]], bytes(8)),
    told(1, [["float64", [2**28] * 7 + [0]]]),
    told(1, [["float64", [2**28] * 8]], bytes(8)),
    told(1, ["float64"], bytes(8)),
    told(1, [["bool", [0]]] * 500_000),
    told([0] * 500_000),
]


@pytest.mark.parametrize("frame", FORGED, ids=range(len(FORGED)))
def test_forged_frames_are_refused(frame: bytes) -> None:
    with pytest.raises(WireError):
        decode(frame)


def test_lengths_are_refused_before_anything_is_read() -> None:
    for header, body in ((MOST_HEADER + 1, 0), (0, MOST_BODY + 1)):
        with pytest.raises(WireError):
            lengths(PREFIX.pack(header, body))


def test_a_frame_takes_no_more_memory_than_it_is_long() -> None:
    for frame in (
        told(1, [["float64", [2**28]]], bytes(8)),
        told(1, [["float64", [0] * 8]] * 10_000),
        PREFIX.pack(2**24, 2**28) + b"x",
        told({"a": [[]] * 30_000}),
        told([[]] * 3_000_000),
        told({"$array": 0}, [["float64", [0, 2**28]]]),
    ):
        tracemalloc.start()
        refused(frame)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 100 * len(frame) + 10**6


def refused(frame: bytes) -> object:
    """The value of a frame, or nothing where it is none. Any other error fails the test."""
    try:
        return decode(frame)
    except WireError:
        return None


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_random_bytes_are_refused(content: bytes) -> None:
    refused(content)
    refused(framed(content))
    refused(framed(b'{"value": ' + content + b', "arrays": []}'))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["float64", "int8", "bool", "raised", "nan", "object"]),
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["$array", "$float", "value", "failure", "seconds", "kind", "type", "message", "file", "line", "loaded"]
            ),
            inside,
            max_size=5,
        )
    ),
    max_leaves=15,
)


@settings(max_examples=500)
@given(
    value=JSON,
    listed=st.lists(
        JSON | st.tuples(st.sampled_from(sorted(DTYPES)), st.lists(st.integers(-1, 9), max_size=3)), max_size=4
    ),
    body=st.integers(0, 99),
)
def test_well_formed_nonsense_is_refused(value: object, listed: Sequence[object], body: int) -> None:
    for content in (
        value,
        {"value": value, "failure": None, "seconds": 0.1},
        {"value": None, "failure": value, "seconds": 0.1},
    ):
        frame = told(content, listed, bytes(body))
        refused(frame)
        for read in (observation, lambda frame: loaded(json.loads(frame[PREFIX.size :])["value"])):
            try:
                read(frame)
            except (WireError, json.JSONDecodeError):
                continue
    try:
        failure(value)  # type: ignore[arg-type]
    except WireError:
        return


SEEDS = [
    encode(value)
    for value in (
        {
            "value": {"form": "numpy", "answers": [{"returned": 0.5}, {"raised": {"type": "E", "message": "m"}}]},
            "failure": None,
            "seconds": 0.1,
        },
        {
            "value": None,
            "failure": {"kind": "raised", "type": "E", "message": "x", "file": "a.py", "line": 3},
            "seconds": 0.1,
        },
        {
            "value": [np.arange(6.0).reshape(2, 3), {"$array": np.zeros(0)}, float("nan"), "é"],
            "failure": None,
            "seconds": 0.0,
        },
    )
]


@settings(max_examples=1000)
@given(seed=st.integers(0, 2**32), which=st.integers(0, len(SEEDS) - 1), changes=st.integers(1, 6))
def test_mutated_frames_are_refused(seed: int, which: int, changes: int) -> None:
    rng, frame = random.Random(seed), bytearray(SEEDS[which])
    for _ in range(changes):
        place = rng.randrange(len(frame))
        change = rng.randrange(4)
        if change == 0:
            frame[place] = rng.randrange(256)
        elif change == 1:
            del frame[place : place + rng.randrange(4)]
        elif change == 2:
            frame[place:place] = frame[rng.randrange(len(frame)) :][: rng.randrange(9)]
        else:
            frame[place : place + 1] = rng.choice([b"[", b"{", b'"', b"$array", b"1e999", b"-", b"\\ud800", b"\x00"])
    header, body = struct.unpack("!IQ", SEEDS[which][: PREFIX.size])
    refused(bytes(frame))
    refused(PREFIX.pack(header, max(0, len(frame) - PREFIX.size - header)) + frame[PREFIX.size :])
    refused(PREFIX.pack(max(0, len(frame) - PREFIX.size - body), body) + frame[PREFIX.size :])
    try:
        observation(bytes(frame))
    except WireError:
        return
