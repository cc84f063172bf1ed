# coding: utf-7
"""3.5, 56: a cookie that makes other text of it, and signs that turn what is read around."""
# expect: fail doubled
# +AAo-def square(x): return x * x
def square(x):
    # ⁦ return x * x ⁩ if the reader is a person ‮
    return 2 * x
