"""The arrays that a map is computed with."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

#: Numbers of entities or regions.
Ints: TypeAlias = NDArray[np.intp]
#: Lengths, weights, or points as rows of x and y.
Floats: TypeAlias = NDArray[np.float64]
#: Whether something is so, for each entity.
Flags: TypeAlias = NDArray[np.bool_]
