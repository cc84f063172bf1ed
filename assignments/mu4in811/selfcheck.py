"""The published checks: what students run on themselves, on inputs that anybody may see. Passing them is a start."""

from __future__ import annotations

import numpy as np

from graders import assignment
from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.speech import Speech
from graders.observe.steps import Heard, How, Ref, Steps, Talk, steps
from graders.observe.values import array
from graders.suite.suite import Suite
from graders.verdict import Verdict, failed, passed

suite = Suite("mu4in811")
ask = Speech(assignment.load("mu4in811").parameters).ask
FORWARD = ("forward", "__call__")


@steps(group="linear")
def LAYER(talk: Talk) -> Heard:
    """The output of a layer for two examples."""
    layer = talk.call("Linear", n_in=3, n_out=2, how=How(quiet=True))
    return {"output": ask(talk, layer, FORWARD, input=np.arange(6.0).reshape(2, 3))}


@suite.criterion("linear.forward", observe=LAYER)
def forward(heard: Heard) -> Verdict:
    """Two examples of three numbers give two of two."""
    return _of_shape(heard["output"], (2, 2))


@steps(group="loss")
def LOSS(talk: Talk) -> Heard:
    """The value and the derivative of the loss for two predictions."""
    loss, y, yhat = talk.call("MSELoss", how=How(quiet=True)), np.zeros((2, 1)), np.array([[1.0], [3.0]])
    value = ask(talk, loss, FORWARD, y=y, yhat=yhat)
    return {"value": value, "derivative": ask(talk, loss, "backward", y=y, yhat=yhat)}


@suite.criterion("loss.mse", observe=LOSS)
def mse(heard: Heard) -> Verdict:
    """The derivative has the size of the prediction, and grows with the error."""
    found = heard["derivative"]
    if isinstance(found, np.ndarray) and found.shape == (2, 1) and not 0 < found[0, 0] < found[1, 0]:
        return failed("wrong-derivative", say("Both predictions are too large: the derivative should be positive."))
    return _of_shape(found, (2, 1))


def activation(name: str) -> Steps:
    """What an activation makes of 0, and of large numbers."""

    def plan(talk: Talk) -> Heard:
        module = talk.call(name, how=How(quiet=True))
        return {"output": ask(talk, module, FORWARD, input=np.array([[0.0, 1000.0, -1000.0]]))}

    plan.__qualname__ = f"activation {name}"
    return steps(group=name)(plan)


def declare(id: str, name: str, expected: tuple[float, float, float]) -> None:
    """An activation at three places."""

    @suite.criterion(id, observe=activation(name))
    def at_three_places(heard: Heard) -> Verdict:
        output = heard["output"]
        if isinstance(output, np.ndarray) and output.shape == (1, 3) and not np.allclose(output[0], expected):
            return failed("wrong-value", say("At 0 and ±1000 it should be {values}.", values=str(expected)))
        return _of_shape(output, (1, 3))


declare("nonlinear.tanh", "TanH", (0.0, 1.0, -1.0))
declare("nonlinear.sigmoid", "Sigmoid", (0.5, 1.0, 0.0))


@steps(group="softmax")
def SOFTMAX(talk: Talk) -> Heard:
    """What the softmax makes of equal scores."""
    module = talk.call("Softmax", how=How(quiet=True))
    return {"output": ask(talk, module, FORWARD, input=np.zeros((2, 4)))}


@suite.criterion("multiclass.softmax", observe=SOFTMAX)
def softmax(heard: Heard) -> Verdict:
    """Equal scores give equal probabilities."""
    output = heard["output"]
    if isinstance(output, np.ndarray) and output.shape == (2, 4) and not np.allclose(output, output[0, 0]):
        return failed("wrong-value", say("Four equal scores should give four equal results."))
    return _of_shape(output, (2, 4))


@steps(group="autoencoder")
def AUTOENCODER(talk: Talk) -> Heard:
    """The reconstruction of two images."""
    net: Ref = talk.call("AutoEncoder", n_in=16, d=2, how=How(quiet=True))
    return {"output": ask(talk, net, FORWARD, input=np.full((2, 16), 0.5))}


@suite.criterion("autoencoder.structure", observe=AUTOENCODER)
def structure(heard: Heard) -> Verdict:
    """Images come back in their size."""
    found = heard["output"]
    return _of_shape(found[-1] if isinstance(found, list) and found else found, (2, 16))


@steps(group="noise")
def NOISE(talk: Talk) -> Heard:
    """Noise on grey images."""
    return {"output": talk.call("add_noise", pictures=np.full((3, 5), 0.5), c=0.1)}


@suite.criterion("autoencoder.noise", observe=NOISE)
def noise(heard: Heard) -> Verdict:
    """Noisy images have the size of the images."""
    return _of_shape(heard["output"], (3, 5))


def _of_shape(output: object, shape: tuple[int, ...]) -> Verdict:
    if isinstance(output, Failure):
        return verdict_of(output)
    found = array(output)
    if not isinstance(found, Failure) and found.shape == shape:
        return passed(say("It has the right size."))
    return failed("wrong-shape", say("It should have the size {shape}.", shape=str(shape)))
