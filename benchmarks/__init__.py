"""What grading costs, as ratios measured in one run on one machine; `python -m benchmarks` prints them all."""
