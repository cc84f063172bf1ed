from pathlib import Path
from types import SimpleNamespace
import yaml

def _ns(d):
    return SimpleNamespace(**{k: _ns(v) if isinstance(v, dict) else v for k, v in d.items()})

def load_config(path=Path(__file__).resolve().parent.parent / "config" / "default.yaml"):
    with open(path) as f:
        return _ns(yaml.safe_load(f))

cfg = load_config()
