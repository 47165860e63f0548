//! The report as `JUnit` XML, which build servers show: a test case for each
//! address, failed where a person has something to do.

use crate::model::Link;
use crate::report::links::{owner, remarks};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io;

/// Writes the suite.
pub(crate) fn write(links: &[Link], out: &mut dyn io::Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let failures = links.iter().filter(|link| link.awaits).count().to_string();
    let tests = links.len().to_string();
    let mut suite = BytesStart::new("testsuite");
    suite.push_attribute(("name", "normtag check links"));
    suite.push_attribute(("tests", tests.as_str()));
    suite.push_attribute(("failures", failures.as_str()));
    xml.write_event(Event::Start(suite))?;
    for link in links {
        let mut case = BytesStart::new("testcase");
        case.push_attribute(("classname", visible(&owner(link)).as_str()));
        case.push_attribute(("name", visible(&link.url).as_str()));
        if !link.awaits {
            xml.write_event(Event::Empty(case))?;
            continue;
        }
        xml.write_event(Event::Start(case))?;
        let remarks = visible(&remarks(link).join("; "));
        let mut failure = BytesStart::new("failure");
        failure.push_attribute(("type", if link.dead { "dead" } else { link.state.as_str() }));
        failure.push_attribute(("message", remarks.as_str()));
        xml.write_event(Event::Start(failure))?;
        let tags = format!("tags: {}", link.tags);
        xml.write_event(Event::Text(BytesText::new(&tags)))?;
        xml.write_event(Event::End(BytesEnd::new("failure")))?;
        xml.write_event(Event::End(BytesEnd::new("testcase")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("testsuite")))?;
    drop(xml);
    writeln!(out)
}

/// Text without the characters XML has no way to write.
fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}
