"""What the scripts of both Python clients share. A script gets the broker's address and, where a scenario has several processes, its step;
it ends with 0 when all that it asserts is true."""

import sys
import threading
import time

servers = sys.argv[1]
step = sys.argv[2]


def equal(seen, expected):
    """Python's own assert does not show what it compared."""
    if seen != expected:
        raise AssertionError(f'{seen!r} is not {expected!r}')


def fails(call, *kinds):
    """The exception that the call must end with."""
    try:
        result = call()
    except kinds as error:
        return error
    raise AssertionError(f'{kinds} expected, not {result!r}')


def until(condition, what, limit=30):
    """Waits until the condition holds; the runner's own deadline is longer, so that the sentence is seen."""
    end = time.monotonic() + limit
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f'not in {limit} s: {what()}')
        time.sleep(0.01)


def values(start, end):
    return [b'v%d' % i for i in range(start, end)]


# The records of the compression scenarios: keys, values that are worth compressing, a header.
samples = [(b'k%d' % i, b'value ' * 20 + b'%d' % i, [('number', b'%d' % i)]) for i in range(200)]

# Values that do not fit one TLS record, nor one read of a socket.
large = [b'%d' % i * (100_000 + i) for i in range(5)]


def in_order(records):
    return sorted(records, key=lambda record: int(record[2][0][1]))


class Member:
    """A member of a group in a thread of its own: poll() gives values, and partitions() what it has."""

    def __init__(self, poll, partitions, close):
        self.seen = []
        self.partitions = set()
        self.failure = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(poll, partitions, close), daemon=True)
        self._thread.start()

    def _run(self, poll, partitions, close):
        try:
            while not self._stopping.is_set():
                self.seen += poll()
                self.partitions = partitions()
            close()
        except BaseException as error:
            self.failure = error

    def leave(self):
        self._stopping.set()
        self._thread.join(30)
        if self._thread.is_alive() or self.failure:
            raise AssertionError(f'the member did not leave: {self.failure!r}')


def share_a_group(member, send):
    """The group scenario: member() starts a member of a group on four partitions, send(partition, values) writes."""
    def send_all(start, end):
        for partition in range(4):
            send(partition, values(partition * 100 + start, partition * 100 + end))

    def seen(*members):
        for m in members:
            if m.failure:
                raise m.failure
        return sorted(sum((m.seen for m in members), []))

    first = member()
    until(lambda: len(first.partitions) == 4, lambda: f'one member has {first.partitions}, {first.failure!r}')
    send_all(0, 10)
    until(lambda: len(seen(first)) >= 40, lambda: f'40 records; there are {len(seen(first))}')

    second = member()
    until(lambda: len(first.partitions) == 2 and len(second.partitions) == 2,
          lambda: f'two members share: {first.partitions} and {second.partitions}, {first.failure!r}, {second.failure!r}')
    equal(first.partitions | second.partitions, {0, 1, 2, 3})
    send_all(10, 20)
    until(lambda: len(seen(first, second)) >= 80, lambda: f'80 records; there are {len(first.seen)} and {len(second.seen)}')
    equal(len(second.seen), 20)
    second.leave()

    until(lambda: len(first.partitions) == 4, lambda: f'the one who stays has {first.partitions}')
    send_all(20, 30)
    until(lambda: len(seen(first, second)) >= 120, lambda: f'120 records; there are {len(seen(first, second))}')

    # Everything was committed before a member came or went, so that nothing comes twice.
    equal(seen(first, second), sorted(sum((values(p * 100, p * 100 + 30) for p in range(4)), [])))
    first.leave()
