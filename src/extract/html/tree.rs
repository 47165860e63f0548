//! The characters of a page to its tree, without the code that stands in it.
//!
//! Half of a page is often scripts and styles, whose text is never read. As
//! soon as such an element begins, the parser is put before its end.

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use memchr::memmem;
use scraper::{Html, HtmlTreeSink};

type Builder = TreeBuilder<<HtmlTreeSink as TreeSink>::Handle, HtmlTreeSink>;

/// The elements whose text is code, or for programs without scripts.
const CODE: [&str; 4] = ["script", "style", "noscript", "iframe"];

/// The tree of a page, as browsers build it.
pub(crate) fn tree(text: &str) -> Html {
    let rest = BufferQueue::default();
    rest.push_back(StrTendril::from_slice(text));
    let sink = HtmlTreeSink::new(Html::new_document());
    let builder = TreeBuilder::new(sink, TreeBuilderOpts::default());
    let tokenizer = Tokenizer::new(Skipper { builder, rest: &rest }, TokenizerOpts::default());
    // It stops wherever a browser would run a script.
    while !matches!(tokenizer.feed(&rest), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
}

/// Builds the tree, and passes over code.
struct Skipper<'a> {
    builder: Builder,
    /// What is still to be read.
    rest: &'a BufferQueue,
}

impl TokenSink for Skipper<'_> {
    type Handle = <HtmlTreeSink as TreeSink>::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Self::Handle> {
        let code = match &token {
            Token::TagToken(tag) => CODE.into_iter().find(|name| &*tag.name == *name),
            _ => None,
        };
        let result = self.builder.process_token(token, line);
        if let Some(name) = code
            && let TokenSinkResult::RawData(RawKind::ScriptData | RawKind::Rawtext) = result
        {
            self.skip(name);
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl Skipper<'_> {
    /// Goes on at the end of the element that has just begun, if it is certain
    /// where that is.
    fn skip(&self, name: &str) {
        let Some(mut rest) = self.rest.pop_front() else { return };
        if let Some(end) =
            end_of_code(rest.as_bytes(), name).and_then(|end| u32::try_from(end).ok())
        {
            rest.pop_front(end);
        }
        self.rest.push_front(rest);
    }
}

/// Where the tag stands that ends an element of code. In a script that has a
/// comment's beginning in it, not every such tag does.
fn end_of_code(rest: &[u8], name: &str) -> Option<usize> {
    let ends = |at: &usize| {
        let after = &rest[at + 2..];
        let named =
            after.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()));
        named && after.get(name.len()).is_some_and(|end| b"\t\n\x0c\r />".contains(end))
    };
    let end = memmem::find_iter(rest, b"</").find(ends)?;
    let certain = name != "script" || memmem::find(&rest[..end], b"<!--").is_none();
    certain.then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same page as from a parser that reads the code too, its text aside.
    #[track_caller]
    fn check(page: &str, code: &[&str]) {
        let mut expected = Html::parse_document(page).html();
        for code in code {
            assert!(expected.contains(code), "{code} stands in the page");
            expected = expected.replacen(code, "", 1);
        }
        assert_eq!(tree(page).html(), expected);
    }

    #[test]
    fn code_is_passed_over_and_nothing_else() {
        check("<p>a<script>if (a < b) '<p>'</script>b</p>", &["if (a < b) '<p>'"]);
        check("<style>p > a { }</STYLE ><p>a", &["p > a { }"]);
        check("<SCRIPT src=x>'</scripts>'</script/>a", &["'</scripts>'"]);
        check("<body><noscript>scripts are off</noscript><p>a", &["scripts are off"]);
    }

    #[test]
    fn what_only_looks_like_code_is_read() {
        check("<!-- <script> --><p>a</p><!-- </script> -->", &[]);
        check("<p title='<script>'>a</p><textarea><style></textarea>b", &[]);
        check("<xmp><p>a</p></xmp><plaintext><script>b</script>", &[]);
    }

    #[test]
    fn a_script_whose_end_is_in_doubt_is_read() {
        check("<script><!-- <script> </script> --> x</script><p>a", &[]);
        check("<p>a<script>never ends", &[]);
    }
}
