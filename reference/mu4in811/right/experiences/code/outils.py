import numpy as np


def add_noise(images, p=0.1):
    return images + p * np.random.randn(*images.shape)
