"""Weather classification package."""
from .models import SoftmaxPerceptron, XorNet
