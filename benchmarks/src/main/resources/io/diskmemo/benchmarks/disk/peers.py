"""Measures peers in Python; prints what PeerProcess prints."""
import os
import random
import sys
import time

LETTERS = 1 << 21
ALL = "".join(random.Random(42).choices([chr(c) for c in range(32, 127)], k=LETTERS))


def text(number, size):
    start = number * 97 % (LETTERS - size)
    return ALL[start : start + size]


class Diskcache:
    def __init__(self, directory, size):
        import diskcache

        self.size = size
        self.cache = diskcache.Cache(os.path.join(directory, "diskcache"), tag_index=True)

    def put(self, number):
        value = (number, text(number, self.size))
        self.cache.set(("NZ", number), value, tag="country:NZ")

    def get(self, number):
        return self.cache[("NZ", number)]

    def fill(self, count, first=0):
        with self.cache.transact():
            for number in range(first, first + count):
                self.put(number)

    def close(self):
        self.cache.close()


class Joblib:
    def __init__(self, directory, size):
        from joblib import Memory

        memory = Memory(os.path.join(directory, "joblib"), verbose=0)

        def document(country, number):
            return (number, text(number, size))

        self.document = memory.cache(document)

    def put(self, number):
        self.document("NZ", number)

    def get(self, number):
        return self.document("NZ", number)

    def fill(self, count):
        for number in range(count):
            self.put(number)

    def close(self):
        pass  # nothing is open


def allocated(directory):
    """Of files and directories, as du has it."""
    return sum(
        os.stat(os.path.join(path, name)).st_blocks * 512
        for path, _, names in os.walk(directory)
        for name in [".", *names]
    )


def sample(millis, most, call):
    return timed(millis, most, call)[0]


def timed(millis, most, call):
    """Microseconds for each call, and how many there were."""
    begun = time.perf_counter()
    end = begun + millis / 1000
    calls = 0
    now = begun
    while now < end and calls < most:
        call(calls)
        calls += 1
        now = time.perf_counter()
    return (now - begun) * 1e6 / calls, calls


def measure(peer, directory, entries, stored, samples, millis):
    peer.fill(entries)
    existing = lambda i: peer.get(i * 7919 % entries)
    sample(2 * millis, sys.maxsize, existing)
    for _ in range(samples):
        print("hit", sample(millis, sys.maxsize, existing))
    each = max(1, stored // samples)
    kept = entries
    for _ in range(samples):
        micros, calls = timed(millis, each, lambda j: peer.put(kept + j))
        print("store", micros)
        kept += calls
    if isinstance(peer, Diskcache):
        for _ in range(samples):
            batch(peer, kept)
            kept += 1000
    peer.close()
    print("size", allocated(directory) / kept)


def batch(peer, first):
    begun = time.perf_counter()
    peer.fill(1000, first)
    print("batch", (time.perf_counter() - begun) * 1e6 / 1000)


def stampede(directory, millis):
    """Waits for a line, then wants the key; prints whether it computed."""
    import diskcache

    cache = diskcache.Cache(os.path.join(directory, "diskcache"))
    computed = []

    @diskcache.memoize_stampede(cache, expire=3600)
    def slow(number):
        computed.append(number)
        time.sleep(millis / 1000)
        return number

    print("ready", flush=True)
    for line in sys.stdin:
        computed.clear()
        slow(int(line))
        print(len(computed), flush=True)


def expiry(directory, entries, share):
    """Prints how many entries expire removes, of which it has one of so many, and milliseconds."""
    import diskcache

    path = os.path.join(directory, "diskcache")
    with diskcache.Cache(path, tag_index=True, cull_limit=0) as cache:
        with cache.transact():
            for number in range(entries):
                seconds = 0.001 if number % share == 0 else 86400
                cache.set(("k", number), bytes(200), expire=seconds, tag="t" + str(number % share))
        time.sleep(0.01)
        begun = time.perf_counter()
        removed = cache.expire()
        print(removed, (time.perf_counter() - begun) * 1e3)


if __name__ == "__main__":
    module, directory = sys.argv[1:3]
    numbers = [int(argument) for argument in sys.argv[3:]]
    if len(numbers) == 1:
        stampede(directory, numbers[0])
    elif len(numbers) == 2:
        expiry(directory, *numbers)
    else:
        peer = {"diskcache": Diskcache, "joblib": Joblib}[module](directory, numbers[0])
        measure(peer, directory, *numbers[1:])
