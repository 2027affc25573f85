use crate::source::FileId;pub(super) fn read(_text: &str, _file: FileId, _reading: &mut super::Reading) {}
