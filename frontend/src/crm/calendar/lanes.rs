//! Side by side what happens at once.

/// In which of how many lanes each of these runs, from minute to minute; they are sorted by
/// their beginning. What touches nothing has the whole width.
pub fn lanes(spans: &[(i64, i64)]) -> Vec<(usize, usize)> {
    let mut placed: Vec<(usize, usize)> = Vec::with_capacity(spans.len());
    // When each lane of the present group is free again.
    let mut free: Vec<i64> = Vec::new();
    let mut group = 0;
    for (place, (from, to)) in spans.iter().enumerate() {
        if free.iter().all(|end| end <= from) {
            close(&mut placed, group, free.len());
            (group, free) = (place, Vec::new());
        }
        let lane = free.iter().position(|end| end <= from).unwrap_or(free.len());
        match free.get_mut(lane) {
            Some(end) => *end = *to,
            None => free.push(*to),
        }
        placed.push((lane, 1));
    }
    close(&mut placed, group, free.len());
    placed
}

fn close(placed: &mut [(usize, usize)], group: usize, count: usize) {
    for (_, lanes) in placed.iter_mut().skip(group) {
        *lanes = count;
    }
}

#[cfg(test)]
mod tests {
    use super::lanes;

    #[test]
    fn what_overlaps_shares_the_width() {
        assert_eq!(lanes(&[]), []);
        assert_eq!(lanes(&[(0, 60), (60, 90)]), [(0, 1), (0, 1)]);
        assert_eq!(
            lanes(&[(0, 60), (30, 90), (60, 70), (90, 95)]),
            [(0, 2), (1, 2), (0, 2), (0, 1)]
        );
        assert_eq!(
            lanes(&[(0, 100), (10, 20), (10, 30), (25, 40)]),
            [(0, 3), (1, 3), (2, 3), (1, 3)]
        );
    }
}
