//! What is asked of the program and what it answers: outputs that would do
//! harm, numbers out of bounds, taxonomies, and a configuration with mistakes.

use crate::program::{Folder, project};
use crate::server::{Server, reply};
use std::fs;
use std::process::{Command, Stdio};

const NOTE: &str = "1. States should encourage responsible reporting of ICT vulnerabilities.\n";

fn read(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.path(name)).unwrap()
}

#[test]
fn an_output_never_overwrites_a_source_or_the_other_output() {
    let folder = Folder::new().file("in/note.md", NOTE).file("old.txt", "old");
    for args in [
        ["tag", "in/note.md", "-o", "in/note.md"].as_slice(),
        &["tag", "in/note.md", "-o", "in/../in/note.md"],
        &["tag", "in/note.md", "--text", "in/note.md"],
        &["tag", "in", "-o", "in/note.md"],
        &["extract", "in", "-o", "in/note.md"],
    ] {
        folder.run(args).ends(2).says(&["this is a source"]);
        assert_eq!(read(&folder, "in/note.md"), NOTE, "{args:?}");
    }
    for (sheet, text) in [("old.txt", "./old.txt"), ("new.txt", "in/../new.txt"), ("-", "-")] {
        let ran = folder.run(["tag", "in/note.md", "-o", sheet, "--text", text]).ends(2);
        ran.says(&["the same place"]);
    }
    assert_eq!(read(&folder, "old.txt"), "old");
    assert!(!folder.path("new.txt").exists());
}

#[test]
#[cfg(unix)]
fn a_link_stays_a_link_and_permissions_stay_as_they_were() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::new().file("note.txt", NOTE).file("deep/sheet.json", "old");
    let sheet = folder.path("deep/sheet.json");
    fs::set_permissions(&sheet, PermissionsExt::from_mode(0o600)).unwrap();
    symlink("deep/sheet.json", folder.path("link.json")).unwrap();
    symlink("deep/new.json", folder.path("begun.json")).unwrap();
    symlink("note.txt", folder.path("source.txt")).unwrap();
    folder.run(["tag", "note.txt", "-o", "link.json"]).ends(0).quietly();
    folder.run(["tag", "note.txt", "-o", "begun.json"]).ends(0).quietly();
    folder.run(["tag", "note.txt", "-o", "source.txt"]).ends(2).says(&["this is a source"]);
    assert!(folder.path("link.json").is_symlink() && folder.path("begun.json").is_symlink());
    assert!(read(&folder, "deep/sheet.json").starts_with('{'));
    assert_eq!(read(&folder, "deep/new.json"), read(&folder, "deep/sheet.json"));
    assert_eq!(fs::metadata(&sheet).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_hyphen_is_standard_output_and_an_ending_that_is_no_form_is_refused() {
    let folder = Folder::new().file("note.txt", NOTE);
    let ran = folder.run(["tag", "note.txt", "-o", "-"]).ends(0).quietly();
    assert!(ran.stdout.contains("reporting of ICT") && !folder.path("-").exists());
    folder.run(["tag", "note.txt", "-o", "sheet.xlsx"]).ends(2).says(&[".xlsx", ".html", ".csv"]);
    assert!(!folder.path("sheet.xlsx").exists());
    folder.run(["tag", "note.txt", "-o", "sheet.xlsx", "--format", "csv"]).ends(0).quietly();
    folder.run(["tag", "note.txt", "-o", "sheet.txt"]).ends(0).quietly();
    assert!(read(&folder, "sheet.txt").contains("proposed, not confirmed"));
}

#[test]
fn a_text_of_several_sources_is_refused_before_the_work() {
    let server = Server::start(|_| reply("200 OK", &["Content-Type: text/plain"], NOTE));
    let folder = Folder::new().reaching(&server).file("note.txt", NOTE);
    let ran = folder.run(["tag", "note.txt", &server.url("/a.txt"), "--text", "text.txt"]);
    ran.ends(2).says(&["--text takes the text of one source, and there are 2"]);
    assert!(server.requests().is_empty());
    folder.run(["tag", "-", "-"]).ends(2).says(&["standard input can be read only once"]);
}

#[test]
fn what_is_fetched_but_not_kept_is_not_done() {
    let server = Server::start(|_| reply("200 OK", &["Content-Type: text/plain"], NOTE));
    let folder = Folder::new().reaching(&server).file("shut", "a file, where a folder should be");
    let ran = folder.run(["fetch", &server.url("/a.txt"), "--store", "shut"]).ends(2);
    ran.says(&["error: ", "not kept in shut"]);
    // Tagging goes on with what it has.
    folder.run(["tag", &server.url("/a.txt"), "--store", "shut"]).ends(0).says(&["warning: "]);
}

#[test]
fn nobody_listening_on_standard_error_is_no_reason_to_fall_over() {
    let folder = Folder::new().file("good.txt", NOTE);
    let mut child = Command::new(env!("CARGO_BIN_EXE_normtag"))
        .args(["tag", "absent.txt", "good.txt"])
        .current_dir(folder.path("."))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn numbers_out_of_bounds_are_refused() {
    let folder = Folder::new().file("note.txt", NOTE);
    for (option, value) in [
        ("--threads", "0"),
        ("--threads", "257"),
        ("--evidence", "0"),
        ("--max-size", "0"),
        ("--timeout", "0"),
    ] {
        folder.run(["tag", "note.txt", option, value]).ends(2).says(&[option, value]);
    }
    let most = u64::MAX.to_string();
    folder.run(["tag", "note.txt", "--max-size", &most, "--timeout", &most]).ends(0).quietly();
    let server = Server::start(|_| reply("200 OK", &["Content-Type: text/plain"], NOTE));
    let folder = folder.reaching(&server);
    folder.run(["tag", &server.url("/"), "--max-size", &most, "--timeout", &most]).ends(0);
    for line in ["evidence = 0", "max_size = -1", "timeout = 0", "evidence = \"three\""] {
        let folder =
            Folder::new().reaching(&server).file("note.txt", NOTE).file("normtag.toml", line);
        let ran = folder.run(["tag", "note.txt"]).ends(2);
        ran.says(&["normtag.toml", line, "expected a whole number, 1 or more"]);
        folder.run(["man"]).ends(0).quietly();
        folder.run(["completions", "bash"]).ends(0).quietly();
    }
}

#[test]
fn an_id_of_an_agreement_is_one_as_the_corpus_writes_them() {
    let folder = Folder::new().file("note.txt", NOTE);
    for id in ["Paris Call", "", "paris-", "a--b", "è"] {
        folder.run(["tag", "note.txt", "--as", id]).ends(2).says(&["small letters and digits"]);
    }
    let csv = |args: &[&str]| {
        folder.run(["tag", "note.txt", "--format", "csv"].iter().chain(args)).ends(0).stdout
    };
    assert!(csv(&["--as", "note-2020"]).contains("\nnote-2020,3.2,"));
    assert!(csv(&[]).contains("\n,3.2,"), "a file's name is no id");
}

/// A folder with a copy of the built-in rules in `rules/`.
fn with_rules() -> Folder {
    let root = project().join("rules");
    let mut folder = Folder::new().file("note.txt", NOTE);
    for entry in walkdir::WalkDir::new(&root).into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(project()).unwrap().to_string_lossy().into_owned();
            folder = folder.file(&path, fs::read(entry.path()).unwrap());
        }
    }
    folder
}

#[test]
fn a_taxonomy_is_a_name_that_is_known_or_else_a_folder_that_is_one() {
    let folder = with_rules().file("bpf-2021/other.txt", "a folder of that name");
    folder.run(["rules", "list", "--taxonomy", "bpf-2021"]).ends(0).quietly();
    folder.run(["rules", "list", "--taxonomy", "rules/bpf-2019"]).ends(0).quietly();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("rules/bpf-2019", folder.path("mine")).unwrap();
        folder.run(["rules", "list", "--taxonomy", "mine"]).ends(0).quietly();
    }
    for command in ["list", "check", "test"] {
        for name in ["rules", "bpf-2020", "nowhere/at-all"] {
            let ran = folder.run(["rules", command, "--taxonomy", name]).ends(2);
            let said =
                format!("error: there is no taxonomy `{name}`; there are `bpf-2019`, `bpf-2021`\n");
            assert_eq!(ran.stderr, said);
        }
    }
}

#[test]
fn a_taxonomy_in_the_configuration_is_meant_from_where_the_file_stands() {
    let folder = with_rules()
        .file("work/normtag.toml", "taxonomy = \"../rules/bpf-2019\"\n")
        .file("rules/normtag.toml", "taxonomy = \"./bpf-2019/.\"\n");
    for config in ["work/normtag.toml", "rules/normtag.toml"] {
        let args = ["tag", "note.txt", "--format", "json", "--config", config];
        assert_eq!(folder.run(args).ends(0).json()["taxonomy"], "bpf-2019");
    }
}

#[test]
fn an_empty_variable_is_one_that_is_not_set() {
    let folder = Folder::new().file("note.txt", NOTE);
    let mut command = Command::new(env!("CARGO_BIN_EXE_normtag"));
    command.args(["tag", "note.txt"]).current_dir(folder.path("."));
    for name in ["NORMTAG_STORE", "NORMTAG_RULES", "NORMTAG_TAXONOMY"] {
        command.env(name, "");
    }
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_rule_is_explained_with_all_it_asks_for_and_what_it_finds() {
    let folder = Folder::new().file("in/note.txt", NOTE).file("in/fish.txt", "Fish swim in lakes.");
    let ran = folder.run(["rules", "explain", "3.2"]).ends(0).quietly();
    for key in ["scope", "all", "any      one of", "near", "subject", "unless", "weight"] {
        assert!(ran.stdout.contains(key), "{key}: {}", ran.stdout);
    }
    let on = |source| folder.run(["rules", "explain", "3.2", "--source", source]);
    assert!(on("in/note.txt").ends(0).stdout.contains("Para. 1"));
    assert!(on("in/fish.txt").stdout.contains("nothing found"));
    on("in").ends(2).says(&["in: 2 documents here"]);
}
