//! How a gazetteer lies in its file. What is read comes from outside: nothing here trusts a length or a place.
//!
//! | section | what |
//! |---|---|
//! | header | [`MAGIC`], the ends of the four sections as `u64`, the SHA-256 of all that follows |
//! | about | what made it, as text |
//! | texts | words that many records share, each after its length |
//! | records | what is known of each thing |
//! | names | sorted: the number of a name as `u64`, and where a record lies as `u32` in units of four bytes, the highest bit set for a usual name |
//!
//! All numbers are little-endian; inside records they are of variable length (LEB128).

/// What a file begins with; the last byte is the version of the format.
pub(super) const MAGIC: &[u8; 8] = b"NGGAZ\0\0\x01";
/// The bytes of the header.
pub(super) const HEADER: usize = 8 + 4 * 8 + 32;
/// The bytes of one entry of the names.
pub(super) const ENTRY: usize = 12;
/// Marks an entry as a thing's usual name.
pub(super) const USUAL: u32 = 1 << 31;
/// Records begin at multiples of this.
pub(super) const UNIT: usize = 4;

/// Which parts a record has.
pub(super) const KIND: u8 = 1;
pub(super) const CLASS: u8 = 1 << 1;
pub(super) const COUNTRY: u8 = 1 << 2;
pub(super) const DESCRIPTION: u8 = 1 << 3;
pub(super) const FROM: u8 = 1 << 4;
pub(super) const TO: u8 = 1 << 5;
pub(super) const ITEM: u8 = 1 << 6;

pub(super) fn push_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

pub(super) fn push_text(bytes: &mut Vec<u8>, text: &str) {
    push_number(bytes, text.len() as u64);
    bytes.extend_from_slice(text.as_bytes());
}

/// Bytes that are read from their beginning; nothing comes where there is too little.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a>(pub(super) &'a [u8]);

impl<'a> Cursor<'a> {
    pub(super) fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    pub(super) fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    pub(super) fn year(&mut self) -> Option<i16> {
        let (year, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(i16::from_le_bytes(*year))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_is_cut_is_not() {
        let mut bytes = Vec::new();
        push_number(&mut bytes, 300);
        push_text(&mut bytes, "Zoë");
        push_number(&mut bytes, u64::MAX);
        let mut cursor = Cursor(&bytes);
        assert_eq!((cursor.number(), cursor.text(), cursor.number()), (Some(300), Some("Zoë"), Some(u64::MAX)));
        assert_eq!(cursor.byte(), None);
        assert_eq!(Cursor(&bytes[2..5]).text(), None);
        assert_eq!(Cursor(&[0xff; 12]).number(), None);
    }
}
