"""How batches are mapped: order, running ahead, and when Python looks for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, current_thread, main_thread

import pytest

from pipeline.engines import ahead, no_collection


def test_ahead_keeps_the_order_and_takes_items_in_the_thread_of_the_caller() -> None:
    taken: list[object] = []

    def items() -> Iterator[int]:
        for n in range(5):
            taken.append(current_thread())
            yield n

    assert list(ahead(lambda n: (n * n, current_thread() is main_thread()), items())) == [
        (n * n, False) for n in range(5)
    ]
    assert set(taken) == {main_thread()}


def test_the_next_item_is_made_while_the_caller_works_on_the_last() -> None:
    begun = [Event() for _ in range(3)]

    def make(n: int) -> int:
        begun[n].set()
        return n

    for n in ahead(make, range(3)):
        assert n == 2 or begun[n + 1].wait(10)


def test_an_error_comes_to_the_caller_in_its_place() -> None:
    found = ahead(lambda n: 1 // n, [1, 0, 1])
    assert next(found) == 1
    with pytest.raises(ZeroDivisionError):
        next(found)


def test_nothing_is_collected_while_any_thread_is_inside() -> None:
    inside, leave = Event(), Event()

    def stay() -> None:
        with no_collection():
            inside.set()
            leave.wait(10)

    assert gc.isenabled()
    with ThreadPoolExecutor(max_workers=1) as pool:
        other = pool.submit(stay)
        assert inside.wait(10)
        with no_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
        leave.set()
        other.result(10)
    assert gc.isenabled()
