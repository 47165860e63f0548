//! `normtag corpus add`, as a person uses it: with flags, with answers, and
//! wrongly.

use crate::program::{Folder, Ran};
use crate::server::{Server, reply};

const TREATY: &str = "# Treaty of the Three Lakes\n\nArticle 1\n\n1. Each Party shall protect \
                      critical information infrastructure against cyber attacks, and shall \
                      co-operate with the other Parties.\n";

fn server() -> Server {
    Server::start(|path| match path {
        "/treaty.md" => reply("200 OK", &["Content-Type: text/markdown; charset=utf-8"], TREATY),
        _ => reply("404 Not Found", &[], ""),
    })
}

/// Runs `corpus add` on the corpus `mine`.
fn add(folder: &Folder, args: &[&str], answers: &str) -> Ran {
    let start = ["corpus", "add", "--corpus", "mine"];
    folder.run_with(start.into_iter().chain(args.iter().copied()), answers.as_bytes())
}

#[test]
fn flags_alone_add_an_agreement_that_can_be_listed_shown_and_tagged() {
    let server = server();
    let folder = Folder::new().reaching(&server);
    let url = server.url("/treaty.md");
    let flags = ["--date", "2024-05-01", "--name", "Lakes Treaty", "--id", "lakes-treaty-2024"];
    let flags = [&[url.as_str()], &flags[..], &["--group", "GOV", "--binding", "binding"]].concat();
    let ran = add(&folder, &flags, "").ends(0).says(&["added to mine/agreements.toml"]);
    assert!(ran.stdout.contains("role = \"text\", language = \"en\""), "{}", ran.stdout);
    let corpus = |command: &[&str]| folder.run(command.iter().chain(&["--corpus", "mine"])).ends(0);
    corpus(&["corpus", "validate"]).quietly();
    assert!(corpus(&["corpus", "list"]).stdout.starts_with("lakes-treaty-2024  2024-05-01"));
    corpus(&["tag", "Lakes Treaty"]);
    // What is there stays, to the letter, and a second one comes behind it.
    let before = std::fs::read_to_string(folder.path("mine/agreements.toml")).unwrap();
    let more = ["--name", "Protocol", "--id", "protocol-2025", "--date", "2025"];
    add(&folder, &more, "").ends(0);
    let after = std::fs::read_to_string(folder.path("mine/agreements.toml")).unwrap();
    assert!(after.starts_with(&before) && after.len() > before.len());
}

#[test]
fn what_flags_do_not_say_is_asked_and_the_document_makes_proposals() {
    let server = server();
    let folder = Folder::new().reaching(&server);
    let answers = "\nfirst of May\n2024-05-01\n\nGOV, IND\n\nThe three states\n";
    let ran = add(&folder, &[&server.url("/treaty.md"), "--ask"], answers).ends(0).says(&[
        "Name of the agreement [Treaty of the Three Lakes]",
        "`first of May` is no date; expected `2018`",
        "Id, which never changes [treaty-three-lakes-2024]",
        "Stakeholder groups (GOV Governments,",
    ]);
    for expected in [
        "id = \"treaty-three-lakes-2024\"\nname = \"Treaty of the Three Lakes\"",
        "stakeholder_groups = [\"GOV\", \"IND\"]\nsignatories = \"The three states\"\n",
    ] {
        assert!(ran.stdout.contains(expected), "{}", ran.stdout);
    }
}

#[test]
fn nothing_is_added_that_would_be_a_mistake() {
    let server = server();
    let folder = Folder::new().reaching(&server);
    let url = server.url("/treaty.md");
    let named = ["--name", "Lakes Treaty", "--date", "2024", "--id", "lakes-treaty-2024"];
    folder.run(["corpus", "add", &url]).ends(2).says(&["name a folder with --corpus DIR"]);
    add(&folder, &[&url], "").ends(2).says(&["--name is missing (perhaps `Treaty of the Three"]);
    add(&folder, &[&named[..], &["--group", "GOVT"]].concat(), "").ends(2).says(&[
        "there is no group `GOVT`",
        "did you mean `GOV`?",
        "nothing was added",
    ]);
    assert!(!folder.path("mine").exists());
    add(&folder, &[&[url.as_str()], &named[..]].concat(), "").ends(0);
    let file = || std::fs::read_to_string(folder.path("mine/agreements.toml")).unwrap();
    let before = file();
    for (flags, said) in [
        (vec![url.as_str(), "--name", "Other"], "lakes-treaty-2024 has this address already"),
        (named.to_vec(), "another agreement has the id `lakes-treaty-2024`"),
        (
            vec!["--name", "The lakes treaty", "--date", "2025", "--id", "x-2025"],
            "has this name too",
        ),
        (vec!["--name", "X", "--date", "2025", "--id", "x-2024"], "the id says 2024"),
    ] {
        add(&folder, &flags, "").ends(2).says(&[said]);
        assert_eq!(file(), before, "{said}");
    }
}

#[test]
fn an_address_that_cannot_be_read_is_added_all_the_same() {
    let server = server();
    let folder = Folder::new().reaching(&server);
    let url = server.url("/gone.md");
    let named = ["--name", "Lakes Treaty", "--date", "2024", "--id", "lakes-treaty-2024"];
    let ran = add(&folder, &[&[url.as_str()], &named[..]].concat(), "");
    ran.ends(0).says(&["not read: ", "404"]);
}
