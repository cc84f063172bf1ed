"""Programme du TP1 : lit un dossier de clips audio et en calcule les spectrogrammes.

    x, y = build_spectrograms("data/train")

Un dossier contient des fichiers wav (mono, 16 bits, tous de même durée) et un fichier labels.csv à deux colonnes,
file et label. Le label vaut 1 si le clip contient des pulses acoustiques, 0 sinon.
"""

import csv
import wave
from pathlib import Path

import numpy as np

FRAME = 256  # échantillons par trame
HOP = 128  # échantillons entre deux trames
BANDS = 32  # bandes de fréquence
FLOOR = 1e-4  # ajouté à l'amplitude : le logarithme d'un silence reste fini


def build_spectrograms(folder: str | Path) -> tuple[np.ndarray, np.ndarray]:
    """Spectrogrammes x (n, freq, time) float32 et étiquettes y (n,) int64, dans l'ordre de labels.csv."""
    folder = Path(folder)
    with open(folder / "labels.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    signals = np.stack([read_wav(folder / row["file"]) for row in rows])
    return spectrogram(signals), np.array([int(row["label"]) for row in rows], dtype=np.int64)


def read_wav(path: Path) -> np.ndarray:
    """Signal (samples,) à valeurs dans [-1, 1[."""
    with wave.open(str(path), "rb") as clip:
        return np.frombuffer(clip.readframes(clip.getnframes()), dtype="<i2") / 32768


def spectrogram(signal: np.ndarray) -> np.ndarray:
    """Log-amplitude (..., freq, time) float32 d'un signal (..., samples) : 32 bandes de même largeur."""
    frames = np.lib.stride_tricks.sliding_window_view(signal, FRAME, axis=-1)[..., ::HOP, :]
    power = np.abs(np.fft.rfft(frames * np.hanning(FRAME), axis=-1)[..., 1:]) ** 2
    bands = power.reshape(*power.shape[:-1], BANDS, -1).mean(axis=-1)
    return np.log(np.sqrt(bands) + FLOOR).swapaxes(-1, -2).astype(np.float32, order="C")
