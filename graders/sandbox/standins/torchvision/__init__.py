"""torchvision where it is not installed: transforms, datasets and grids that give what the real ones give on the same images."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from graders.sandbox.standins.made import module, package
from graders.sandbox.standins.torchvision import (
    chance,
    colours,
    crops,
    folders,
    geometry,
    grids,
    images,
    mnist,
    modern,
    reading,
    transforms,
    turning,
    vision,
)

_PARTS = {
    images: "to_tensor pil_to_tensor to_pil_image convert_image_dtype normalize to_grayscale rgb_to_grayscale get_image_size "
    "get_dimensions get_image_num_channels invert InterpolationMode",
    geometry: "resize crop center_crop resized_crop pad hflip vflip",
    turning: "rotate",
}
_CLASSES = {
    transforms: "Compose ToTensor PILToTensor ConvertImageDtype ToPILImage Normalize Resize Grayscale CenterCrop Pad Lambda",
    chance: "RandomHorizontalFlip RandomVerticalFlip RandomRotation RandomApply RandomChoice RandomOrder RandomGrayscale "
    "RandomInvert",
    crops: "RandomCrop RandomResizedCrop",
    colours: "ColorJitter RandomErasing",
    images: "InterpolationMode",
}
_SETS = {
    mnist: "MNIST FashionMNIST KMNIST QMNIST EMNIST CIFAR10 FakeData",
    folders: "ImageFolder DatasetFolder default_loader pil_loader",
    vision: "VisionDataset",
}


def _content(parts: Mapping[ModuleType, str]) -> dict[str, object]:
    return {name: getattr(part, name) for part, names in parts.items() for name in names.split()}


_FUNCTIONS, _TRANSFORMS, _DATASETS = _content(_PARTS), _content(_CLASSES), _content(_SETS)
_FUNCTIONS |= {f"adjust_{name}": getattr(colours, name) for name in ("brightness", "contrast", "saturation", "hue")}

MODULES = package(
    "torchvision",
    module("torchvision.transforms", **_TRANSFORMS),
    module("torchvision.transforms.transforms", **_TRANSFORMS),
    module("torchvision.transforms.functional", **_FUNCTIONS),
    module("torchvision.transforms.v2", **{**_TRANSFORMS, **modern.CLASSES}),
    module("torchvision.transforms.v2.functional", **{**_FUNCTIONS, **modern.FUNCTIONS}),
    module("torchvision.datasets", **_DATASETS),
    module("torchvision.datasets.mnist", **_DATASETS),
    module("torchvision.datasets.folder", **_DATASETS),
    module("torchvision.utils", make_grid=grids.make_grid, save_image=grids.save_image),
    module(
        "torchvision.io",
        read_image=reading.read_image,
        decode_image=reading.read_image,
        ImageReadMode=reading.ImageReadMode,
    ),
    module("torchvision.tv_tensors", Image=modern.Image),
)
