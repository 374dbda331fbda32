//! What was made of an image, as bytes that a later run can take up. Their last 32 are a hash of the others, so that
//! anything damaged counts as nothing.

use super::header::{Format, Header};
use super::make::{Made, Variant};

const MAGIC: &[u8; 8] = b"netimg 1";

impl Made {
    /// As bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let Header { format, width, height, orientation, is_animated, has_location } = self.header;
        let mut bytes = MAGIC.to_vec();
        let place = Format::ALL.iter().position(|known| *known == format).unwrap_or_default();
        bytes.extend([place as u8, orientation, u8::from(is_animated), u8::from(has_location)]);
        let numbers = [width, height, self.variants.len() as u32];
        let sizes = self.variants.iter().flat_map(|one| [one.width, one.height, one.webp.len() as u32]);
        for number in numbers.into_iter().chain(sizes) {
            bytes.extend(number.to_le_bytes());
        }
        for variant in &self.variants {
            bytes.extend(&variant.webp);
        }
        let hash = blake3::hash(&bytes);
        bytes.extend(hash.as_bytes());
        bytes
    }

    /// From bytes, if they are whole.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (content, hash) = bytes.split_last_chunk::<32>()?;
        if blake3::hash(content).as_bytes() != hash {
            return None;
        }
        let mut rest = content.strip_prefix(MAGIC)?;
        let [place, orientation, is_animated, has_location] = *take(&mut rest)?;
        let format = *Format::ALL.get(usize::from(place))?;
        let mut number = || take(&mut rest).map(|bytes| u32::from_le_bytes(*bytes));
        let (width, height, count) = (number()?, number()?, number()?);
        let sizes: Vec<(u32, u32, u32)> =
            (0..count).map(|_| Some((number()?, number()?, number()?))).collect::<Option<_>>()?;
        let mut variants = Vec::with_capacity(sizes.len());
        for (width, height, length) in sizes {
            let (webp, after) = rest.split_at_checked(length as usize)?;
            variants.push(Variant { width, height, webp: webp.to_vec() });
            rest = after;
        }
        let (is_animated, has_location) = (is_animated != 0, has_location != 0);
        let header = Header { format, width, height, orientation, is_animated, has_location };
        rest.is_empty().then_some(Self { header, variants })
    }
}

fn take<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8; 4]> {
    let (first, after) = rest.split_first_chunk::<4>()?;
    *rest = after;
    Some(first)
}
