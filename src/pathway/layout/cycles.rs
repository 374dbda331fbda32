//! Which edges run back. In: edges in the order of writing. Out: for each whether it is turned round to leave no cycle.
//! An edge that would close a cycle runs back, so the first way that an author wrote stays the main way.

/// Above this many steps of searching, a depth-first search decides instead.
const MOST_SEARCHING: usize = 20_000_000;

/// For each edge whether it is to be read from its end to its beginning. Self-loops are not.
pub(super) fn turned(count: usize, edges: &[(usize, usize)]) -> Vec<bool> {
    if edges.len().saturating_mul(edges.len() + count) > MOST_SEARCHING {
        return by_depth(count, edges);
    }
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut seen = vec![usize::MAX; count];
    let mut stack = Vec::new();
    let mut turned = vec![false; edges.len()];
    for (index, &(from, to)) in edges.iter().enumerate() {
        if from == to {
            continue;
        }
        stack.clear();
        stack.push(to);
        seen[to] = index;
        while let Some(at) = stack.pop() {
            if at == from {
                turned[index] = true;
                break;
            }
            for &further in &next[at] {
                if seen[further] != index {
                    seen[further] = index;
                    stack.push(further);
                }
            }
        }
        let (from, to) = if turned[index] { (to, from) } else { (from, to) };
        next[from].push(to);
    }
    turned
}

/// The same for very large charts: edges that lead back to a node on the path of a depth-first search.
fn by_depth(count: usize, edges: &[(usize, usize)]) -> Vec<bool> {
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (index, &(from, _)) in edges.iter().enumerate() {
        leaving[from].push(index);
    }
    let mut turned = vec![false; edges.len()];
    // 0 not seen, 1 on the path, 2 done.
    let mut state = vec![0_u8; count];
    for start in 0..count {
        if state[start] != 0 {
            continue;
        }
        state[start] = 1;
        let mut path = vec![(start, 0)];
        while let Some((at, position)) = path.last_mut() {
            let at = *at;
            let Some(&edge) = leaving[at].get(*position) else {
                state[at] = 2;
                path.pop();
                continue;
            };
            *position += 1;
            let to = edges[edge].1;
            if to == at {
                continue;
            }
            match state[to] {
                0 => {
                    state[to] = 1;
                    path.push((to, 0));
                }
                1 => turned[edge] = true,
                _ => {}
            }
        }
    }
    turned
}
