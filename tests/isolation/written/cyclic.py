"""3.4, 31 and 32: a list that holds itself, in a mapping that never ends."""
# expect at none: error unreadable
# expect: error unreadable
def square(x):
    found = [x * x]
    found.append(found)
    return {"returned": found}
