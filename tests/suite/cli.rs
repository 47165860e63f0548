//! The program, as a person uses it: what it prints, where, and how it ends.

use crate::program::{Folder, project, sample};
use crate::server::{Server, redirect, reply};
use std::process::{Command, Stdio};

const NOTE: &str = "1. States should encourage responsible reporting of ICT vulnerabilities.\n";

fn samples() -> String {
    project().join("corpus/samples").to_string_lossy().into_owned()
}

#[test]
fn the_samples_give_a_sheet_each() {
    let ran = Folder::new().run(["tag", &samples()]).ends(0).quietly();
    for name in ["meridian-experts-report.pdf", "lakes-treaty.docx", "harbour-charter.html"] {
        assert!(ran.stdout.contains(name), "{name} is not in the table");
    }
}

#[test]
fn two_runs_with_one_thread_and_with_four_give_the_same_bytes() {
    let folder = Folder::new();
    for format in ["json", "table", "html"] {
        let run = |threads| {
            let args = ["tag", &samples(), "--format", format, "--threads", threads];
            folder.run(args).ends(0).stdout
        };
        assert_eq!(run("1"), run("4"), "{format}");
        assert_eq!(run("4"), run("4"), "{format}");
    }
}

#[test]
fn every_form_and_both_taxonomies_work() {
    let folder = Folder::new();
    for taxonomy in ["bpf-2021", "bpf-2019"] {
        for format in ["table", "json", "jsonl", "csv", "markdown", "html"] {
            let args = ["tag", &samples(), "--taxonomy", taxonomy, "--format", format];
            let ran = folder.run(args).ends(0).quietly();
            assert!(ran.stdout.len() > 1000, "{taxonomy} {format}: {}", ran.stdout);
        }
    }
}

#[test]
fn the_json_is_as_the_contract_says() {
    let ran = Folder::new().file("note.txt", NOTE).run(["tag", "note.txt", "--format", "json"]);
    let json = ran.ends(0).quietly().json();
    assert_eq!(json["format"], 1);
    assert_eq!(json["kind"], "proposals");
    assert_eq!(json["taxonomy"], "bpf-2021");
    assert!(json["rules"]["digest"].as_str().unwrap().starts_with("sha256:"));
    let document = &json["documents"][0];
    assert_eq!(document["source"], "note.txt");
    assert_eq!(document["outcome"], "read");
    assert_eq!(document["media_type"], "text/plain");
    let found = document["proposals"].as_array().unwrap();
    let found = found.iter().find(|proposal| proposal["element"] == "3.2").unwrap();
    assert_eq!(found["status"], "present");
    let evidence = &found["evidence"][0];
    assert_eq!(evidence["citation"], "Para. 1");
    assert_eq!(evidence["locator"]["paragraph"], "1");
    let all = ["proposals", "absent", "not_assessed"];
    let count: usize = all.iter().map(|key| document[*key].as_array().unwrap().len()).sum();
    assert_eq!(count, 26);
}

#[test]
fn the_spans_count_in_the_text_that_is_written() {
    let folder = Folder::new();
    for name in ["meridian-experts-report.pdf", "lakes-treaty.docx", "harbour-charter.html"] {
        let args = ["tag", &sample(name), "--format", "json", "--text", "text.txt"];
        let json = folder.run(args).ends(0).json();
        let text = std::fs::read_to_string(folder.path("text.txt")).unwrap();
        let proposals = json["documents"][0]["proposals"].as_array().unwrap().iter();
        let evidence = proposals.flat_map(|p| p["evidence"].as_array().unwrap());
        let mut quotes = 0;
        for evidence in evidence {
            let at = |key: &str| usize::try_from(evidence["span"][key].as_u64().unwrap()).unwrap();
            assert_eq!(evidence["quote"], text[at("start")..at("end")]);
            quotes += 1;
        }
        assert!(quotes > 3, "{name} has {quotes} quotes");
    }
}

#[test]
fn standard_input_is_a_source() {
    let ran = Folder::new().run_with(["tag", "-", "--format", "csv"], NOTE.as_bytes()).ends(0);
    assert!(ran.stdout.starts_with("agreement,element,status,citation,quote,note,source\n"));
    assert!(ran.stdout.contains(",3.2,present,Para. 1,"));
}

#[test]
fn the_agreement_and_the_number_of_quotes_are_as_asked() {
    let args = ["tag", &sample("lakes-treaty.docx"), "--as", "lakes-2021", "--evidence", "1"];
    let ran = Folder::new().run(args.into_iter().chain(["--format", "json"])).ends(0);
    let json = ran.json();
    assert_eq!(json["documents"][0]["agreement"], "lakes-2021");
    let proposals = json["documents"][0]["proposals"].as_array().unwrap();
    assert!(proposals.iter().all(|proposal| proposal["evidence"].as_array().unwrap().len() == 1));
}

#[test]
fn an_output_file_is_replaced_whole_and_its_ending_chooses_the_form() {
    let folder = Folder::new().file("note.txt", NOTE).file("sheet.json", "old");
    folder.run(["tag", "note.txt", "-o", "sheet.json"]).ends(0).quietly();
    let written = std::fs::read_to_string(folder.path("sheet.json")).unwrap();
    assert!(written.starts_with('{'), "{written}");
    let ran = folder.run(["tag", "note.txt", "-o", "nowhere/sheet.json"]).ends(2);
    ran.says(&["cannot write nowhere/sheet.json"]);
    let parts = std::fs::read_dir(folder.path(".")).unwrap();
    assert!(parts.map(Result::unwrap).all(|e| !e.file_name().to_string_lossy().contains(".part")));
}

#[test]
fn a_full_disk_is_said_and_ends_the_run() {
    if !std::path::Path::new("/dev/full").exists() {
        return;
    }
    let folder = Folder::new().file("note.txt", NOTE);
    folder.run(["tag", "note.txt", "-o", "/dev/full"]).ends(2).says(&["cannot write /dev/full"]);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let folder = Folder::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_normtag"))
        .args(["tag", &samples(), "--format", "html"])
        .current_dir(folder.path("."))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn colour_comes_when_it_is_asked_for() {
    let folder = Folder::new().file("note.txt", NOTE);
    let plain = folder.run(["tag", "note.txt"]).ends(0).stdout;
    assert!(!plain.contains('\u{1b}'));
    let colored = folder.run(["tag", "note.txt", "--color", "always"]).ends(0).stdout;
    assert!(colored.contains('\u{1b}'));
}

#[test]
fn the_configuration_is_found_upwards_and_flags_go_before_it() {
    let folder = Folder::new()
        .file("note.txt", NOTE)
        .file("normtag.toml", "taxonomy = \"bpf-2019\"\nevidence = 1\n");
    let taxonomy = |args: &[&str]| {
        let ran = folder.run(["tag", "note.txt", "--format", "json"].iter().chain(args)).ends(0);
        ran.json()["taxonomy"].as_str().unwrap().to_owned()
    };
    assert_eq!(taxonomy(&[]), "bpf-2019");
    assert_eq!(taxonomy(&["--taxonomy", "bpf-2021"]), "bpf-2021");
}

#[test]
fn an_unknown_key_in_the_configuration_is_refused() {
    let folder = Folder::new().file("note.txt", NOTE).file("normtag.toml", "evidnce = 1\n");
    folder.run(["tag", "note.txt"]).ends(2).says(&["normtag.toml", "evidnce", "evidence"]);
}

#[test]
fn an_address_is_fetched_once_and_then_read_from_the_store() {
    let server = Server::start(|path| match path {
        "/old" => redirect("301 Moved Permanently", "/note.txt"),
        "/note.txt" => reply("200 OK", &["Content-Type: text/plain; charset=utf-8"], NOTE),
        _ => reply("404 Not Found", &[], "no"),
    });
    let folder = Folder::new().reaching(&server);
    let url = server.url("/old");
    let ran = folder.run(["tag", &url, "--format", "json"]).ends(0);
    let ran = ran.says(&["redirected (HTTP 301) to", "/note.txt"]);
    assert_eq!(ran.json()["documents"][0]["final_url"], server.url("/note.txt"));
    assert_eq!(server.requests(), ["/old", "/note.txt"]);
    let again = folder.run(["tag", &url, "--format", "json"]).ends(0);
    assert_eq!(again.stdout, ran.stdout);
    folder.run(["tag", &url, "--offline"]).ends(0);
    assert_eq!(server.requests().len(), 2, "the second run needs no network");
    folder.run(["fetch", &url, "--refresh"]).ends(0);
    let pages = server.requests().into_iter().filter(|path| path != "/robots.txt");
    assert_eq!(pages.count(), 4);
}

#[test]
fn what_is_gone_does_not_stop_what_is_there() {
    let server = Server::start(|path| match path {
        "/note.txt" => reply("200 OK", &["Content-Type: text/plain"], NOTE),
        _ => reply("404 Not Found", &[], "no"),
    });
    let folder = Folder::new().reaching(&server);
    let (gone, there) = (server.url("/gone.pdf"), server.url("/note.txt"));
    let ran = folder.run(["tag", &gone, &there, "--format", "json"]).ends(1).says(&["404", &gone]);
    let json = ran.json();
    assert_eq!(json["documents"][0]["outcome"], "unread");
    assert_eq!(json["documents"][1]["outcome"], "read");
    folder.run(["tag", &gone]).ends(2).says(&["404"]);
}

#[test]
fn completions_and_the_manual_page_name_every_command() {
    let folder = Folder::new();
    for args in [["completions", "bash"].as_slice(), &["completions", "zsh"], &["man"]] {
        let ran = folder.run(args).ends(0).quietly();
        for command in ["tag", "extract", "fetch", "rules"] {
            assert!(ran.stdout.contains(command), "{args:?} without {command}");
        }
    }
}

#[test]
fn extract_shows_paragraphs_under_their_citations() {
    let folder = Folder::new().file("note.txt", NOTE);
    let ran = folder.run(["extract", "note.txt"]).ends(0).quietly();
    assert!(ran.stdout.contains("[Para. 1] States should encourage"), "{}", ran.stdout);
    let json = folder.run(["extract", "note.txt", "--format", "json"]).ends(0).json();
    assert_eq!(json["documents"][0]["paragraphs"][0]["citation"], "Para. 1");
}

#[test]
fn what_was_asked_wrongly_is_said() {
    let folder = Folder::new().file("note.txt", NOTE);
    folder
        .run(["tag", "note.txt", "--taxonomy", "bpf-2020"])
        .ends(2)
        .says(&["error: there is no taxonomy `bpf-2020`; there are `bpf-2019`, `bpf-2021`\n"]);
    folder.run(["tag", "note.txt", "--format", "pdf"]).ends(2).says(&["markdown"]);
    folder.run(["tag"]).ends(2);
    let ran = folder.run(["rules", "explain", "9.9"]).ends(2);
    ran.says(&["9.9", "normtag rules list"]);
}
