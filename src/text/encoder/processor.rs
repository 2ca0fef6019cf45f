//! What the processor at hand can do at once, found out when the program runs.
//!
//! A [`Work`] is compiled once for each sort of processor; all that it calls must be in line with it, so that the compiler makes
//! vector instructions of its loops. Only products of bytes are written out, because no compiler finds those.

/// Outputs that are worked out side by side.
pub(super) const LANES: usize = 16;
/// Inputs whose products a processor adds up at once.
pub(super) const QUAD: usize = 4;
/// Groups of `LANES` outputs that are worked out for some rows before others are.
pub(super) const GROUPS: usize = 4;

/// What `LANES` outputs make of `QUAD` inputs.
pub(super) type Block = [[i8; QUAD]; LANES];
/// Sums of products, for each of some rows those of `GROUPS` times `LANES` outputs.
pub(super) type Sums<const N: usize> = [[[i32; LANES]; GROUPS]; N];

/// A sort of processor.
pub(super) trait Processor {
    /// `a * b + c`, rounded once where the processor does that.
    fn fused(a: f32, b: f32, c: f32) -> f32;

    /// The sums of products of rows with the weights of `GROUPS` groups of outputs, one group after the other. No weight is
    /// greater than 63, and every group has as many blocks as a row has quads.
    fn products<const N: usize>(rows: [&[[u8; QUAD]]; N], blocks: &[Block]) -> Sums<N>;
}

/// Something to be worked out, written for no processor in particular. `on` must be `#[inline(always)]`.
pub(super) trait Work {
    type Answer;

    fn on<P: Processor>(self) -> Self::Answer;
}

/// Has the work done by the best means that the processor has.
pub(super) fn work_out<W: Work>(work: W) -> W::Answer {
    #[cfg(target_arch = "x86_64")]
    {
        #[expect(unsafe_code, reason = "the processor was asked for what each function takes for granted")]
        if is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512vnni")
            && is_x86_feature_detected!("fma")
        {
            return unsafe { x86::on_avx512(work) };
        } else if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            return unsafe { x86::on_avx2(work) };
        }
    }
    work.on::<Any>()
}

/// Any processor.
pub(super) struct Any;

impl Processor for Any {
    #[inline(always)]
    fn fused(a: f32, b: f32, c: f32) -> f32 {
        a * b + c
    }

    #[inline(always)]
    fn products<const N: usize>(rows: [&[[u8; QUAD]]; N], blocks: &[Block]) -> Sums<N> {
        let mut sums = [[[0; LANES]; GROUPS]; N];
        for (group, blocks) in blocks.chunks_exact(blocks.len() / GROUPS).enumerate() {
            for (row, sums) in rows.iter().zip(&mut sums) {
                for (quad, block) in row.iter().zip(blocks) {
                    for (sum, weights) in sums[group].iter_mut().zip(block) {
                        for input in 0..QUAD {
                            *sum += i32::from(quad[input]) * i32::from(weights[input]);
                        }
                    }
                }
            }
        }
        sums
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{
        _mm256_add_epi32, _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_set1_epi16, _mm256_set1_epi32,
        _mm256_setzero_si256, _mm512_dpbusd_epi32, _mm512_set1_epi32, _mm512_setzero_si512,
    };

    use zerocopy::transmute;

    use super::{Block, GROUPS, LANES, Processor, QUAD, Sums, Work};

    /// With AVX-512 and its products of bytes (Intel since 2019, AMD since 2022).
    struct Avx512;
    /// With AVX2 (since 2013 and 2015).
    struct Avx2;

    #[target_feature(enable = "avx512bw,avx512dq,avx512vl,avx512vnni,fma")]
    pub(super) fn on_avx512<W: Work>(work: W) -> W::Answer {
        work.on::<Avx512>()
    }

    #[target_feature(enable = "avx2,fma")]
    pub(super) fn on_avx2<W: Work>(work: W) -> W::Answer {
        work.on::<Avx2>()
    }

    impl Processor for Avx512 {
        #[inline(always)]
        fn fused(a: f32, b: f32, c: f32) -> f32 {
            a.mul_add(b, c)
        }

        #[inline(always)]
        #[expect(unsafe_code, reason = "nobody but `on_avx512` works on this processor")]
        fn products<const N: usize>(rows: [&[[u8; QUAD]]; N], blocks: &[Block]) -> Sums<N> {
            unsafe { by_sixty_four(rows, blocks) }
        }
    }

    impl Processor for Avx2 {
        #[inline(always)]
        fn fused(a: f32, b: f32, c: f32) -> f32 {
            a.mul_add(b, c)
        }

        #[inline(always)]
        #[expect(unsafe_code, reason = "nobody but `on_avx2` works on this processor")]
        fn products<const N: usize>(rows: [&[[u8; QUAD]]; N], blocks: &[Block]) -> Sums<N> {
            unsafe { by_thirty_two(rows, blocks) }
        }
    }

    #[inline]
    #[target_feature(enable = "avx512bw,avx512dq,avx512vl,avx512vnni,fma")]
    fn by_sixty_four<const N: usize>(rows: [&[[u8; QUAD]]; N], blocks: &[Block]) -> Sums<N> {
        let quads = blocks.len() / GROUPS;
        let groups: [&[Block]; GROUPS] = std::array::from_fn(|group| &blocks[group * quads..(group + 1) * quads]);
        let mut sums = [[_mm512_setzero_si512(); GROUPS]; N];
        let rows = rows.map(|row| &row[..quads]);
        for quad in 0..quads {
            let weights = [
                transmute!(groups[0][quad]),
                transmute!(groups[1][quad]),
                transmute!(groups[2][quad]),
                transmute!(groups[3][quad]),
            ];
            for row in 0..N {
                let inputs = _mm512_set1_epi32(i32::from_le_bytes(rows[row][quad]));
                for group in 0..GROUPS {
                    sums[row][group] = _mm512_dpbusd_epi32(sums[row][group], inputs, weights[group]);
                }
            }
        }
        let mut answer = [[[0; LANES]; GROUPS]; N];
        for row in 0..N {
            answer[row] = transmute!(sums[row]);
        }
        answer
    }

    #[inline]
    #[target_feature(enable = "avx2,fma")]
    fn by_thirty_two<const N: usize>(rows: [&[[u8; QUAD]]; N], blocks: &[Block]) -> Sums<N> {
        let quads = blocks.len() / GROUPS;
        let rows = rows.map(|row| &row[..quads]);
        let ones = _mm256_set1_epi16(1);
        let mut sums = [[[0; LANES]; GROUPS]; N];
        for (group, blocks) in blocks.chunks_exact(quads).enumerate() {
            let mut halves = [[_mm256_setzero_si256(); 2]; N];
            for (quad, block) in blocks.iter().enumerate() {
                let weights: [_; 2] = transmute!(*block);
                for row in 0..N {
                    let inputs = _mm256_set1_epi32(i32::from_le_bytes(rows[row][quad]));
                    for half in 0..2 {
                        // Two products of at most 255 times 63 fit into sixteen bits.
                        let pairs = _mm256_maddubs_epi16(inputs, weights[half]);
                        halves[row][half] = _mm256_add_epi32(halves[row][half], _mm256_madd_epi16(pairs, ones));
                    }
                }
            }
            for row in 0..N {
                sums[row][group] = transmute!(halves[row]);
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::{Any, Block, GROUPS, LANES, Processor, QUAD, Sums, Work, work_out};

    struct Products<'a>([&'a [[u8; QUAD]]; 3], &'a [Block]);

    impl Work for Products<'_> {
        type Answer = Sums<3>;

        fn on<P: Processor>(self) -> Sums<3> {
            P::products(self.0, self.1)
        }
    }

    #[test]
    fn bytes_have_the_same_products_on_this_processor_as_on_any() {
        let quads = 5;
        let rows: Vec<[u8; QUAD]> = (0..3 * quads)
            .map(|n| std::array::from_fn(|at| if n % 4 == 0 { 255 } else { (n * 37 + at * 101) as u8 }))
            .collect();
        let weight = |n: usize| if n.is_multiple_of(7) { 63 } else { ((n * 29) % 127) as i8 - 63 };
        let block = |n: usize| std::array::from_fn(|lane| std::array::from_fn(|at| weight(n * 64 + lane * QUAD + at)));
        let blocks: Vec<Block> = (0..GROUPS * quads).map(block).collect();
        let rows = [&rows[..quads], &rows[quads..2 * quads], &rows[2 * quads..]];
        let here = work_out(Products(rows, &blocks));
        assert_eq!(here, Products(rows, &blocks).on::<Any>());
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            #[expect(unsafe_code, reason = "the processor was asked")]
            let older = unsafe { super::x86::on_avx2(Products(rows, &blocks)) };
            assert_eq!(here, older);
        }
        let by_hand = |row: usize, group: usize, lane: usize| -> i32 {
            let quads = rows[row].iter().zip(&blocks[group * quads..]);
            quads.flat_map(|(a, b)| a.iter().zip(b[lane])).map(|(a, b)| i32::from(*a) * i32::from(b)).sum()
        };
        assert_eq!(here[1][2][5], by_hand(1, 2, 5));
        assert_eq!(here[2][3][LANES - 1], by_hand(2, 3, LANES - 1));
    }
}
