//! The walk-through for a codebook of one's own: its files are written and its
//! commands run as they stand there, and print what it says.

use crate::program::{Folder, project};

/// A block of the page: what it is, the file it is named as, and its lines.
struct Block<'t> {
    kind: &'t str,
    name: Option<&'t str>,
    text: &'t str,
}

/// The fenced blocks of a page. A file's name stands alone on the line above.
fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("\n```") {
        let (kind, after) = after.split_once('\n').unwrap();
        let (text, after) = after.split_once("```\n").unwrap();
        let above = before.trim_end().lines().next_back().unwrap_or_default();
        let name = above.strip_prefix('`').and_then(|line| line.strip_suffix('`'));
        blocks.push(Block { kind, name, text });
        rest = after;
    }
    blocks
}

#[test]
fn its_files_and_commands_do_what_it_says() {
    let page = std::fs::read_to_string(project().join("rules/WALKTHROUGH.md")).unwrap();
    let mut folder = Folder::new();
    let mut written: Vec<(&str, &str)> = Vec::new();
    let (mut printed, mut run, mut shown) = (String::new(), 0, 0);
    for block in blocks(&page) {
        match (block.kind, block.name) {
            ("sh", _) => {
                printed.clear();
                for command in block.text.lines() {
                    let args = command.strip_prefix("normtag ").unwrap();
                    let ran = folder.run(args.split(' '));
                    // 1 says that something differs, which the page shows.
                    assert!(ran.status <= 1, "{command}: {}", ran.stderr);
                    assert!(!ran.stderr.contains("warning"), "{command}: {}", ran.stderr);
                    printed.push_str(&ran.stdout);
                    run += 1;
                }
            }
            ("text", _) => {
                for line in block.text.lines() {
                    assert!(printed.contains(line), "not printed: {line}\n{printed}");
                    shown += 1;
                }
            }
            (_, Some(name)) => {
                // What is written a second time was kept before, as the page says.
                if written.iter().any(|(known, _)| *known == name) {
                    for (known, text) in &written {
                        folder = folder.file(&known.replace("my-rules/", "before/"), text);
                    }
                }
                folder = folder.file(name, block.text);
                written.push((name, block.text));
            }
            (kind, None) => panic!("a block of {kind} without a name"),
        }
    }
    assert!((run, shown, written.len()) == (14, 10, 8), "{run} {shown} {}", written.len());
    assert!(folder.path("handbook/rivers/2.md").is_file());
    assert!(folder.path("sheet.html").is_file());
}
