//! Functions of many numbers at once.

use super::processor::{LANES, Processor};

/// Adds numbers to others.
#[inline(always)]
pub(super) fn add(to: &mut [f32], what: &[f32]) {
    for (to, what) in to.iter_mut().zip(what) {
        *to += what;
    }
}

/// Brings a row to a mean of nothing and a variance of one, then to the gain and shift learned. The row's length is a multiple of
/// `LANES`.
#[inline(always)]
pub(super) fn normalise(row: &mut [f32], gain: &[f32], shift: &[f32]) {
    /// Keeps what a constant row becomes finite, as in BERT.
    const EPSILON: f32 = 1e-12;
    let count = row.len() as f32;
    let mut sums = [0.0; LANES];
    for part in row.as_chunks::<LANES>().0 {
        for lane in 0..LANES {
            sums[lane] += part[lane];
        }
    }
    let mean = sums.iter().sum::<f32>() / count;
    let mut squares = [0.0; LANES];
    for part in row.as_chunks::<LANES>().0 {
        for lane in 0..LANES {
            squares[lane] += (part[lane] - mean) * (part[lane] - mean);
        }
    }
    let scale = 1.0 / (squares.iter().sum::<f32>() / count + EPSILON).sqrt();
    for ((number, gain), shift) in row.iter_mut().zip(gain).zip(shift) {
        *number = (*number - mean) * scale * gain + shift;
    }
}

/// Each number times the chance that one drawn from the normal distribution is smaller (GELU).
#[inline(always)]
pub(super) fn gelu<P: Processor>(numbers: &mut [f32]) {
    for number in numbers {
        // Abramowitz and Stegun 7.1.26: within 0.00000015 of the error function.
        let x = number.abs() * std::f32::consts::FRAC_1_SQRT_2;
        let t = 1.0 / P::fused(0.327_591_1, x, 1.0);
        let polynomial = P::fused(1.061_405_4, t, -1.453_152_1);
        let polynomial = P::fused(polynomial, t, 1.421_413_8);
        let polynomial = P::fused(polynomial, t, -0.284_496_72);
        let polynomial = P::fused(polynomial, t, 0.254_829_6);
        let tail = 0.5 * polynomial * t * exp::<P>(-x * x);
        *number *= if *number < 0.0 { tail } else { 1.0 - tail };
    }
}

/// Raises e to the power of each number less the greatest of them; returns the sum. Divided by it, they are the softmax.
#[inline(always)]
pub(super) fn exponentials<P: Processor>(numbers: &mut [[f32; LANES]]) -> f32 {
    let mut most = [f32::NEG_INFINITY; LANES];
    for part in &*numbers {
        for lane in 0..LANES {
            most[lane] = if part[lane] > most[lane] { part[lane] } else { most[lane] };
        }
    }
    let most = most.into_iter().fold(f32::NEG_INFINITY, f32::max);
    let mut sums = [0.0; LANES];
    for part in numbers {
        for lane in 0..LANES {
            part[lane] = exp::<P>(part[lane] - most);
            sums[lane] += part[lane];
        }
    }
    sums.iter().sum()
}

/// e to the power of a number, within a millionth of itself; of a number below -87, next to nothing.
#[inline(always)]
fn exp<P: Processor>(number: f32) -> f32 {
    // Added to a number, it leaves that number, rounded, in the lowest bits.
    const ROUND: f32 = 12_582_912.0;
    // The logarithm of two, in two parts of which the first has few digits.
    const TWO: (f32, f32) = (0.693_359_4, -2.121_944_4e-4);
    let number = number.clamp(-87.0, 87.0);
    let twos = P::fused(number, std::f32::consts::LOG2_E, ROUND);
    let whole = twos - ROUND;
    let rest = P::fused(whole, -TWO.1, P::fused(whole, -TWO.0, number));
    let power = P::fused(1.0 / 720.0, rest, 1.0 / 120.0);
    let power = P::fused(power, rest, 1.0 / 24.0);
    let power = P::fused(power, rest, 1.0 / 6.0);
    let power = P::fused(power, rest, 0.5);
    let power = P::fused(power, rest, 1.0);
    let power = P::fused(power, rest, 1.0);
    f32::from_bits(power.to_bits().wrapping_add(twos.to_bits() << 23))
}

#[cfg(test)]
mod tests {
    use super::super::processor::{Any, LANES};
    use super::{exp, exponentials, gelu, normalise};

    #[test]
    fn powers_of_e_are_right_to_a_millionth() {
        for tenth in -860..=860 {
            let number = tenth as f32 / 10.0;
            let (ours, theirs) = (f64::from(exp::<Any>(number)), f64::from(number).exp());
            assert!((ours / theirs - 1.0).abs() < 1e-6, "e to the power of {number}: {ours} and not {theirs}");
        }
        assert!(exp::<Any>(f32::NEG_INFINITY) < 1e-37);
    }

    #[test]
    fn gelu_is_the_number_by_the_normal_distribution() {
        let mut numbers = [-10.0, -3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0, 10.0];
        gelu::<Any>(&mut numbers);
        let known = [0.0, -0.004_049_7, -0.158_655_3, -0.154_268_8, 0.0, 0.345_731_2, 0.841_344_7, 2.995_950_3, 10.0];
        for (ours, known) in numbers.iter().zip(known) {
            assert!((ours - known).abs() < 1e-6_f32, "{ours} and not {known}");
        }
    }

    #[test]
    fn exponentials_by_their_sum_are_the_softmax() {
        let mut numbers = [[f32::NEG_INFINITY; LANES]];
        numbers[0][..3].copy_from_slice(&[1000.0, 1000.0 + 3.0_f32.ln(), 900.0]);
        let sum = exponentials::<Any>(&mut numbers);
        assert!((numbers[0][0] / sum - 0.25).abs() < 1e-5 && (numbers[0][1] / sum - 0.75).abs() < 1e-5);
    }

    #[test]
    fn a_normalised_row_has_the_mean_and_the_spread_learned() {
        let mut row: Vec<f32> = (0..32).map(|n| n as f32).collect();
        normalise(&mut row, &[2.0; 32], &[5.0; 32]);
        let mean = row.iter().sum::<f32>() / 32.0;
        let variance = row.iter().map(|n| (n - mean) * (n - mean)).sum::<f32>() / 32.0;
        assert!((mean - 5.0).abs() < 1e-5 && (variance - 4.0).abs() < 1e-4, "{mean}, {variance}");
        let mut constant = vec![7.0; 32];
        normalise(&mut constant, &[2.0; 32], &[5.0; 32]);
        assert_eq!(constant, [5.0; 32]);
    }
}
