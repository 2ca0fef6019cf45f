//! From bytes to characters: byte order marks, declared encodings, and detection.

use std::borrow::Cow;
use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How much of a page is searched for the encoding that it declares.
const DECLARED_WITHIN: usize = 2048;

/// The characters of `bytes`, read as `forced` where that is given.
///
/// In order: a byte order mark; UTF-16 without one; UTF-8 where the bytes are valid; what a `meta` element or an XML
/// declaration says; what the bytes look like. Bytes that are no text are an error that says where.
pub(super) fn decode<'a>(bytes: &'a [u8], forced: Option<&'static Encoding>) -> Result<Cow<'a, str>, String> {
    if let Some(encoding) = forced {
        return Ok(encoding.decode(bytes).0);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[mark..]).0);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(encoding.decode_without_bom_handling(bytes).0);
    }
    if let Some(reason) = binary(bytes) {
        return Err(reason);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    if is_damaged_utf8(bytes) {
        return Ok(String::from_utf8_lossy(bytes));
    }
    if let Some(encoding) = declared(bytes) {
        let (text, _, damaged) = encoding.decode(bytes);
        if !damaged {
            return Ok(text);
        }
    }
    Ok(detected(bytes).decode_without_bom_handling(bytes).0)
}

fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The characters of `part` in the encoding that `whole`, of which it is a part, looks to be in.
pub(super) fn decode_as_detected(part: &[u8], whole: &[u8]) -> Result<String, String> {
    match binary(part) {
        Some(reason) => Err(reason),
        None => Ok(detected(whole).decode_without_bom_handling(part).0.into_owned()),
    }
}

/// UTF-16 of Latin text has a zero in every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = |count: usize| count * 10 >= (head.len() / 2) * 7;
    match head.len() {
        0..8 => None,
        _ if most(odd) && even == 0 => Some(UTF_16LE),
        _ if most(even) && odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// Why `bytes` are no text, where they are none.
fn binary(bytes: &[u8]) -> Option<String> {
    let known = [
        (&b"%PDF-"[..], "a PDF"),
        (b"PK\x03\x04", "a zip archive or an office document"),
        (b"\x89PNG", "an image"),
        (b"GIF8", "an image"),
        (b"\xff\xd8\xff", "an image"),
        (b"\xd0\xcf\x11\xe0", "an office document"),
        (b"BZh", "bzip2 data"),
        (b"\xfd7zXZ", "xz data"),
        (b"7z\xbc\xaf", "a 7z archive"),
    ];
    if let Some((_, name)) = known.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(format!("it is {name}, not text"));
    }
    let at = bytes.iter().position(|byte| *byte == 0)?;
    let zeros = bytes.iter().filter(|byte| **byte == 0).count();
    // A stray zero in a text is dirt; many are another kind of file.
    (zeros * 1000 > bytes.len()).then(|| format!("it is not text: a zero byte at offset {at}"))
}

/// Whether all but a few of the bytes outside ASCII are valid UTF-8: then the rest is damage, not another encoding.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

/// The encoding that a page declares of itself.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]).to_ascii_lowercase();
    if !head.trim_start().starts_with('<') {
        return None;
    }
    ["charset=", "encoding="].into_iter().find_map(|key| {
        let value = head[head.find(key)? + key.len()..].trim_start_matches(['"', '\'', ' ']);
        let label = value.split(|c: char| "\"' />;?".contains(c)).next()?;
        Encoding::for_label(label.as_bytes()).filter(|found| ![UTF_16LE, UTF_16BE, UTF_8].contains(found))
    })
}

/// Turns a stream in UTF-16 or an encoding the user forces into UTF-8, and drops a byte order mark. Other streams pass
/// unchanged: their records are decoded one by one.
pub(super) struct Utf8Stream<R> {
    raw: R,
    decoder: Option<Decoder>,
    input: Vec<u8>,
    output: Vec<u8>,
    given: usize,
    done: bool,
}

/// The encoding from which a stream that begins with `head` is decoded as a whole, and the length of its byte order mark.
pub(super) fn of_stream(head: &[u8], forced: Option<&'static Encoding>) -> Option<&'static Encoding> {
    forced.or_else(|| Encoding::for_bom(head).map(|(encoding, _)| encoding)).or_else(|| utf16_without_mark(head))
}

impl<R: Read> Utf8Stream<R> {
    pub(super) fn new(raw: R, encoding: Option<&'static Encoding>) -> Self {
        let decoder = encoding.map(Encoding::new_decoder_with_bom_removal);
        Self { raw, decoder, input: vec![0; 16 << 10], output: Vec::new(), given: 0, done: false }
    }
}

impl<R: Read> Read for Utf8Stream<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(decoder) = &mut self.decoder else { return self.raw.read(buffer) };
        while self.given == self.output.len() && !self.done {
            let count = self.raw.read(&mut self.input)?;
            self.done = count == 0;
            self.given = 0;
            let room = decoder.max_utf8_buffer_length(count).unwrap_or(4 * self.input.len());
            self.output.resize(room, 0);
            let (_, _, written, _) = decoder.decode_to_utf8(&self.input[..count], &mut self.output, self.done);
            self.output.truncate(written);
        }
        let ready = &self.output[self.given..];
        let count = ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&ready[..count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn encodings_are_told_apart() {
        let text = "“Zoë is well,” said the café’s owner, Łukasz.";
        let marked = [&[0xff, 0xfe], &utf16(text)[..]].concat();
        let latin = b"<meta charset=\"iso-8859-1\"><p>Caf\xe9 M\xfcller".to_vec();
        let windows = b"Fran\xe7ois said \x93caf\xe9\x94 and left the caf\xe9 at na\xefve speed.".to_vec();
        let damaged = [text.as_bytes(), b" \xff ", text.as_bytes()].concat();
        assert_eq!(decode(text.as_bytes(), None).unwrap(), text);
        assert_eq!(decode(&marked, None).unwrap(), text);
        assert_eq!(decode(&utf16("Zoë is well, said the owner."), None).unwrap(), "Zoë is well, said the owner.");
        assert!(decode(&latin, None).unwrap().ends_with("Café Müller"));
        assert!(decode(&windows, None).unwrap().starts_with("François said “café”"));
        assert_eq!(decode(&damaged, None).unwrap(), format!("{text} \u{fffd} {text}"));
        assert_eq!(decode(b"\xcf\xf0", Some(encoding_rs::WINDOWS_1251)).unwrap(), "Пр");
    }

    #[test]
    fn what_is_no_text_says_where() {
        assert_eq!(decode(b"ab\x00\x01\x02\x00", None).unwrap_err(), "it is not text: a zero byte at offset 2");
        assert_eq!(decode(b"%PDF-1.7 \x00", None).unwrap_err(), "it is a PDF, not text");
    }

    #[test]
    fn streams_are_decoded_piece_by_piece() {
        let text = "Zoë said “no”. ".repeat(9000);
        let raw = [&[0xff, 0xfe], &utf16(&text)[..]].concat();
        let mut read = String::new();
        Utf8Stream::new(&raw[..], of_stream(&raw, None)).read_to_string(&mut read).unwrap();
        assert_eq!(read, text);
    }
}
