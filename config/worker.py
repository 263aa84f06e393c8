"""The worker of gunicorn that counts the requests that wait: ``--worker-class config.worker.Worker``."""

from concurrent.futures import ThreadPoolExecutor

from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from config.waiting import CountedPool


class Worker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's worker with threads, whose waiting requests are counted."""

    def get_thread_pool(self) -> ThreadPoolExecutor:
        return CountedPool(max_workers=self.cfg.threads)
