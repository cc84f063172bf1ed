"""Student code as it is written for other machines, read in a real sandbox: what it finds, what it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pytest

from graders.assignment import Budget
from graders.engine.opening import limits
from graders.sandbox.forked import ForkedSession
from graders.sandbox.loading import Job, Source
from graders.sandbox.sandboxes import Sandboxes
from graders.sandbox.session import Loaded

GIVEN = {"cracks/Positive/1.txt": b"crack", "cracks/Negative/2.txt": b"none", "data/usps.csv": b"1,2\n"}
ELSEWHERE = {"surface-crack-detection": "cracks", "Positive": "cracks/Positive", "Negative": "cracks/Negative"}
Reader = Callable[..., Loaded]


@pytest.fixture(scope="module", params=["full", "none"])
def sandboxes(request: pytest.FixtureRequest) -> Iterator[Sandboxes]:
    """Sandboxes of a warm template, isolated and not."""
    made = Sandboxes(request.param)
    yield made
    made.close()


@pytest.fixture
def read(sandboxes: Sandboxes) -> Reader:
    """Read a submission; the last thing it does is to raise what it found."""

    def reading(text: str, name: str = "tp.py", elsewhere: Mapping[str, str] = ELSEWHERE) -> Loaded:
        chunks = text.split("\n# ---\n")
        files = {path: np.frombuffer(content, np.uint8) for path, content in {**GIVEN, name: text.encode()}.items()}
        source = Source(file=name, module="tp", chunks=chunks)
        job = Job(files=files, sources=[source], folder="", run=True, given=sorted(GIVEN), elsewhere=elsewhere)
        session = ForkedSession(sandboxes, job, limits(Budget()), 60)
        session.close()
        return session.loaded

    return reading


def found(loaded: Loaded) -> str:
    """What the last problem says."""
    return loaded.problems[-1].message if loaded.problems else ""


def noted(loaded: Loaded, kind: str) -> list[str]:
    """The notes of one kind."""
    return [name for one, name in loaded.surroundings if one == kind]


ELSEWHERE_ASKED = {
    "kaggle": "glob.glob('/kaggle/working/Positive/*.txt')",
    "kaggle input": "glob.glob('/kaggle/input/surface-crack-detection/Positive/*.txt')",
    "joined": "glob.glob(os.path.join('/content/drive/My Drive/TP4/archive', 'Positive', '*.txt'))",
    "windows": "glob.glob(r'C:\\Users\\bob\\TP\\Positive' + '/*.txt')",
    "relative": "glob.glob('archive/Positive/*.txt')",
    "upwards": "glob.glob('../data/Positive/*.txt')",
    "listed": "os.listdir('/content/Positive')",
    "pathlib": "[str(p) for p in pathlib.Path('/content/data/Positive').glob('*.txt')]",
    "iterdir": "[str(p) for p in pathlib.Path('/root/x/Positive').iterdir()]",
    "walk": "[f for _, _, f in os.walk('/kaggle/input/surface-crack-detection')]",
}


@pytest.mark.parametrize("asked", ELSEWHERE_ASKED.values(), ids=ELSEWHERE_ASKED)
def test_folders_are_found_where_they_are_asked_for(asked: str, read: Reader) -> None:
    loaded = read(f"import glob, os, pathlib\nraise ValueError(repr({asked}))")
    assert "1.txt" in found(loaded)
    assert noted(loaded, "data")


def test_a_listed_file_can_be_opened(read: Reader) -> None:
    text = "import glob\nname = glob.glob('/kaggle/working/Positive/*.txt')[0]\nraise ValueError(open(name).read())"
    assert found(read(text)) == "crack"


@pytest.mark.parametrize(
    "path", ["/content/drive/MyDrive/usps.csv", "../data/usps.csv", "../../usps.csv", r"D:\\TP\\data\\usps.csv"]
)
def test_files_are_found_where_they_are_asked_for(path: str, read: Reader) -> None:
    assert found(read(f"raise ValueError(open({path!r}).read())")) == "1,2\n"


def test_what_is_not_given_is_not_there(read: Reader) -> None:
    text = "import os\nraise ValueError(str([os.path.exists(p) for p in ('out', 'train/Positive', '/content/other.csv', 'usps.csv')]))"
    loaded = read(text)
    assert found(loaded) == "[False, False, False, False]"
    assert not loaded.surroundings


def test_what_a_program_writes_elsewhere_is_found_again(read: Reader) -> None:
    text = (
        "import os, torch\nos.makedirs('/content/drive/MyDrive/models', exist_ok=True)\n"
        "torch.save({'a': 1}, '/content/drive/MyDrive/models/m.pt')\nopen('/content/notes.txt', 'w').write('hello')\n"
        "raise ValueError(str(torch.load('/content/drive/MyDrive/models/m.pt')) + open('/content/notes.txt').read())"
    )
    assert found(read(text)) == "{'a': 1}hello"


def test_a_program_splits_its_data_into_folders(read: Reader) -> None:
    text = (
        "import os, shutil\nfor kind in ('train', 'test'):\n    folder = f'split/{kind}/Positive'\n"
        "    if not os.path.exists(folder):\n        os.makedirs(folder)\n"
        "shutil.copy('/kaggle/working/Positive/1.txt', 'split/train/Positive/1.txt')\n"
        "raise ValueError(str([os.listdir(f'split/{kind}/Positive') for kind in ('train', 'test')]))"
    )
    assert found(read(text)) == "[['1.txt'], []]"


def test_downloads_are_answered(read: Reader) -> None:
    text = (
        "import urllib.request, zipfile, os\nfrom google.colab import drive, files\ndrive.mount('/content/drive')\n"
        "import kagglehub, gdown, requests\npath = kagglehub.dataset_download('arunrk7/surface-crack-detection')\n"
        "urllib.request.urlretrieve('https://x.org/surface-crack-detection.zip', 'a.zip')\n"
        "with zipfile.ZipFile('a.zip') as z: z.extractall('here')\n"
        "with zipfile.ZipFile('/content/archive.zip') as z: z.extractall('here')\n"
        "open('u.csv', 'wb').write(requests.get('https://x.org/usps.csv').content)\n"
        "raise ValueError(str(sorted(os.listdir(path))) + open('u.csv').read())"
    )
    assert found(read(text)) == "['Negative', 'Positive']1,2\n"


def test_no_network_is_told_as_such(read: Reader) -> None:
    loaded = read("import urllib.request\nx = urllib.request.urlopen('https://x.org/other').read()\ny = 3")
    assert [(one.kind, one.type) for one in loaded.problems] == [("absent", "network")]


MISSING = """import plotly.express as px
import tensorflow as tf
from tensorflow.keras import layers
from turtle import forward
from torchvision import models, transforms
fig = px.line([[1, 2]])
fig.update_layout(title="x")
@tf.function
def twice(x):
    return 2 * x
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(3)
net = Net()
total = sum(net.predict(3))
import math
raise ValueError(str(twice(math.floor(2.5))))
"""


def test_a_missing_package_stops_only_what_needs_it(read: Reader) -> None:
    loaded = read(MISSING)
    assert found(loaded) == "4"
    assert ("absent", "tensorflow", 16) in {(one.kind, one.type, one.line) for one in loaded.problems}
    assert {"plotly", "tensorflow", "torchvision.models"} <= {*noted(loaded, "missing")}


def test_what_is_made_of_a_missing_base_is_not_put_to_work(read: Reader) -> None:
    text = "import pytorch_lightning as pl\nclass Lit(pl.LightningModule): ...\nlit = Lit()\npl.Trainer().fit(lit)\nx = 3\n"
    loaded = read(text + "raise ValueError(str(x))")
    assert ("absent", "pytorch_lightning", 4) in {(one.kind, one.type, one.line) for one in loaded.problems}


def test_other_packages_go_on_beside_a_missing_one(read: Reader) -> None:
    """scikit-learn asks whether what it is given is a table of polars, where that was imported."""
    text = "import polars as pl\nfrom sklearn.preprocessing import StandardScaler\n"
    assert found(read(text + "raise ValueError(str(StandardScaler().fit_transform([[1.0], [3.0]]).sum()))")) == "0.0"


def test_a_try_goes_on_without_the_package(read: Reader) -> None:
    text = (
        "try:\n    import google.colab\n    COLAB = True\nexcept ImportError:\n    COLAB = False\n# ---\n"
        "try:\n    import plotly\n    PLOTS = True\nexcept Exception:\n    PLOTS = False\nraise ValueError(str((COLAB, PLOTS)))"
    )
    for name in ("tp.py", "tp.ipynb"):
        assert found(read(text, name)) == "(False, False)"


def test_a_file_that_was_not_handed_in_is_no_package(read: Reader) -> None:
    loaded = read("from my_layers import Conv\n")
    assert [(one.kind, one.type) for one in loaded.problems] == [("raised", "ModuleNotFoundError")]


def test_a_package_of_the_students_own_comes_first(read: Reader) -> None:
    assert found(read("import tqdm\nraise ValueError(str(tqdm.__file__))", "tqdm.py")).endswith("tqdm.py")


OLD = """import numpy as np
import torch
from sklearn.preprocessing import OneHotEncoder
from torch.optim import SGD
from torch.optim.lr_scheduler import ReduceLROnPlateau
from torch.utils.data import DataLoader
import matplotlib.pyplot as plt
plt.style.use("seaborn-whitegrid")
a = float(np.array([2.5])) + int(np.array([[3]])) + np.float(1)
codes = OneHotEncoder(sparse=False).fit_transform([[0], [1]])
w = torch.empty(2, 2)
torch.nn.init.xavier_uniform(w)
ReduceLROnPlateau(SGD([w.requires_grad_()], lr=1.0), verbose=True)
batch = iter(DataLoader([1, 2, 3], num_workers=2, persistent_workers=True, prefetch_factor=2)).next()
area = np.trapz([1, 1])
raise ValueError(f"{a} {codes.shape} {batch.item()} {area} {np.dtype(np.float)} {isinstance(a, float)}")
"""


def test_what_libraries_have_dropped_still_works(read: Reader) -> None:
    loaded = read(OLD)
    assert found(loaded) == "6.5 (2, 2) 1 1.0 float64 True"
    assert {"np.float", "float(np.array([x]))", "OneHotEncoder(sparse=…)"} <= {*noted(loaded, "version")}


def test_a_wrong_conversion_is_still_wrong(read: Reader) -> None:
    loaded = read("import numpy as np\nx = float(np.array([1.0, 2.0]))")
    assert [(one.kind, one.type, one.line) for one in loaded.problems] == [("raised", "TypeError", 2)]


COMPILED = """import sys
import torch
from torch import nn
net = nn.Linear(2, 1)
model = torch.compile(net)
net.compile()
@torch.compile(mode="reduce-overhead")
def loss_of(x):
    return model(x).square().sum()
optimizer = torch.optim.Adam(model.parameters())
before = net.weight.detach().clone()
optimizer.zero_grad()
loss_of(torch.ones(3, 2)).backward()
optimizer.step()
slope = torch.func.jacfwd(lambda x: x ** 2)(torch.ones(1)).item()
raise ValueError(f"{bool((net.weight != before).all())} {slope} {torch.is_grad_enabled()} {'torch._dynamo' in sys.modules}")
"""


def test_what_is_compiled_stays_as_it_is(read: Reader) -> None:
    assert found(read(COMPILED)) == "True 2.0 True False"


def test_the_compiler_is_there_for_whoever_asks_for_it(read: Reader) -> None:
    asking = "import torch\ntorch._dynamo.reset()\nimport torch._dynamo.config as config\n"
    assert found(read(f"{asking}raise ValueError(config is torch._dynamo.config)")) == "True"
