//! Pages laid out as official ones are: a ministry's, an assembly's, a union's
//! journal, a wiki, a standards body's, a campaign's, a press release, a
//! gazette, a company pledge, and one that scripts build.
//!
//! What each holds was decided when it was written, in the `.txt` beside it:
//! all of the content with its citations, and nothing of what is around it.

use crate::golden;
use crate::program::{Folder, project};
use crate::shared::files;

#[test]
fn pages_give_their_content_and_nothing_around_it() {
    let folder = project().join("tests/fixtures/extract/pages");
    let mut count = 0;
    for path in files(&folder, "html") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let folder = Folder::new().file(&name, std::fs::read(&path).unwrap());
        let ran = folder.run(["extract", &name]);
        let expected = format!("../fixtures/extract/pages/{}", name.replace(".html", ".txt"));
        golden::check(&expected, &(ran.stdout + &ran.stderr));
        count += 1;
    }
    assert_eq!(count, 10);
}
