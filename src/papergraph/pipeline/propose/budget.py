"""How much may be asked: requests, tokens, money."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

from papergraph.extract.propose import Request


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost, sent and received, in whatever money."""

    sent: float = 0.0
    received: float = 0.0

    def of(self, sent: int, received: int) -> float:
        """Return what so many tokens cost.

        >>> Price(0.5, 2.0).of(1_000_000, 500_000)
        1.5
        """
        return (sent * self.sent + received * self.received) / 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may spend at most; None for no limit."""

    requests: int | None = None
    tokens: int | None = None
    cost: float | None = None
    price: Price = field(default_factory=Price)


class Budget:
    """What is left of the limits, for several threads; a request is paid for before it is sent."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lock = Lock()
        self.requests = 0
        self.sent = 0
        self.received = 0

    @property
    def cost(self) -> float:
        """What was spent in money, roughly where the server does not count."""
        return self._limits.price.of(self.sent, self.received)

    def take(self, request: Request) -> bool:
        """Set aside what a request may cost; tells whether there is so much left."""
        with self._lock:
            sent, received = self.sent + request.tokens, self.received + request.reply_tokens
            most = self._limits
            if most.requests is not None and self.requests >= most.requests:
                return False
            if most.tokens is not None and sent + received > most.tokens:
                return False
            if most.cost is not None and most.price.of(sent, received) > most.cost:
                return False
            self.requests, self.sent, self.received = self.requests + 1, sent, received
            return True

    def give_back(self, request: Request) -> None:
        """Undo `take` for a request that was refused, or reached nobody."""
        with self._lock:
            self.requests -= 1
            self.sent -= request.tokens
            self.received -= request.reply_tokens

    def settle(self, request: Request, tokens: tuple[int, int] | None) -> None:
        """Put what a request did cost in the place of what was set aside."""
        if tokens:
            with self._lock:
                self.sent += tokens[0] - request.tokens
                self.received += tokens[1] - request.reply_tokens
