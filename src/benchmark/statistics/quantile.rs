//! Quantiles of type 7 (Hyndman and Fan 1996), which Excel's `QUARTILE.INC` and R use: the place of the quantile p
//! among n sorted values is 1 + (n − 1) p, between two values in proportion.

/// The quantile of sorted values; none where there are none. `p` is from 0 to 1.
pub fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = last as f64 * p.clamp(0.0, 1.0);
    let below = (place.floor() as usize).min(last);
    let above = (below + 1).min(last);
    Some(sorted[below] + (sorted[above] - sorted[below]) * (place - below as f64))
}

/// The median of values in any order.
pub fn median(values: &[f64]) -> Option<f64> {
    quantile(&sorted(values), 0.5)
}

/// Values from the least to the greatest.
pub fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_as_excel_and_r_give_them() {
        let values = [1.0, 2.0, 4.0, 7.0, 8.0, 9.0, 10.0, 12.0];
        assert_eq!(quantile(&values, 0.25), Some(3.5));
        assert_eq!(quantile(&values, 0.5), Some(7.5));
        assert_eq!(quantile(&values, 0.75), Some(9.25));
        assert_eq!(quantile(&[5.0], 0.75), Some(5.0));
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(median(&[9.0, 1.0, 3.0]), Some(3.0));
    }

    proptest::proptest! {
        #[test]
        fn quantiles_rise_and_stay_within(
            values in proptest::collection::vec(-1e6_f64..1e6, 1..40), a in 0.0_f64..=1.0, b in 0.0_f64..=1.0,
        ) {
            let values = sorted(&values);
            let (low, high) = (quantile(&values, a.min(b)).unwrap(), quantile(&values, a.max(b)).unwrap());
            proptest::prop_assert!(low <= high + 1e-9);
            proptest::prop_assert!(values[0] - 1e-9 <= low && high <= values[values.len() - 1] + 1e-9);
        }
    }
}
