//! The two hashes that spaCy's numbers depend on.

const M: u64 = 0xc6a4_a793_5bd1_e995;
const R: u32 = 47;

/// MurmurHash64A with seed 1: the id of a string.
pub(super) fn string_id(text: &[u8]) -> u64 {
    let mut hash = 1 ^ (text.len() as u64).wrapping_mul(M);
    let (blocks, rest) = text.as_chunks::<8>();
    for block in blocks {
        hash ^= mixed(u64::from_le_bytes(*block));
        hash = hash.wrapping_mul(M);
    }
    if !rest.is_empty() {
        for (i, byte) in rest.iter().enumerate() {
            hash ^= u64::from(*byte) << (8 * i);
        }
        hash = hash.wrapping_mul(M);
    }
    hash ^= hash >> R;
    hash = hash.wrapping_mul(M);
    hash ^ (hash >> R)
}

fn mixed(block: u64) -> u64 {
    let block = block.wrapping_mul(M);
    (block ^ (block >> R)).wrapping_mul(M)
}

/// MurmurHash3 (x64, 128 bits) of one 64-bit key, as four 32-bit numbers: the rows of a hash embedding, before the modulo.
pub(super) fn embedding_rows(key: u64, seed: u32) -> [u32; 4] {
    let seed = u64::from(seed);
    let block = key.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    let length = size_of::<u64>() as u64;
    let mut high = seed ^ length;
    let mut low = (seed ^ block ^ length).wrapping_add(high);
    high = finished(high.wrapping_add(low));
    low = finished(low);
    low = low.wrapping_add(high);
    high = high.wrapping_add(low);
    [low as u32, (low >> 32) as u32, high as u32, (high >> 32) as u32]
}

fn finished(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn string_ids_are_spacys() {
        // nlp.vocab.strings["word"]
        assert_eq!(string_id(b"nsubjish"), 7_727_624_627_187_337_690);
        assert_eq!(string_id("Łódź".as_bytes()), 7_094_838_139_881_269_342);
    }

    #[test]
    fn embedding_rows_are_thincs() {
        // NumpyOps().hash(numpy.array([12345678901234567890], dtype="uint64"), 8)
        assert_eq!(
            embedding_rows(12_345_678_901_234_567_890, 8),
            [825_681_028, 3_746_740_173, 3_386_005_190, 3_472_626_611]
        );
    }
}
