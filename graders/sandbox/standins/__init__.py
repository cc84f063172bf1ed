"""What stands in the place of packages, versions and data that a submission needs and this machine has not.

Theory of operation. Student code runs unchanged, with no network, whatever machine it was written for:
- `finder`: a package that is installed is used. Else a stand-in of ours, where there is one (`table`); else an inert module
  (`inert`), from which nothing comes and with which everything that asks for no result goes on.
- `versions`: names and arguments that libraries have dropped since the code was written.
- `elsewhere`, `downloads`: files asked for where they lay on the student's machine, on Colab or Kaggle, or on a server, are
  answered with the data that the assignment gives.
Whatever was used of it is noted (`noted`) and told in the report. Nothing of it knows an expected answer.
"""
