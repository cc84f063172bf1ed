"""What enters the sandbox: ways of looking. NumPy, torch and the standard library; no expected value, nothing of ours."""
