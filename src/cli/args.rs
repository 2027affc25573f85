//! The arguments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::compile::Formats;

/// Binds a blog's tagged posts into an EPUB and a typeset PDF.
#[derive(Debug, Parser)]
#[command(name = "bindery", version, max_term_width = 90)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Bind the book
    Compile(CompileArgs),
    /// Do all that `compile` does, and write nothing
    Check(CheckArgs),
    /// Write what is known of each cited address to `sources.lock.yaml`
    Sources(SourcesArgs),
    /// List the pictures that are on the network, or fetch them
    Pictures(PicturesArgs),
    /// List the chapters in order
    List(ListArgs),
    /// Write the chapters in order to a file, for a person to arrange
    Arrange(ArrangeArgs),
    /// Begin a book in a new folder
    New(NewArgs),
    /// Begin a book of the blog in a folder: its posts, title, language and address are found
    Init(InitArgs),
    /// List the tags of all posts, with how many have them
    Tags(TagsArgs),
    /// Make posts of an export, a feed or saved pages
    Import(ImportArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
    /// Print the manual page in roff, or write the pages of all commands to a folder
    Man(ManArgs),
    /// Print what is in the program that is not ours, and under which terms
    Licenses,
}

/// Which book, and how to talk about it.
#[derive(Debug, Args)]
pub(super) struct BookArgs {
    /// The book's settings, or the folder that holds them as `book.yaml`
    #[arg(long, value_name = "FILE", default_value = "book.yaml")]
    pub(super) book: PathBuf,

    /// Gather posts with this tag instead of those that the settings name; may be repeated
    #[arg(long = "tag", value_name = "TAG")]
    pub(super) tags: Vec<String>,

    /// Treat warnings as errors
    #[arg(long)]
    pub(super) strict: bool,

    /// How to print errors and warnings
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) message_format: MessageFormat,
}

#[derive(Debug, Args)]
pub(super) struct CompileArgs {
    #[command(flatten)]
    pub(super) book: BookArgs,

    #[command(flatten)]
    pub(super) formats: FormatArgs,

    /// Where to write [default: `build` beside the settings]
    #[arg(long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,

    /// Write each message to a file too, as one JSON object a line
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) book: BookArgs,

    #[command(flatten)]
    pub(super) formats: FormatArgs,

    /// List each source that was found, its form and its note, and the brackets that were left
    #[arg(long)]
    pub(super) sources: bool,

    /// Total what is quoted: by source, and the share of each chapter
    #[arg(long)]
    pub(super) quotes: bool,

    /// Look for each word of the posts in both editions, and say which are missing
    #[arg(long)]
    pub(super) text: bool,

    /// List what each rule of `omit` and `replace` changed, with the places
    #[arg(long)]
    pub(super) edits: bool,

    /// Print the lists as comma-separated values
    #[arg(long)]
    pub(super) csv: bool,
}

#[derive(Debug, Args)]
pub(super) struct SourcesArgs {
    #[command(flatten)]
    pub(super) book: BookArgs,

    /// Ask the pages themselves, and the Internet Archive for copies of them
    #[cfg(feature = "fetch")]
    #[arg(long)]
    pub(super) fetch: bool,

    /// With `--fetch`, ask pages again that were asked before
    #[cfg(feature = "fetch")]
    #[arg(long, requires = "fetch")]
    pub(super) again: bool,

    #[cfg(feature = "fetch")]
    #[command(flatten)]
    pub(super) network: NetworkArgs,

    /// With `--fetch`, the service that knows of archived copies
    #[cfg(feature = "fetch")]
    #[arg(
        long,
        requires = "fetch",
        value_name = "ADDRESS",
        default_value = "https://archive.org/wayback/available"
    )]
    pub(super) archive: String,
}

#[derive(Debug, Args)]
pub(super) struct PicturesArgs {
    #[command(flatten)]
    pub(super) book: BookArgs,

    /// Fetch them into the folder `pictures` beside the settings, and write where each is from to
    /// `pictures.lock.yaml`
    #[cfg(feature = "fetch")]
    #[arg(long)]
    pub(super) fetch: bool,

    /// With `--fetch`, fetch pictures again that were fetched before
    #[cfg(feature = "fetch")]
    #[arg(long, requires = "fetch")]
    pub(super) again: bool,

    #[cfg(feature = "fetch")]
    #[command(flatten)]
    pub(super) network: NetworkArgs,
}

/// What `--fetch` may ask.
#[cfg(feature = "fetch")]
#[derive(Debug, Args)]
pub(super) struct NetworkArgs {
    /// With `--fetch`, also ask addresses in private networks and on this machine
    #[arg(long, requires = "fetch")]
    pub(super) allow_private: bool,
}

#[derive(Debug, Args)]
pub(super) struct FormatArgs {
    /// What to make; may be repeated
    #[arg(long, value_name = "FORMAT", default_value = "all")]
    format: Vec<FormatArg>,
}

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    pub(super) book: BookArgs,

    /// Also list every post that is left out, and say why
    #[arg(long)]
    pub(super) why: bool,

    /// List the whole book as a tree: front matter, parts with their chapters, back matter
    #[arg(long)]
    pub(super) tree: bool,
}

#[derive(Debug, Args)]
pub(super) struct ArrangeArgs {
    #[command(flatten)]
    pub(super) book: BookArgs,
}

#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// The folder to make; if it is there it must be empty
    pub(super) dir: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The folder of the blog
    #[arg(default_value = ".")]
    pub(super) dir: PathBuf,

    /// Posts with this tag; may be repeated
    #[arg(long = "tag", value_name = "TAG")]
    pub(super) tags: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct TagsArgs {
    /// The book's settings, or the folder that holds them as `book.yaml`, or that of a blog
    #[arg(long, value_name = "FILE", default_value = "book.yaml")]
    pub(super) book: PathBuf,

    /// How to print the tags
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) message_format: MessageFormat,
}

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    #[command(subcommand)]
    pub(super) from: ImportFrom,
}

/// What is imported.
#[derive(Debug, Subcommand)]
pub(super) enum ImportFrom {
    /// WordPress's export (Tools, Export, All content): an XML file
    Wordpress(ImportFileArgs),
    /// Feeds: RSS, Atom or JSON Feed
    Feed(ImportFilesArgs),
    /// Pages that were saved, and folders of them
    Html(ImportFilesArgs),
    /// Ghost's export: a JSON file
    Ghost(ImportFileArgs),
    /// Blogger's export, or the feed in Google's: an XML or `.atom` file
    Blogger(ImportFileArgs),
    /// Substack's export, unpacked: a folder with `posts.csv`
    Substack(ImportFileArgs),
    /// Medium's export, unpacked: a folder with `posts`
    Medium(ImportFileArgs),
}

#[derive(Debug, Args)]
pub(super) struct ImportFileArgs {
    /// The export
    pub(super) file: PathBuf,

    #[command(flatten)]
    pub(super) wanted: WantedArgs,
}

#[derive(Debug, Args)]
pub(super) struct ImportFilesArgs {
    /// What to import
    #[arg(required = true)]
    pub(super) files: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) wanted: WantedArgs,
}

/// Which posts are wanted, and where they go.
#[derive(Debug, Args)]
pub(super) struct WantedArgs {
    /// The folder to write the posts to; it is made if it is not there
    #[arg(long, value_name = "DIR")]
    pub(super) into: PathBuf,

    /// Only posts with this tag or category; may be repeated
    #[arg(long = "tag", value_name = "TAG")]
    pub(super) tags: Vec<String>,

    /// Also drafts, and posts that are scheduled
    #[arg(long)]
    pub(super) drafts: bool,

    /// Also private posts
    #[arg(long)]
    pub(super) private: bool,

    /// Also posts behind a password
    #[arg(long)]
    pub(super) protected: bool,

    /// Also pages, which are no posts: About, Imprint
    #[arg(long)]
    pub(super) pages: bool,

    /// Comments, in a file beside each post; the book's `comments` chooses among them
    #[arg(long)]
    pub(super) comments: bool,

    /// Take pictures from this folder of uploads, wherever in it they are
    #[arg(long, value_name = "DIR")]
    pub(super) media: Option<PathBuf>,

    /// Fetch the pictures that are on the network
    #[cfg(feature = "fetch")]
    #[arg(long)]
    pub(super) fetch: bool,

    #[cfg(feature = "fetch")]
    #[command(flatten)]
    pub(super) network: NetworkArgs,

    /// Write over files that are there
    #[arg(long)]
    pub(super) force: bool,

    /// How to print errors and warnings
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) message_format: MessageFormat,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// Write `bindery.1`, `bindery-compile.1` and so on there, and print nothing
    pub(super) dir: Option<PathBuf>,
}

/// How to print errors and warnings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// To be read, with the place in the source
    Human,
    /// One JSON object a line
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatArg {
    /// EPUB 3, for e-readers
    Epub,
    /// PDF, for print
    Pdf,
    /// Both
    All,
}

impl FormatArgs {
    /// Which editions to make: at least one.
    pub(super) fn formats(&self) -> Formats {
        let asked = |format| {
            self.format.contains(&format) || self.format.contains(&FormatArg::All)
        };
        Formats { epub: asked(FormatArg::Epub), pdf: asked(FormatArg::Pdf) }
    }
}
