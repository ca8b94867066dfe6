//! Makes a tree smaller for as long as something stays true of it.

use crate::program::{Kind, Node, Operand};

/// The smallest tree reached from `tree` by removing nodes, or putting a node's children in its place, such that
/// `still_fails` holds for each tree on the way.
pub fn shrink(tree: Node, mut still_fails: impl FnMut(&Node) -> bool) -> Node {
    let mut smallest = tree;
    'again: loop {
        for path in paths(&smallest) {
            for edit in [remove, hoist] {
                let mut candidate = smallest.clone();
                if edit(&mut candidate, &path) && still_fails(&candidate) {
                    smallest = candidate;
                    continue 'again;
                }
            }
        }
        return smallest;
    }
}

/// Every node but the root, largest subtrees first: what goes early saves most.
fn paths(tree: &Node) -> Vec<Vec<usize>> {
    fn walk(node: &Node, path: &mut Vec<usize>, found: &mut Vec<(usize, Vec<usize>)>) {
        for (index, child) in node.children.iter().enumerate() {
            path.push(index);
            found.push((child.size(), path.clone()));
            walk(child, path, found);
            path.pop();
        }
    }
    let mut found = Vec::new();
    walk(tree, &mut Vec::new(), &mut found);
    found.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
    found.into_iter().map(|(_, path)| path).collect()
}

fn parent<'a>(tree: &'a mut Node, path: &[usize]) -> &'a mut Node {
    path.iter().fold(tree, |node, &index| &mut node.children[index])
}

fn remove(tree: &mut Node, path: &[usize]) -> bool {
    let Some((&index, above)) = path.split_last() else { return false };
    let node = parent(tree, above);
    if node.kind == Kind::Try {
        node.children[index].children.clear(); // `try` keeps its three blocks
        return false;
    }
    node.children.remove(index);
    true
}

/// Puts the statements of a node in its place, where that keeps the rules of [`crate::program`].
fn hoist(tree: &mut Node, path: &[usize]) -> bool {
    let Some((&index, above)) = path.split_last() else { return false };
    let node = parent(tree, above);
    let child = &mut node.children[index];
    if asks_the_loop(&child.kind) && child.children.iter().any(needs_the_loop) {
        return false;
    }
    let statements = statements(std::mem::take(&mut child.children));
    if statements.is_empty() {
        return false;
    }
    node.children.splice(index..=index, statements);
    true
}

fn asks_the_loop(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Timeout { .. } | Kind::ZeroTimeout { .. } | Kind::Interval { .. } | Kind::Immediate | Kind::Fs(_)
    )
}

fn needs_the_loop(node: &Node) -> bool {
    asks_the_loop(&node.kind)
        || matches!(node.kind, Kind::Await(Operand::Immediate) | Kind::Yield(Operand::Immediate))
        || node.children.iter().any(needs_the_loop)
}

/// The nodes that can stand anywhere; parts of a chain, an emitter or a `try` give what is in them.
fn statements(nodes: Vec<Node>) -> Vec<Node> {
    nodes
        .into_iter()
        .flat_map(|node| match node.kind {
            Kind::Link { .. } | Kind::Listener(_) | Kind::Block => statements(node.children),
            Kind::Throw | Kind::Await(_) | Kind::Yield(_) => Vec::new(),
            _ => vec![node],
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: u32, kind: Kind, children: Vec<Node>) -> Node {
        Node { id, kind, children }
    }

    fn ids(tree: &Node) -> Vec<u32> {
        let mut ids = vec![tree.id];
        tree.children.iter().for_each(|child| ids.extend(super::tests::ids(child)));
        ids
    }

    #[test]
    fn only_what_matters_is_left() {
        let log = |id| node(id, Kind::Log, vec![]);
        let tick = node(3, Kind::Tick, vec![log(4), node(5, Kind::Immediate, vec![log(6), log(7)])]);
        let tree = node(0, Kind::Main { module: false }, vec![log(1), log(2), tick]);
        let smallest = shrink(tree, |tree| ids(tree).contains(&6));
        assert_eq!(ids(&smallest), [0, 6]);
    }
}
