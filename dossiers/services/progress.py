"""How far an import is, told to the page; and the way back: a person's word that it shall stop."""

import logging
import time

from django.core.cache import cache
from redis.exceptions import RedisError

from dossiers.selectors.imports import Progress, cancel_key, progress_key

logger = logging.getLogger(__name__)

SECONDS = 120  # a running import that says nothing for so long has died


class CanceledError(Exception):
    """A person wants the import stopped; nothing of it may stay."""

    def __init__(self, actor: str) -> None:
        super().__init__(actor)
        self.actor = actor


class Reporter:
    """Called with a step and the rows done of about so many. A page without news is no reason to stop importing."""

    def __init__(self, batch_id: int) -> None:
        self._batch, self._step, self._began = batch_id, "", 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        """Raises CanceledError when somebody asked for it."""
        if step != self._step:
            self._step, self._began = step, time.monotonic()
        try:
            cache.set(progress_key(self._batch), self._told(done, total), SECONDS)
            actor = cache.get(cancel_key(self._batch))
        except RedisError:
            logger.warning("progress of import %s not shown: the cache does not answer", self._batch)
            return
        if actor:
            cache.delete(cancel_key(self._batch))
            raise CanceledError(actor)

    def _told(self, done: int, total: int) -> Progress:
        """With how fast it goes, and how long the step still takes at that."""
        passed = time.monotonic() - self._began
        rate = done / passed if done and passed > 1 else 0.0
        return Progress(
            step=self._step, done=done, total=total, rate=round(rate), left=round((total - done) / rate) if rate else None
        )
