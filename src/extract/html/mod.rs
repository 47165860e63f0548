//! stub
use crate::extract::blocks::Parsed;
pub(crate) fn parse(_text: &str) -> Parsed {
    Err("todo".to_owned())
}
