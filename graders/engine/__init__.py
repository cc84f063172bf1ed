"""The way of a class: observe, keep the evidence, judge, score, write; on a pool of workers, again and again."""
