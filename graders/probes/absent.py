"""What a submission needs and this machine has not: a package, or the network. Nobody's mistake, so it is told apart."""

from __future__ import annotations

import re
import socket
import sys
from urllib.error import HTTPError, URLError

# Packages that students import. A name that is none of these, nor of Python's own library, is a file that was not handed in,
# or a slip of the pen: that is the student's.
PACKAGES = frozenset(
    """IPython PIL absl accelerate albumentations altair astropy av bitsandbytes bokeh bs4 captum cartopy catboost cloudpickle
    colorama comet_ml control cupy cv2 cycler cython dask datasets deap deeplake deepspeed dgl diffusers dill django dlib
    docplex einops emoji evaluate fastai fastcore fire flask flax folium ftfy gdown gensim geopandas ginac google google_drive
    gpytorch graphviz great_tables gurobipy gym gymnasium h5py hdbscan hiddenlayer higher holoviews horovod hydra icecream
    igraph imageio imageio_ffmpeg imblearn imgaug imutils ipdb ipykernel ipympl ipywidgets itkwidgets jax jaxlib jedi joblib
    json5 jupyter jupyterthemes kaggle kaggle_secrets kagglehub keras keras_tuner keyboard kivy kneed kornia langchain lazypredict
    librosa lifelines lightgbm lightning line_profiler livelossplot lxml mako matplotlib_inline medmnist memory_profiler
    mglearn mlflow mlxtend mpl_toolkits mpld3 mpmath msgpack natsort nbformat nengo neptune netCDF4 netron networkx nibabel
    nltk notebook numba numexpr onnx onnxruntime open3d openai opencv opendatasets openpyxl optuna palettable pandas papermill
    patsy patoolib peft pickle5 pingouin plotly plotnine polars prettytable prophet psutil pycuda pydantic pydicom pydot
    pydotplus pygad pygame pygments pymc pyparsing pyproj pyspark pysr pytorch_grad_cam pytorch_lightning pytz pyvista
    rasterio ray regex requests resampy rich sacremoses safetensors scikeras scikitplot scipy seaborn
    segmentation_models_pytorch
    sentencepiece shap shapely simpleaudio simpy skimage sklearn skopt skorch skvideo sounddevice soundfile spacy statsmodels
    streamlit
    sympy tables tabulate tensorboard tensorboardX tensorflow tensorflow_datasets tensorflow_hub tensorflow_probability termcolor
    textblob tflearn theano thop tifffile tiktoken timm tokenizers torch_geometric torch_lr_finder torch_optimizer torch_xla
    torchaudio torchdata torchdiffeq torchinfo torchmetrics torchsummary torchsummaryX torchtext torchvision torchviz torchview
    tqdm traitlets transformers trimesh tsnecuda typeguard typer ujson umap unidecode visdom visualkeras wandb watermark wfdb
    wget wordcloud xarray xgboost xlrd xlsxwriter yaml yellowbrick zarr pywt mne hmmlearn ignite dotenv missingno omegaconf
    skfuzzy PyQt5 PySide6
    win32api pyautogui plyfile pyaudio pydub python_speech_features torchsde deepxde neuromancer""".split()
)


# How the classes of objects begin that stand for what a missing package would have made: seen in what Python says of them.
INERT = "not_installed_"
_SAID = re.compile(rf"{INERT}(\w+(\.\w+)*)")


class AbsentError(ModuleNotFoundError):
    """Something was wanted of a package that is not installed here."""

    def __init__(self, package: str) -> None:
        """Name the package."""
        super().__init__(f"{package} is not installed here", name=package)


def known(package: str) -> bool:
    """Whether this is a package that may be wanted: Python's own library has parts that some machines lack."""
    return package in PACKAGES or package in sys.stdlib_module_names


def absent(problem: BaseException) -> str | None:
    """What was not there, if that is why this was raised: the name of a package, or "network"."""
    if isinstance(problem, AbsentError):
        return problem.name
    if isinstance(problem, ModuleNotFoundError):
        package = (problem.name or "").split(".")[0]
        return package if known(package) else None
    if isinstance(problem, TypeError | ValueError | AttributeError):
        said = _SAID.search(str(problem))
        return said[1] if said else None
    offline = isinstance(problem, socket.gaierror) or (
        isinstance(problem, URLError) and not isinstance(problem, HTTPError)
    )
    return "network" if offline else None
