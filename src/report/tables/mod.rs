//! Tables of what a mapping shows: the same rows and figures, whatever form
//! they are written in.

mod made;
#[cfg(feature = "xlsx")]
mod workbook;
mod write;

pub(crate) use made::word;
pub use made::{
    agreements_table, categories_table, frequency_table, matrix_table, neighbours_table,
    quotes_table, trend_table, wording_table,
};
#[cfg(feature = "xlsx")]
pub use workbook::write_xlsx;
pub use write::{write_csv, write_json, write_markdown};

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name in file names: small letters and hyphens.
    pub name: &'static str,
    /// Its title.
    pub title: String,
    /// What a reader must know to read it, in a sentence or two.
    pub note: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with a value for each column.
    pub rows: Vec<Vec<Value>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in files: letters, digits and underscores, unless it is a code.
    pub key: String,
    /// Its heading.
    pub heading: String,
}

impl Column {
    pub(crate) fn new(key: impl Into<String>, heading: impl Into<String>) -> Self {
        Self { key: key.into(), heading: heading.into() }
    }
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A count.
    Count(usize),
    /// A figure and how many decimals of it say something.
    Figure(f64, usize),
}

impl Value {
    /// The value as it is read: figures with their decimals.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Count(count) => count.to_string(),
            // A figure that rounds to nothing has no sign.
            Self::Figure(figure, decimals) => {
                let shown = format!("{figure:.decimals$}");
                let is_zero =
                    shown.starts_with('-') && !shown.contains(|c| ('1'..='9').contains(&c));
                if is_zero { shown[1..].to_owned() } else { shown }
            }
        }
    }

    /// Whether it is a number.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Count(_) | Self::Figure(..))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<usize> for Value {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_shown_with_their_decimals() {
        for (value, expected) in [
            (Value::Figure(0.125, 2), "0.12"),
            (Value::Figure(-0.001, 2), "0.00"),
            (Value::Figure(-0.5, 1), "-0.5"),
            (Value::Count(3), "3"),
            (Value::Empty, ""),
        ] {
            assert_eq!(value.shown(), expected);
        }
    }
}
