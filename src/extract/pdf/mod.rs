//! stub
use crate::extract::blocks::Parsed;
pub(crate) fn parse(_bytes: &[u8]) -> Parsed {
    Err("todo".to_owned())
}
