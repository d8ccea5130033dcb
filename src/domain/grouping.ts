// Grouping: rows of a list by what they have in common, each group in the order of the list.

export function grouped<Row>(rows: readonly Row[], keyIn: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyIn(row));
    if (group) group.push(row);
    else groups.set(keyIn(row), [row]);
  }
  return groups;
}
