// Who is better. Each line of a row counts for itself: to be better in one and worse in another is no draw.

/** How ours compares with the peers in one line. */
export function standing(ours, peers) {
  if (peers.some(({ merit }) => merit > ours.merit)) {
    return "worse";
  }
  return peers.every(({ merit }) => merit < ours.merit) ? "best alone" : "best, with others";
}

/** The peers that do better than ours, by name, with both outcomes. */
export function betterPeers(at, { ours, peers }) {
  return peers
    .filter(({ rows }) => rows[at].merit > ours.rows[at].merit)
    .map(({ name, rows }) => `${name}: ${rows[at].cell}; ${ours.name}: ${ours.rows[at].cell}`);
}

/** The rows, by title, in none of whose lines a peer does worse than ours. */
export function indifferentRows(rows, { ours, peers }) {
  let at = 0;
  return rows
    .filter(({ lines }) => {
      const places = lines.map(() => at++);
      return places.every((place) => peers.every(({ rows }) => rows[place].merit >= ours.rows[place].merit));
    })
    .map(({ title }) => title);
}

/** The peers that are at least as good as ours in all of these lines, and better in one. */
export function dominatingPeers([from, to], { ours, peers }) {
  const merits = ({ price }) => price.slice(from, to).map(({ merit }) => merit);
  const own = merits(ours);
  return peers
    .filter((peer) => {
      const others = merits(peer);
      return others.every((merit, at) => merit >= own[at]) && others.some((merit, at) => merit > own[at]);
    })
    .map(({ name }) => name);
}
