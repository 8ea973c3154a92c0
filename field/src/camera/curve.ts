/** A curve y = a + b·x + … of least squares through points. */
export function curveThrough(points: readonly (readonly [number, number])[], terms: number): number[] {
  const scale = points.reduce((most, [x]) => Math.max(most, Math.abs(x)), 1);
  const rows = Array.from({ length: terms }, () => new Float64Array(terms + 1));
  for (const [x, y] of points) {
    const powers = Array.from({ length: terms }, (_, power) => (x / scale) ** power);
    for (let i = 0; i < terms; i += 1) {
      for (let j = 0; j < terms; j += 1) rows[i]![j]! += powers[i]! * powers[j]!;
      rows[i]![terms]! += powers[i]! * y;
    }
  }
  for (let i = 0; i < terms; i += 1) {
    const pivot = rows[i]![i]! || 1e-9;
    for (let k = 0; k < terms; k += 1) {
      if (k === i) continue;
      const share = rows[k]![i]! / pivot;
      for (let j = i; j <= terms; j += 1) rows[k]![j]! -= share * rows[i]![j]!;
    }
  }
  return rows.map((row, power) => row[terms]! / (row[power]! || 1e-9) / scale ** power);
}
