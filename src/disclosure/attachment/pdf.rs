//! Stub.
use super::Look;
impl Look {
    pub(super) fn pdf(&mut self, bytes: &[u8], outer: &str, _depth: usize) {
        self.rough(bytes, outer);
    }
}
