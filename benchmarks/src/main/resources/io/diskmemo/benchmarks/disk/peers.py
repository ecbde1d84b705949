"""Measures peers in Python; prints what PeerProcess and ThreadsProcess print."""
import os
import random
import shutil
import sys
import time

LETTERS = 1 << 21
ALL = "".join(random.Random(42).choices([chr(c) for c in range(32, 127)], k=LETTERS))

STRIDE = 7919
BATCH = 1000
ROOM = 64 << 30  # as ours has

# as Load and PeerProcess have them
WARMING_SAMPLES = 30
MOST_BYTES_WHILE_WARMING = 256 << 20
MOST_WHILE_WARMING = 200_000


def text(number, size):
    start = number * 97 % (LETTERS - size)
    return ALL[start : start + size]


def opened(directory, **settings):
    import diskcache

    path = os.path.join(directory, "diskcache")
    return diskcache.Cache(path, size_limit=ROOM, **settings)


class Diskcache:
    def __init__(self, directory, size):
        self.size = size
        self.cache = opened(directory, tag_index=True)

    def put(self, number):
        value = (number, text(number, self.size))
        self.cache.set("NZ:" + str(number), value, tag="country:NZ")

    def get(self, number):
        return self.cache["NZ:" + str(number)]

    def fill(self, count, first=0):
        with self.cache.transact():
            for number in range(first, first + count):
                self.put(number)

    def require(self, kept):
        """Fails if some were culled."""
        if len(self.cache) != kept:
            raise RuntimeError(f"{len(self.cache)} of {kept} are there")

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

    def require(self, kept):
        pass  # nothing is culled

    def close(self):
        pass  # nothing is open


PEERS = {"diskcache": Diskcache, "joblib": Joblib}


def allocated(directory):
    """Of files and directories, as du has it."""
    return sum(
        os.stat(os.path.join(path, name)).st_blocks * 512
        for path, _, names in os.walk(directory)
        for name in [".", *names]
    )


def sample(millis, most, call):
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


def in_another(directory, module, size, use):
    """Does something with a store of its own, to warm up."""
    path = os.path.join(directory, "warming")
    os.mkdir(path)
    peer = PEERS[module](path, size)
    use(peer)
    peer.close()
    shutil.rmtree(path)


def measure(module, directory, size, entries, stored, samples, millis):
    warming = WARMING_SAMPLES * millis
    most = min(MOST_WHILE_WARMING, MOST_BYTES_WHILE_WARMING // size)
    in_another(directory, module, size, lambda other: sample(warming, most, other.put))
    peer = PEERS[module](directory, size)
    peer.fill(entries)
    existing = lambda i: peer.get(i * STRIDE % entries)
    sample(warming, sys.maxsize, existing)
    for _ in range(samples):
        print("hit", sample(millis, sys.maxsize, existing)[0])
    each = max(1, stored // samples)
    kept = entries
    for _ in range(samples):
        micros, calls = sample(millis, each, lambda i: peer.put(kept + i))
        print("store", micros)
        kept += calls
    peer.require(kept)
    peer.close()
    print("size", allocated(directory) / kept)


def threads(module, directory, size, entries, samples, stores, hits, millis):
    """Batches, stores and hits by one thread, in a store that holds as many as those of others."""
    in_another(directory, module, size, lambda other: warm(other, entries, stores, hits, millis))
    peer = PEERS[module](directory, size)
    peer.fill(entries)
    kept = work(peer, entries, entries, samples, stores, hits, print)
    peer.require(kept)
    peer.close()


def warm(peer, entries, stores, hits, millis):
    peer.fill(entries)
    end = time.perf_counter() + millis / 1000
    kept = entries
    while time.perf_counter() < end:
        kept = work(peer, entries, kept, 1, stores, hits, lambda what, micros: None)
    peer.require(kept)


def work(peer, entries, kept, samples, stores, hits, show):
    """Returns how many entries there are afterwards."""
    for _ in range(samples):
        show("batch", each(1, lambda _: peer.fill(BATCH, kept)) / BATCH)
        kept += BATCH
    for _ in range(samples):
        show("stores-1", each(stores, lambda i: peer.put(kept + i)))
        kept += stores
    for _ in range(samples):
        show("hits-1", each(hits, lambda i: peer.get(i * STRIDE % entries)))
    return kept


def each(calls, call):
    """Microseconds for each call."""
    return sample(float("inf"), calls, call)[0]


def stampede(module, directory, millis, barrier):
    """Waits for a line, then wants the key; prints whether it computed."""
    import diskcache

    cache = opened(directory)
    computed = []

    def slow(number):
        computed.append(number)
        time.sleep(millis / 1000)
        return number

    if barrier:
        memoized = diskcache.barrier(cache, diskcache.Lock)(cache.memoize(expire=3600)(slow))
    else:
        memoized = diskcache.memoize_stampede(cache, expire=3600)(slow)
    print("ready", flush=True)
    for line in sys.stdin:
        computed.clear()
        memoized(int(line))
        print(len(computed), flush=True)


def removal(directory, entries, share, seconds, remove):
    """Prints how many entries were removed, of which it has one of so many, and milliseconds."""
    with opened(directory, tag_index=True, cull_limit=0) as cache:
        with cache.transact():
            for number in range(entries):
                part = number % share
                cache.set(
                    "k" + str(number), bytes(200), expire=seconds(part), tag="t" + str(part)
                )
        time.sleep(0.01)
        begun = time.perf_counter()
        removed = remove(cache)
        print(removed, (time.perf_counter() - begun) * 1e3)


def expiry(module, directory, entries, share):
    seconds = lambda part: 0.001 if part == 0 else 86400
    removal(directory, entries, share, seconds, lambda cache: cache.expire())


def evict(module, directory, entries, share):
    removal(directory, entries, share, lambda part: 86400, lambda cache: cache.evict("t0"))


if __name__ == "__main__":
    actions = (measure, threads, stampede, expiry, evict)
    module, action, directory = sys.argv[1:4]
    {one.__name__: one for one in actions}[action](
        module, directory, *(int(argument) for argument in sys.argv[4:])
    )
