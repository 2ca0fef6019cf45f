//! Linear layers in eight bits: the weights of an output share a scale, and the numbers of an input row theirs.
//!
//! A row of numbers is written as `least + step * byte`, a weight as `scale * byte`. So a product is
//! `step * scale * (the bytes' product) + least * (the sum of the weights)`, and all the work is whole numbers, which come out
//! alike on every machine.

use super::super::weights::Weights;
use super::processor::{Block, GROUPS, LANES, Processor, QUAD};

/// Rows that are worked out together.
const ROWS: usize = 6;

/// A layer of weights.
pub(super) struct EightBits {
    inputs: usize,
    outputs: usize,
    /// For each `LANES` outputs what they make of the first inputs, of the next, and so on.
    blocks: Vec<Block>,
    scales: Vec<f32>,
    /// What each output is for an input of ones.
    sums: Vec<f32>,
    bias: Vec<f32>,
}

impl EightBits {
    /// Reads `NAME.weight`, one row an output, whose bytes are no greater than 63, so that two products fit into 16 bits,
    /// `NAME.scale` and `NAME.bias`.
    pub(super) fn read(weights: &Weights, name: &str, inputs: usize, outputs: usize) -> Result<Self, String> {
        if inputs == 0 || !inputs.is_multiple_of(QUAD) || outputs == 0 || !outputs.is_multiple_of(LANES * GROUPS) {
            return Err(format!("{name}: a layer from {inputs} to {outputs} numbers"));
        }
        let bytes = weights.bytes(&format!("{name}.weight"), &[outputs, inputs])?;
        let scales = weights.floats(&format!("{name}.scale"), &[outputs])?;
        let weight: Vec<i8> = bytes.iter().map(|byte| byte.cast_signed()).collect();
        if weight.iter().any(|weight| !(-63..=63).contains(weight)) {
            return Err(format!("{name}: a weight has more than seven bits"));
        }
        let mut blocks = Vec::with_capacity(weight.len() / (LANES * QUAD));
        for outputs in weight.chunks_exact(LANES * inputs) {
            for quad in 0..inputs / QUAD {
                let of = |lane: usize, input: usize| outputs[lane * inputs + quad * QUAD + input];
                blocks.push(std::array::from_fn(|lane| std::array::from_fn(|input| of(lane, input))));
            }
        }
        let sum = |row: &[i8]| row.iter().map(|&weight| i32::from(weight)).sum::<i32>() as f32;
        let sums = weight.chunks_exact(inputs).zip(&scales).map(|(row, scale)| scale * sum(row)).collect();
        let bias = weights.floats(&format!("{name}.bias"), &[outputs])?;
        Ok(Self { inputs, outputs, blocks, scales, sums, bias })
    }

    /// The layer's answer for each row, one after the other.
    #[inline(always)]
    pub(super) fn apply<P: Processor>(&self, rows: &ByteRows, answer: &mut Vec<f32>) {
        debug_assert_eq!(rows.width, self.inputs);
        answer.resize(rows.scales.len() * self.outputs, 0.0);
        for (tile, blocks) in self.blocks.chunks_exact(self.inputs / QUAD * GROUPS).enumerate() {
            for first in (0..rows.scales.len()).step_by(ROWS) {
                let column = tile * LANES * GROUPS;
                match rows.scales.len() - first {
                    1 => self.some::<P, 1>(rows, first, blocks, column, answer),
                    2 => self.some::<P, 2>(rows, first, blocks, column, answer),
                    3 => self.some::<P, 3>(rows, first, blocks, column, answer),
                    4 => self.some::<P, 4>(rows, first, blocks, column, answer),
                    5 => self.some::<P, 5>(rows, first, blocks, column, answer),
                    _ => self.some::<P, ROWS>(rows, first, blocks, column, answer),
                }
            }
        }
    }

    /// The answer of the outputs of `blocks`, the first of which is `column`, for `N` rows from `first` on.
    #[inline(always)]
    fn some<P: Processor, const N: usize>(
        &self,
        rows: &ByteRows,
        first: usize,
        blocks: &[Block],
        column: usize,
        answer: &mut [f32],
    ) {
        let inputs: [&[[u8; QUAD]]; N] = std::array::from_fn(|row| rows.quads(first + row));
        let sums = P::products(inputs, blocks);
        for (row, sums) in sums.iter().enumerate() {
            let (step, least) = rows.scales[first + row];
            let start = (first + row) * self.outputs + column;
            let sums = sums.as_flattened();
            let columns = column..column + sums.len();
            let factors = self.scales[columns.clone()].iter().zip(&self.sums[columns.clone()]);
            let factors = factors.zip(&self.bias[columns]);
            for ((answer, sum), ((scale, one), bias)) in answer[start..].iter_mut().zip(sums).zip(factors) {
                *answer = step * scale * *sum as f32 + (least * one + bias);
            }
        }
    }
}

/// Rows of numbers in eight bits.
pub(super) struct ByteRows {
    width: usize,
    bytes: Vec<u8>,
    /// For each row what one more in a byte is, and what a byte of zero is.
    scales: Vec<(f32, f32)>,
}

impl ByteRows {
    /// Rows of `width` numbers each, a multiple of four.
    pub(super) fn new(width: usize) -> Self {
        Self { width, bytes: Vec::new(), scales: Vec::new() }
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Takes these rows in place of the former.
    #[inline(always)]
    pub(super) fn fill(&mut self, rows: &[f32]) {
        self.bytes.resize(rows.len(), 0);
        self.scales.clear();
        for (row, bytes) in rows.chunks_exact(self.width).zip(self.bytes.chunks_exact_mut(self.width)) {
            self.scales.push(quantise(row, bytes));
        }
    }

    /// Leaves only these of the rows, which are in order.
    #[inline(always)]
    pub(super) fn keep(&mut self, rows: &[usize]) {
        for (to, &from) in rows.iter().enumerate() {
            self.bytes.copy_within(from * self.width..(from + 1) * self.width, to * self.width);
            self.scales[to] = self.scales[from];
        }
        self.bytes.truncate(rows.len() * self.width);
        self.scales.truncate(rows.len());
    }

    fn quads(&self, row: usize) -> &[[u8; QUAD]] {
        self.bytes[row * self.width..(row + 1) * self.width].as_chunks().0
    }
}

/// Writes a row as bytes; returns what one more in a byte is, and what a byte of zero is.
#[inline(always)]
fn quantise(row: &[f32], bytes: &mut [u8]) -> (f32, f32) {
    let (mut least, mut most) = ([f32::INFINITY; LANES], [f32::NEG_INFINITY; LANES]);
    for part in row.as_chunks::<LANES>().0 {
        for lane in 0..LANES {
            least[lane] = if part[lane] < least[lane] { part[lane] } else { least[lane] };
            most[lane] = if part[lane] > most[lane] { part[lane] } else { most[lane] };
        }
    }
    let mut least = least.into_iter().fold(f32::INFINITY, f32::min);
    let mut most = most.into_iter().fold(f32::NEG_INFINITY, f32::max);
    for &number in row.as_chunks::<LANES>().1 {
        (least, most) = (least.min(number), most.max(number));
    }
    let step = (most - least).max(1e-12) / 255.0;
    let steps = 1.0 / step;
    // Added to a number between 0 and 255, it leaves that number, rounded, in the lowest bits.
    const ROUND: f32 = 8_388_608.0;
    for (byte, number) in bytes.iter_mut().zip(row) {
        *byte = ((number - least) * steps + ROUND).to_bits() as u8;
    }
    (step, least)
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use safetensors::{Dtype, serialize, tensor::TensorView};

    use super::super::super::weights::Weights;
    use super::super::processor::{Processor, Work, work_out};
    use super::{ByteRows, EightBits};

    const INPUTS: usize = 8;
    const OUTPUTS: usize = 64;

    struct Answer<'a>(&'a EightBits, &'a [f32]);

    impl Work for Answer<'_> {
        type Answer = Vec<f32>;

        fn on<P: Processor>(self) -> Vec<f32> {
            let (mut rows, mut answer) = (ByteRows::new(INPUTS), Vec::new());
            rows.fill(self.1);
            self.0.apply::<P>(&rows, &mut answer);
            answer
        }
    }

    fn layer(weight: &[u8]) -> Result<Result<EightBits, String>, Box<dyn Error>> {
        let floats = |value: f32| value.to_le_bytes().repeat(OUTPUTS);
        let (scale, bias) = (floats(0.01), floats(-1.0));
        let tensors = [
            ("it.weight", TensorView::new(Dtype::I8, vec![OUTPUTS, INPUTS], weight)?),
            ("it.scale", TensorView::new(Dtype::F32, vec![OUTPUTS], &scale)?),
            ("it.bias", TensorView::new(Dtype::F32, vec![OUTPUTS], &bias)?),
        ];
        let file = serialize(tensors, Some([("pipeline".to_owned(), "{}".to_owned())].into()))?;
        let (weights, _) = Weights::read(&file)?;
        Ok(EightBits::read(&weights, "it", INPUTS, OUTPUTS))
    }

    #[test]
    fn an_answer_is_the_product_with_the_weights_plus_the_bias() -> Result<(), Box<dyn Error>> {
        let weight: Vec<i8> = (0..OUTPUTS * INPUTS).map(|n| ((n * 31) % 127) as i8 - 63).collect();
        let layer = layer(&weight.iter().map(|n| n.cast_unsigned()).collect::<Vec<u8>>())??;
        for count in 1..=9 {
            let rows: Vec<f32> = (0..count * INPUTS).map(|n| ((n * 17) % 23) as f32 / 4.0 - 2.0).collect();
            let answers = work_out(Answer(&layer, &rows));
            assert_eq!(answers.len(), count * OUTPUTS);
            for (row, answers) in rows.chunks_exact(INPUTS).zip(answers.chunks_exact(OUTPUTS)) {
                for (weights, answer) in weight.chunks_exact(INPUTS).zip(answers) {
                    let product: f32 = row.iter().zip(weights).map(|(a, b)| a * f32::from(*b) * 0.01).sum();
                    // Half a step of each input, of which the row has 255.
                    assert!((answer - (product - 1.0)).abs() < 0.06, "{answer} and not {}", product - 1.0);
                }
            }
        }
        Ok(())
    }

    #[test]
    fn a_row_of_one_number_stays_that_number() -> Result<(), Box<dyn Error>> {
        let layer = layer(&[1; OUTPUTS * INPUTS])??;
        for answer in work_out(Answer(&layer, &[5.0; INPUTS])) {
            assert!((answer - (INPUTS as f32 * 0.05 - 1.0)).abs() < 1e-5, "{answer}");
        }
        Ok(())
    }

    #[test]
    fn weights_of_eight_bits_are_refused() -> Result<(), Box<dyn Error>> {
        let reason = layer(&[64; OUTPUTS * INPUTS])?.err();
        assert_eq!(reason.as_deref(), Some("it: a weight has more than seven bits"));
        Ok(())
    }
}
