//! Confidence intervals by drawing the texts again and again.

/// How often the texts are drawn.
const ROUNDS: usize = 1000;

/// With fewer texts than this an interval would say nothing.
pub const FEWEST: usize = 5;

/// The 95 % interval of a figure: `units` texts are drawn with replacement, a thousand times, and `figure` is computed of each
/// drawing (it is given the numbers of the texts drawn). The same texts give the same interval.
///
/// None with fewer than [`FEWEST`] texts.
pub fn interval(units: usize, figure: impl Fn(&[usize]) -> f64) -> Option<(f64, f64)> {
    if units < FEWEST {
        return None;
    }
    let mut random = SplitMix(units as u64);
    let mut drawn = vec![0; units];
    let mut figures: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            drawn.fill_with(|| random.below(units));
            figure(&drawn)
        })
        .collect();
    figures.sort_by(f64::total_cmp);
    let at = |share: f64| figures[((ROUNDS - 1) as f64 * share).round() as usize];
    Some((at(0.025), at(0.975)))
}

/// Steele, Lea and Flood's SplitMix64: small, and the same everywhere.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number from 0 up to, not including, `bound`.
    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::interval;

    #[test]
    fn the_mean_of_ten_texts_lies_in_its_interval_as_wide_as_theory_says() {
        let texts: [f64; 10] = [0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0];
        let mean = |drawn: &[usize]| drawn.iter().map(|&i| texts[i]).sum::<f64>() / drawn.len() as f64;
        // The standard error is sqrt(0.25 / 10) = 0.158, so about 0.5 ± 0.31, in steps of 0.1.
        assert_eq!(interval(texts.len(), mean), Some((0.2, 0.8)));
    }

    #[test]
    fn texts_that_are_all_alike_leave_no_doubt() {
        assert_eq!(interval(7, |_| 0.5), Some((0.5, 0.5)));
    }

    #[test]
    fn four_texts_are_too_few() {
        assert_eq!(interval(4, |_| 0.5), None);
    }
}
