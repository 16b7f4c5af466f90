"""How much of a graph leads through a node, and which nodes belong together."""

from typing import Final

import numpy as np

from chipscape_db.network.louvain import louvain
from chipscape_desktop.figures.drawing import Floats, Ints

_EXACT_UP_TO: Final = 1_000
_SAMPLE: Final = 64


def betweenness(n: int, edges: Ints, *, seed: int = 0) -> Floats:
    """Return the share of all shortest paths that lead through each node, 0 to 1, its own ends left out.

    Edges have no direction, doubles count once. Brandes, "A faster algorithm for betweenness centrality" (2001), for
    all roots at a time; of more than 1,000 nodes for 64 random roots, scaled up.
    """
    if n < 3 or not len(edges):
        return np.zeros(n)
    low, high = np.minimum(edges[:, 0], edges[:, 1]), np.maximum(edges[:, 0], edges[:, 1])
    keys = np.unique((low * n + high)[low != high])
    if not len(keys):
        return np.zeros(n)
    low, high = keys // n, keys % n
    here, there = np.concatenate([low, high]), np.concatenate([high, low])
    order = np.argsort(there, kind="stable")
    here, there = here[order], there[order]
    owners, starts = np.unique(there, return_index=True)
    roots = np.arange(n) if n <= _EXACT_UP_TO else np.random.default_rng(seed).choice(n, _SAMPLE, replace=False)
    total = np.zeros(n)
    for some in np.array_split(roots, max(1, len(roots) * len(here) // 4_000_000 + 1)):
        total += _through(n, some, here=here, owners=owners, starts=starts)
    scaled: Floats = total * (n / len(roots)) / ((n - 1) * (n - 2))
    return scaled


def _through(n: int, roots: Ints, *, here: Ints, owners: Ints, starts: Ints) -> Floats:
    """Return the sum over *roots* of each node's share of the paths from them."""
    k = len(roots)
    row = np.arange(k)
    depth = np.full((k, n), -1, dtype=np.int32)
    paths = np.zeros((k, n))
    depth[row, roots] = 0
    paths[row, roots] = 1.0
    step = 0
    while True:
        reached = np.zeros((k, n))
        reached[:, owners] = np.add.reduceat(np.where(depth[:, here] == step, paths[:, here], 0.0), starts, axis=1)
        new = (depth < 0) & (reached > 0)
        if not new.any():
            break
        step += 1
        depth[new] = step
        paths[new] = reached[new]
    through = np.zeros((k, n))
    for level in range(step, 0, -1):
        share = np.where(depth == level, (1.0 + through) / np.maximum(paths, 1.0), 0.0)
        back = np.zeros((k, n))
        back[:, owners] = np.add.reduceat(share[:, here], starts, axis=1)
        through += np.where(depth == level - 1, paths * back, 0.0)
    through[row, roots] = 0.0
    total: Floats = through.sum(axis=0)
    return total


def communities(n: int, edges: Ints, weights: Floats) -> Ints:
    """Return the community of each node, 0 the largest: who has more to do with each other than with the rest.

    By the Louvain method (see `chipscape_db.network.louvain`).
    """
    ties = zip(*edges.T.tolist(), weights.tolist(), strict=True) if len(edges) else ()
    found = np.array(louvain(n, ties), dtype=np.int64)
    sizes = np.bincount(found, minlength=1)
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    out: Ints = rank[found]
    return out
