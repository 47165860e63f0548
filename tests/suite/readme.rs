//! The README tells the truth: its commands run, its figures are those of the
//! tests, its sheet is what the program prints.

use crate::golden;
use crate::program::{Folder, project};

fn readme() -> String {
    std::fs::read_to_string(project().join("README.md")).unwrap()
}

/// The lines of the README's shell blocks.
fn commands(text: &str) -> Vec<&str> {
    let blocks = text.split("```sh\n").skip(1);
    blocks.flat_map(|rest| rest.split("```").next().unwrap().lines()).collect()
}

#[test]
fn its_commands_run() {
    let text = readme();
    let samples = project().join("corpus/samples");
    let mut folder = Folder::new();
    for entry in std::fs::read_dir(samples).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("corpus/samples/{}", path.file_name().unwrap().to_string_lossy());
        folder = folder.file(&name, std::fs::read(&path).unwrap());
    }
    let mut run = 0;
    for command in commands(&text) {
        let Some(args) = command.strip_prefix("normtag ") else {
            assert!(command.starts_with("cargo "), "{command}");
            continue;
        };
        // What asks the world is held against one of the test's making, in `links`.
        if args.contains("https://") || args.starts_with("check links") {
            continue;
        }
        folder.run(args.split(' ')).ends(0).quietly();
        run += 1;
    }
    assert!(run >= 10, "{run} commands");
}

#[test]
fn every_option_and_command_it_names_is_there() {
    let folder = Folder::new();
    let pages: [&[&str]; 15] = [
        &["--help"],
        &["tag", "--help"],
        &["check", "quotes", "--help"],
        &["extract", "--help"],
        &["fetch", "--help"],
        &["corpus", "list", "--help"],
        &["check", "links", "--help"],
        &["corpus", "export", "--help"],
        &["report", "--help"],
        &["review", "--help"],
        &["diff", "--help"],
        &["rules", "impact", "--help"],
        &["rules", "explain", "--help"],
        &["rules", "check", "--help"],
        &["rules", "suggest", "--help"],
    ];
    let help: Vec<String> = pages.iter().map(|args| folder.run(*args).ends(0).stdout).collect();
    let text = readme();
    for option in text.split('`').filter(|span| span.starts_with("--")) {
        let name = option.split([' ', '|', '=']).next().unwrap();
        let known = ["--no-default-features"].contains(&name);
        assert!(known || help.iter().any(|page| page.contains(name)), "{name}");
    }
}

#[test]
fn its_sheet_is_what_the_program_prints() {
    let folder = Folder::new();
    let sample = project().join("corpus/samples/lakes-treaty.docx");
    let folder = folder.file("corpus/samples/lakes-treaty.docx", std::fs::read(sample).unwrap());
    let printed = folder.run(["tag", "corpus/samples/lakes-treaty.docx"]).ends(0).stdout;
    golden::check("readme/sheet.txt", &printed);
    let text = readme();
    let shown = text.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    for part in shown.split("[…]\n") {
        assert!(printed.contains(part.trim_end()), "the README shows another sheet:\n{part}");
    }
}

#[test]
fn its_figures_are_those_of_the_tests() {
    let differences = project().join("tests/samples/expected/differences.txt");
    let differences = std::fs::read_to_string(differences).unwrap();
    let text = readme();
    for line in differences.lines().filter(|line| line.starts_with("bpf-")) {
        assert!(text.contains(line), "the README does not have: {line}");
    }
}
