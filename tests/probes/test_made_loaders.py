"""The loaders that a function gives, and the datasets that it gives instead."""

from torch.utils.data import DataLoader, Dataset, Subset

from graders.probes.made_loaders import _held, _loaders, _sources


class Walls(Dataset[str]):
    def __init__(self, paths: list[str]) -> None:
        self.paths = paths

    def __len__(self) -> int:
        return len(self.paths)


def test_a_dataset_is_told_by_the_files_that_it_reads() -> None:
    walls = Walls(["Positive/1.jpg", "Negative/2.jpg", "Negative/3.jpg"])
    made = [*_loaders({"train": (Subset(walls, [2, 0]), DataLoader(walls)), "test": Subset(walls, [1]), "n": 3})]
    assert [_sources(one.dataset)[0] for one in made] == [
        ["Negative/3.jpg", "Positive/1.jpg"],
        ["Positive/1.jpg", "Negative/2.jpg", "Negative/3.jpg"],
        ["Negative/2.jpg"],
    ]


def test_sets_of_files_are_found_in_variables() -> None:
    space = {
        "test": Walls(["Positive/1.jpg"]),
        "pairs": [("a/Negative/2.jpg", 0)],
        "labels": [0, 1],
        "_": Walls(["Negative/3.jpg"]),
    }
    assert [*_held(space)] == [["Positive/1.jpg"], ["Negative/2.jpg"]]
