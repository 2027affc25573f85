//! `new`: a folder to begin with.

use std::fs;
use std::path::Path;

use super::Exit;
use super::args::{InitArgs, NewArgs};
use super::disk::utc_date;
use super::init;

const BOOK: &str = include_str!("book.yaml");
const POST: &str = include_str!("post.md");
const STYLE: &str = include_str!("style.css");
const IGNORED: &str = "/build/\n";

/// Begins a book.
pub(super) fn run(args: &NewArgs) -> Exit {
    let dir = &args.dir;
    let occupied = match fs::read_dir(dir) {
        Ok(mut entries) => entries.next().is_some(),
        // Absent is as good as empty; a file is neither.
        Err(_) => dir.exists(),
    };
    if occupied && dir == Path::new(".") {
        // Somebody is in the folder of a blog.
        return init::run(&InitArgs { dir: dir.clone(), tags: Vec::new() });
    }
    if occupied {
        eprintln!("error: {} is not an empty folder", dir.display());
        eprintln!("  = help: name a folder that is not there yet");
        return Exit::Usage;
    }
    if let Err(error) = begin(dir) {
        eprintln!("error: {} cannot be written: {error}", dir.display());
        return Exit::Errors;
    }
    eprintln!("Began a book in {}. To bind it:\n", dir.display());
    eprintln!("    cd {}", quoted(dir));
    eprintln!("    bindery compile");
    Exit::Done
}

fn begin(dir: &Path) -> std::io::Result<()> {
    let today = utc_date();
    let absolute = std::path::absolute(dir)?;
    let name = absolute.file_name().unwrap_or_default().to_string_lossy();
    let title = crate::manuscript::title_from_name(&name);
    let posts = dir.join("manuscript");
    fs::create_dir_all(&posts)?;
    // JSON's quotes are YAML's, whatever the name of the folder.
    let title = serde_json::to_string(&title).unwrap_or_default();
    fs::write(dir.join("book.yaml"), BOOK.replace("{title}", &title))?;
    fs::write(dir.join("style.css"), STYLE)?;
    let post = POST.replace("{date}", &today.to_string());
    fs::write(posts.join(format!("{today}-a-first-post.md")), post)?;
    fs::write(dir.join(".gitignore"), IGNORED)
}

/// A path that may be pasted into a shell.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    if path.contains(|c: char| c.is_whitespace() || "'\"$&();<>|*?".contains(c)) {
        format!("'{}'", path.replace('\'', r"'\''"))
    } else {
        path
    }
}
