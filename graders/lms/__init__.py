"""From a learning platform and back: what it hands over, and what it takes as marks and feedback. One folder a platform."""
