"""Processes of our own that do what may take any time and memory, and end when it takes too much.

A parser or a regular expression cannot be stopped from within Python, and a worker of Celery may have no
children by multiprocessing, so these are plain subprocesses. Each bounds itself by timers and limits of the
operating system, which end it whatever it is doing (`inside`); the other side sees that it has ended
(`outside`).
"""
