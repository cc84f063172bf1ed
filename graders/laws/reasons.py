"""What Python, NumPy and torch say of a mistake that everybody makes, in words that hold nothing of an input.

The message of an exception may be a student's, made after a hidden input. So no message is told, but a passage that is
listed here, without the numbers in it.
"""

from __future__ import annotations

import re

_KIND = (
    "(?:NoneType|bool|int|float|str|list|tuple|dict|set|range|function|method|generator|zip|map|type|module|Tensor"
    r"|(?:numpy\.)?ndarray)"
)
_TYPE = (
    "(?:Float|Double|Half|Long|Int|Short|Byte|Char|Bool|float|double|bool|long|u?int(?:8|16|32|64)?|float(?:16|32|64))"
)
# Of a call the few numbers count parameters.
_OF_CALLS = (
    r"missing \d required (?:positional|keyword-only) arguments?"
    r"|takes (?:from \d to )?\d positional arguments? but \d (?:was|were) given"
    r"|got (?:an unexpected keyword argument|multiple values for argument)"
    rf"|unsupported operand type\(s\) for \S{{1,3}}: '{_KIND}' and '{_KIND}'"
    rf"|'{_KIND}' object (?:is not (?:callable|iterable|subscriptable)|has no attribute)"
)
_PYTHON = """
    not enough values to unpack (expected 2, got 1)
    too many values to unpack (expected 2)
    cannot unpack non-iterable KIND object
    list index out of range
    tuple index out of range
    arg is an empty sequence
    maximum recursion depth exceeded
    indices must be integers or slices, not KIND
    unhashable type: 'KIND'
    object of type 'KIND' has no len()
    not supported between instances of 'KIND' and 'KIND'
    expected ':'
    invalid syntax
    unexpected indent
    expected an indented block
    was never closed
    unterminated string literal
    can only concatenate str (not "KIND") to str
"""
_NUMPY = """
    operands could not be broadcast together
    shapes (1) and (2) not aligned
    has a mismatch in its core dimension 0
    cannot reshape array of size 1 into shape (2)
    could not broadcast input array from shape (1) into shape (2)
    The truth value of an array with more than one element is ambiguous
    setting an array element with a sequence
    index 1 is out of bounds for axis 0 with size 1
    axis 1 is out of bounds for array of dimension 1
    too many indices for array
    boolean index did not match indexed array
    and integer or boolean arrays are valid indices
    non-broadcastable output operand
    output from dtype('TYPE') to dtype('TYPE')
    all the input arrays must have same number of dimensions
    all the input array dimensions except for the concatenation axis must match exactly
    all input arrays must have the same shape
    only 0-dimensional arrays can be converted to Python scalars
    only length-1 arrays can be converted to Python scalars
    Singular matrix
"""
_TORCH = """
    mat1 and mat2 shapes cannot be multiplied
    mat1 and mat2 must have the same dtype, but got TYPE and TYPE
    inconsistent tensor size
    size mismatch, got input
    Expected size for first two dimensions of batch2 tensor
    The size of tensor a (1) must match the size of tensor b (2)
    The expanded size of the tensor (1) must match the existing size (2)
    Sizes of tensors must match except in dimension 0
    stack expects each tensor to be equal size
    expected a non-empty list of Tensors
    expected input[1] to have 1 channels, but got 2 channels instead
    Expected 2D (unbatched) or 3D (batched) input to conv1d
    Expected 3D (unbatched) or 4D (batched) input to conv2d
    expected 2D or 3D input
    expected 4D input
    non-empty 3D or 4D (batch mode) tensor expected for input
    Expected more than 1 value per channel when training
    should contain 1 elements not 2
    Output size is too small
    Kernel size can't be greater than actual input size
    shape '[1]' is invalid for input of size 1
    is invalid for input of size 1
    view size is not compatible with input tensor's size and stride
    number of dimensions in the tensor input does not match the length of the desired ordering of dimensions
    Dimension out of range
    index 1 is out of bounds for dimension 0 with size 1
    Using a target size (torch.Size([1])) that is different to the input size (torch.Size([2]))
    that is different to the input size
    Target size (torch.Size([1])) must be the same as input size (torch.Size([2]))
    must be the same as input size
    all elements of input should be between 0 and 1
    Expected input batch_size (1) to match target batch_size (2)
    Target 1 is out of bounds
    multi-target not supported
    expected target dtype to be Long or Byte, but got TYPE
    expected scalar type TYPE but found TYPE
    Input type (TYPE) and bias type (TYPE) should be the same
    Found dtype TYPE but expected TYPE
    expected both vectors to have same dtype, but found TYPE and TYPE
    result type TYPE can't be cast to the desired output type TYPE
    mean(): could not infer output dtype
    must be Tensor, not KIND
    cannot be converted to Scalar
    only one element tensors can be converted to Python scalars
    Boolean value of Tensor with more than one value is ambiguous
    does not require grad and does not have a grad_fn
    grad can be implicitly created only for scalar outputs
    Can't call numpy() on Tensor that requires grad
    Trying to backward through the graph a second time
    a leaf Variable that requires grad is being used in an in-place operation
    has been modified by an inplace operation
    optimizer got an empty parameter list
    Size mismatch between tensors
    Missing key(s) in state_dict
    Unexpected key(s) in state_dict
"""
# A number, or a shape; not a number in a name (mat1, 4D).
_NUMBERS = re.compile(r"(?<![A-Za-z\d])\d+(?:(?:x|, ?)\d+)*,?(?![A-Za-z\d])")


def reason(message: str) -> str | None:
    """The passage of a message that may be told, if there is one."""
    found = re.search(_OF_CALLS, message) or _SAID.search(_without_numbers(message))
    return found[0] if found else None


def _without_numbers(message: str) -> str:
    return _NUMBERS.sub("…", message)


def _pattern(line: str) -> str:
    return re.escape(_without_numbers(line)).replace("KIND", _KIND).replace("TYPE", _TYPE)


_SAID = re.compile(
    "|".join(_pattern(line.strip()) for line in (_PYTHON + _NUMPY + _TORCH).splitlines() if line.strip())
)
