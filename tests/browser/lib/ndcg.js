// How good an order of answers is, by the grades that a judge gave.

const gain = (grades) => grades.reduce((sum, grade, rank) => sum + grade / Math.log2(rank + 2), 0);

/**
 * Normalised discounted cumulative gain of the first ten answers (Järvelin and Kekäläinen, 2002): 1 is the best order that
 * there is, 0 finds nothing. `judged` maps what is relevant to its grade.
 */
export function ndcg(answers, judged) {
  const ideal = gain([...judged.values()].sort((a, b) => b - a).slice(0, 10));
  return ideal ? gain(answers.slice(0, 10).map((answer) => judged.get(answer) ?? 0)) / ideal : 0;
}
