"""From a folder, file or zip to what was handed in, what it defines, and whose name is what. No student code runs."""
