// The facets, and what is made of them. Loaded by `core.js` when a choice or counts are asked for; the build puts the
// version and the facets in.
'use strict';
netsiteSearch.take('f', VERSION, FACETS, ({ index, numbers }, facets) => {
  // A column is of one value a page at most, of several, or follows from another that comes before.
  const columns = [];
  for (const [name, label, pairs, isSeveral, code, from] of facets) {
    const next = numbers(code), starts = new Uint32Array(index.count + 1), column = { name, label, values: [], starts, of: [] };
    for (let i = 0; i < pairs.length; i += 2) column.values.push({ value: pairs[i], label: pairs[i + 1] });
    const source = columns[from], follows = source && source.values.map(next);
    for (let page = 0; page < index.count; page++) {
      for (let left = isSeveral ? next() : 1; left > 0; left--) {
        const value = !source ? next() : source.starts[page] < source.starts[page + 1] ? follows[source.of[source.starts[page]]] : 0;
        if (value) column.of.push(value - 1);
      }
      starts[page + 1] = column.of.length;
    }
    columns.push(column);
  }

  // The pages that pass the choice (any value within a facet, every facet), and for each value how many would be found
  // with it beside what is chosen in other facets.
  function narrow(pages, chosen) {
    const counts = columns.map((column) => new Uint32Array(column.values.length)), passed = [];
    const wanted = columns.map((column) => {
      const values = [].concat((chosen && chosen[column.name]) || []);
      return values.length ? new Set(values.map((value) => column.values.findIndex((one) => one.value === value))) : null;
    });
    for (const page of pages) {
      let failed = -1, isOut = false;
      for (let i = 0; i < columns.length && !isOut; i++) {
        if (!wanted[i]) continue;
        let holds = false;
        for (let at = columns[i].starts[page]; at < columns[i].starts[page + 1]; at++) holds = holds || wanted[i].has(columns[i].of[at]);
        if (!holds) {
          isOut = failed >= 0;
          failed = i;
        }
      }
      if (isOut) continue;
      if (failed < 0) passed.push(page);
      for (let i = 0; i < columns.length; i++) {
        if (failed >= 0 && failed !== i) continue;
        for (let at = columns[i].starts[page]; at < columns[i].starts[page + 1]; at++) counts[i][columns[i].of[at]]++;
      }
    }
    const named = {};
    columns.forEach((column, i) => {
      named[column.name] = {};
      column.values.forEach((one, at) => { named[column.name][one.value] = counts[i][at]; });
    });
    return { pages: passed, counts: named };
  }

  return { narrow, names: columns.map(({ name, label, values }) => ({ name, label, values })) };
});
