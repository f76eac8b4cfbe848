//! A JSON array of mixed values, as it is written.

use super::writer::{push_number, push_string};

/// A JSON array that is written value by value. What both sides know the order of needs no names, which are
/// most of what an object takes to write and to read.
#[derive(Clone, Debug)]
pub struct Row {
    text: String,
}

impl Row {
    /// An array without values yet, with room for a text of so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        let mut text = String::with_capacity(bytes);
        text.push('[');
        Self { text }
    }

    /// Adds a string.
    pub fn string(&mut self, value: &str) {
        push_string(&mut self.text, value);
        self.text.push(',');
    }

    /// Adds a string, or `null`.
    pub fn optional_string(&mut self, value: Option<&str>) {
        match value {
            Some(value) => self.string(value),
            None => self.null(),
        }
    }

    /// Adds a whole number.
    pub fn number(&mut self, value: u64) {
        push_number(&mut self.text, value);
        self.text.push(',');
    }

    /// Adds a whole number, or `null`.
    pub fn optional_number(&mut self, value: Option<u64>) {
        match value {
            Some(value) => self.number(value),
            None => self.null(),
        }
    }

    /// Adds `true` or `false`.
    pub fn boolean(&mut self, value: bool) {
        self.json(if value { "true" } else { "false" });
    }

    /// Adds `null`.
    pub fn null(&mut self) {
        self.json("null");
    }

    /// Begins an array within.
    pub fn begin(&mut self) {
        self.text.push('[');
    }

    /// Ends the array within that was begun last.
    pub fn end(&mut self) {
        self.close(']');
    }

    /// Adds an array of strings.
    pub fn strings(&mut self, values: &[String]) {
        self.begin();
        for value in values {
            self.string(value);
        }
        self.end();
    }

    /// Adds a JSON text as it is.
    pub fn json(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push(',');
    }

    /// The array's text.
    pub fn finish(mut self) -> String {
        self.end();
        self.text.pop();
        self.text
    }

    fn close(&mut self, bracket: char) {
        if self.text.ends_with(',') {
            self.text.pop();
        }
        self.text.push(bracket);
        self.text.push(',');
    }
}

#[cfg(test)]
mod tests {
    use super::Row;

    #[test]
    fn every_kind_of_value() {
        let mut row = Row::with_capacity(0);
        row.string("a\"");
        row.optional_string(Some("b"));
        row.optional_string(None);
        row.number(7);
        row.optional_number(Some(8));
        row.optional_number(None);
        row.boolean(true);
        row.boolean(false);
        row.strings(&[]);
        row.strings(&["c".to_owned(), "d".to_owned()]);
        row.begin();
        row.number(9);
        row.begin();
        row.end();
        row.end();
        row.json("{\"h\": 1e3}");
        assert_eq!(
            row.finish(),
            "[\"a\\\"\",\"b\",null,7,8,null,true,false,[],[\"c\",\"d\"],[9,[]],{\"h\": 1e3}]"
        );
        assert_eq!(Row::with_capacity(0).finish(), "[]");
    }
}
