/** How many letters have to be changed, swapped, added or left out to make `b` of `a` (Damerau–Levenshtein, neighbours swapped once). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(Math.min(changed, row[j]! + 1, next[j - 1]! + 1, swapped ? before[j - 2]! + 1 : Infinity));
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}

/** The known word that `word` was most likely meant to be, or null when none is near. */
export function nearest(word: string, known: Iterable<string>): string | null {
  let best: { word: string; distance: number } | null = null;
  for (const candidate of known) {
    const d = distance(word.toLowerCase().slice(0, 80), candidate.toLowerCase());
    if (!best || d < best.distance) best = { word: candidate, distance: d };
  }
  return best && best.distance <= Math.max(1, Math.floor(word.length / 3)) ? best.word : null;
}

/** What to offer for an unknown `word`: "did you mean x?" where x is near, else the whole list. */
export function suggestion(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  if (near) return `did you mean "${near}"?`;
  return `one of ${known.join(', ')}`;
}
