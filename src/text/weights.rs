//! The model file: tensors by name, and the description beside them.

use std::collections::HashMap;
use std::ops::Range;

use half::f16;
use half::slice::HalfFloatSliceExt;
use safetensors::{Dtype, SafeTensors};

/// The tensors of a model file, read on demand.
pub(super) struct Weights<'a> {
    bytes: &'a [u8],
    tensors: HashMap<String, Tensor>,
}

struct Tensor {
    dtype: Dtype,
    shape: Vec<usize>,
    range: Range<usize>,
}

impl<'a> Weights<'a> {
    /// Reads the file's header; returns with it the description that it holds.
    pub(super) fn read(bytes: &'a [u8]) -> Result<(Self, String), String> {
        let damaged = |e: safetensors::SafeTensorError| format!("not a safetensors file: {e}");
        let (header, metadata) = SafeTensors::read_metadata(bytes).map_err(damaged)?;
        let data = header + size_of::<u64>();
        let mut tensors = HashMap::new();
        for (name, info) in metadata.tensors() {
            let (start, end) = info.data_offsets;
            let tensor = Tensor { dtype: info.dtype, shape: info.shape.clone(), range: data + start..data + end };
            tensors.insert(name, tensor);
        }
        let description = metadata.metadata().as_ref().and_then(|m| m.get("pipeline"));
        let description = description.ok_or("it has no `pipeline` entry: not made by tools/export_spacy.py")?.clone();
        Ok((Self { bytes, tensors }, description))
    }

    /// The shape of a tensor.
    pub(super) fn shape(&self, name: &str) -> Result<&[usize], String> {
        Ok(&self.tensor(name)?.shape)
    }

    /// A tensor of the given shape as 32-bit numbers.
    pub(super) fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, String> {
        let tensor = self.shaped(name, shape)?;
        let bytes = &self.bytes[tensor.range.clone()];
        match tensor.dtype {
            Dtype::F32 => Ok(bytes.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect()),
            Dtype::F16 => {
                let halves: Vec<f16> = bytes.as_chunks().0.iter().map(|b| f16::from_le_bytes(*b)).collect();
                Ok(halves.to_f32_vec())
            }
            other => Err(format!("tensor `{name}` holds {other:?}, not F16 or F32")),
        }
    }

    /// A tensor of single bytes of the given shape, as it stands in the file.
    pub(super) fn bytes(&self, name: &str, shape: &[usize]) -> Result<&'a [u8], String> {
        let tensor = self.shaped(name, shape)?;
        match tensor.dtype {
            Dtype::I8 | Dtype::U8 => Ok(&self.bytes[tensor.range.clone()]),
            other => Err(format!("tensor `{name}` holds {other:?}, not single bytes")),
        }
    }

    /// A tensor of unsigned whole numbers of any width.
    pub(super) fn whole(&self, name: &str) -> Result<Vec<u64>, String> {
        let tensor = self.tensor(name)?;
        let bytes = &self.bytes[tensor.range.clone()];
        match tensor.dtype {
            Dtype::U64 => Ok(bytes.as_chunks().0.iter().map(|b| u64::from_le_bytes(*b)).collect()),
            Dtype::U32 => Ok(bytes.as_chunks::<4>().0.iter().map(|b| u64::from(u32::from_le_bytes(*b))).collect()),
            Dtype::U16 => Ok(bytes.as_chunks::<2>().0.iter().map(|b| u64::from(u16::from_le_bytes(*b))).collect()),
            other => Err(format!("tensor `{name}` holds {other:?}, not whole numbers")),
        }
    }

    fn shaped(&self, name: &str, shape: &[usize]) -> Result<&Tensor, String> {
        let tensor = self.tensor(name)?;
        if tensor.shape.iter().product::<usize>() != shape.iter().product::<usize>() {
            return Err(format!("tensor `{name}` has the shape {:?}, not {shape:?}", tensor.shape));
        }
        Ok(tensor)
    }

    fn tensor(&self, name: &str) -> Result<&Tensor, String> {
        self.tensors.get(name).ok_or_else(|| format!("tensor `{name}` is missing"))
    }
}
