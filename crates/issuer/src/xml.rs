//! XML as the query protocol answers it: elements and text, indented like AWS's.

/// Builds one document.
#[derive(Debug, Default)]
pub(crate) struct Xml {
    text: String,
    depth: usize,
}

impl Xml {
    /// `<name xmlns="…">` with the elements that `content` adds.
    pub(crate) fn document(name: &str, namespace: &str, content: impl FnOnce(&mut Self)) -> String {
        let mut xml = Self::default();
        xml.open(&format!("{name} xmlns=\"{}\"", escape(namespace)));
        content(&mut xml);
        xml.close(name);
        xml.text
    }

    /// `<name>` around further elements.
    pub(crate) fn element(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        self.open(name);
        content(self);
        self.close(name);
    }

    /// `<name>text</name>`.
    pub(crate) fn text(&mut self, name: &str, text: &str) {
        self.line(&format!("<{name}>{}</{name}>", escape(text)));
    }

    fn open(&mut self, tag: &str) {
        self.line(&format!("<{tag}>"));
        self.depth += 1;
    }

    fn close(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.line(&format!("</{name}>"));
    }

    fn line(&mut self, line: &str) {
        self.text.extend(std::iter::repeat_n("  ", self.depth));
        self.text.push_str(line);
        self.text.push('\n');
    }
}

/// Escapes text for content and attributes. Characters that XML 1.0 cannot carry (§2.2) become U+FFFD.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // A parser would turn a bare carriage return into a line feed (§2.11).
            '\r' => escaped.push_str("&#xD;"),
            '\t' | '\n' => escaped.push(character),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{Xml, escape};

    #[test]
    fn documents_nest_and_escape() {
        let document = Xml::document("R", "urn:x", |xml| {
            xml.element("Error", |xml| xml.text("Message", "a<b> & \"c\""));
        });
        let expected = "<R xmlns=\"urn:x\">\n  <Error>\n    <Message>a&lt;b&gt; &amp; &quot;c&quot;</Message>\n  </Error>\n</R>\n";
        assert_eq!(document, expected);
    }

    #[test]
    fn characters_xml_cannot_carry_are_replaced() {
        assert_eq!(escape("a\u{0}\u{1b}\u{ffff}\r\n"), "a\u{fffd}\u{fffd}\u{fffd}&#xD;\n");
    }
}
