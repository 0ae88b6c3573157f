from collections.abc import Callable
RELATERS = ()
def relate(annotation): return ()
