//! The layers of the network: linear, and maxout with layer norm.

use super::weights::Weights;

/// Keeps the layer norm of a constant row finite, as thinc does.
const EPSILON: f32 = 1e-8;

/// Rows of numbers, one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Matrix {
    pub(super) width: usize,
    pub(super) data: Vec<f32>,
}

impl Matrix {
    pub(super) fn zeros(rows: usize, width: usize) -> Self {
        Self { width, data: vec![0.0; rows * width] }
    }

    pub(super) fn row(&self, row: usize) -> &[f32] {
        &self.data[row * self.width..(row + 1) * self.width]
    }
}

/// A product with a matrix of weights, plus a bias.
pub(super) struct Linear {
    inputs: usize,
    outputs: usize,
    /// The weights, one row an input.
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// Reads `NAME.weight`, one row an output, and `NAME.bias`.
    pub(super) fn read(weights: &Weights, name: &str, inputs: usize, outputs: usize) -> Result<Self, String> {
        if inputs == 0 || outputs == 0 {
            return Err(format!("{name}: a layer from {inputs} to {outputs} numbers"));
        }
        let weight = weights.floats(&format!("{name}.weight"), &[outputs, inputs])?;
        let bias = weights.floats(&format!("{name}.bias"), &[outputs])?;
        Ok(Self::new(&weight, bias, inputs))
    }

    /// A layer of weights given one row an output.
    pub(super) fn new(weight: &[f32], bias: Vec<f32>, inputs: usize) -> Self {
        let outputs = weight.len() / inputs;
        let mut turned = Vec::with_capacity(weight.len());
        for input in 0..inputs {
            turned.extend((0..outputs).map(|output| weight[output * inputs + input]));
        }
        Self { inputs, outputs, weight: turned, bias }
    }

    /// The product with each row of `input` from `first` on, where rows begin every `stride` numbers and may overlap.
    pub(super) fn product(&self, input: &[f32], stride: usize, rows: usize, output: &mut Vec<f32>) {
        output.resize(rows * self.outputs, 0.0);
        if rows == 0 {
            return;
        }
        assert!(input.len() >= (rows - 1) * stride + self.inputs, "the input holds every row");
        let (k, n) = (self.inputs, self.outputs);
        #[expect(
            unsafe_code,
            reason = "the product is called by pointer; the assertion above keeps it inside the slices"
        )]
        unsafe {
            matrixmultiply::sgemm(
                rows,
                k,
                n,
                1.0,
                input.as_ptr(),
                stride as isize,
                1,
                self.weight.as_ptr(),
                n as isize,
                1,
                0.0,
                output.as_mut_ptr(),
                n as isize,
                1,
            );
        }
    }

    /// The layer's answer for one row.
    pub(super) fn row(&self, input: &[f32], output: &mut Vec<f32>) {
        output.clone_from(&self.bias);
        for (value, weights) in input.iter().zip(self.weight.chunks_exact(self.outputs)) {
            for (sum, weight) in output.iter_mut().zip(weights) {
                *sum += value * weight;
            }
        }
    }

    /// The layer's answer for each row.
    pub(super) fn apply(&self, input: &Matrix) -> Matrix {
        let rows = input.data.len() / input.width;
        let mut output = Matrix::zeros(0, self.outputs);
        self.product(&input.data, input.width, rows, &mut output.data);
        for row in output.data.chunks_exact_mut(self.outputs) {
            for (value, bias) in row.iter_mut().zip(&self.bias) {
                *value += bias;
            }
        }
        output
    }
}

/// A maxout layer and the layer norm after it.
pub(super) struct Maxout {
    /// Its outputs are grouped by piece.
    linear: Linear,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl Maxout {
    pub(super) fn read(weights: &Weights, name: &str, inputs: usize, width: usize) -> Result<Self, String> {
        let pieces = weights.shape(&format!("{name}.weight"))?.get(1).copied().unwrap_or(0);
        if pieces == 0 || width == 0 {
            return Err(format!("{name}: a layer of {pieces} pieces, {width} numbers each"));
        }
        let weight = weights.floats(&format!("{name}.weight"), &[width, pieces, inputs])?;
        let bias = weights.floats(&format!("{name}.bias"), &[width, pieces])?;
        Ok(Self {
            linear: Linear::new(&by_piece(&weight, width, pieces, inputs), by_piece(&bias, width, pieces, 1), inputs),
            gain: weights.floats(&format!("{name}.gain"), &[width])?,
            shift: weights.floats(&format!("{name}.shift"), &[width])?,
        })
    }

    /// Numbers a row of the answer.
    pub(super) fn width(&self) -> usize {
        self.gain.len()
    }

    /// Adds the layer's answer for each row to the rows of `output`.
    pub(super) fn add(&self, input: &[f32], stride: usize, output: &mut [f32], scratch: &mut Vec<f32>) {
        let width = self.width();
        let rows = output.len() / width;
        self.linear.product(input, stride, rows, scratch);
        let mut best = vec![0.0; width];
        for (scores, output) in scratch.chunks_exact(self.linear.outputs).zip(output.chunks_exact_mut(width)) {
            self.maximum(scores, &mut best);
            let mean = best.iter().sum::<f32>() / width as f32;
            let variance = best.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / width as f32;
            let scale = 1.0 / (variance + EPSILON).sqrt();
            for (i, out) in output.iter_mut().enumerate() {
                *out += (best[i] - mean) * scale * self.gain[i] + self.shift[i];
            }
        }
    }

    fn maximum(&self, scores: &[f32], best: &mut [f32]) {
        best.fill(f32::NEG_INFINITY);
        let width = self.width();
        for (scores, bias) in scores.chunks_exact(width).zip(self.linear.bias.chunks_exact(width)) {
            for (best, (score, bias)) in best.iter_mut().zip(scores.iter().zip(bias)) {
                *best = best.max(score + bias);
            }
        }
    }
}

/// Turns `[output][piece][input]` into `[piece][output][input]`.
pub(super) fn by_piece(weight: &[f32], outputs: usize, pieces: usize, inputs: usize) -> Vec<f32> {
    let mut turned = Vec::with_capacity(weight.len());
    for piece in 0..pieces {
        for output in 0..outputs {
            let start = (output * pieces + piece) * inputs;
            turned.extend_from_slice(&weight[start..start + inputs]);
        }
    }
    turned
}
