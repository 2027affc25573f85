//! Attachments, and the galleries that show them.

use std::io::{Read, Seek, SeekFrom};

use super::super::xml::{Next, XmlReader};
use super::Export;
use super::item::Item;
use crate::html_to_markdown::tree::{escaped, plain};

/// A file that was uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attachment {
    pub(super) address: String,
    alternative: String,
    caption: String,
}

impl<R: Read + Seek> Export<'_, R> {
    /// The attachment of an id.
    pub(super) fn attachment(&self, id: u64) -> Option<Attachment> {
        self.item_at(self.index.place(id)?).and_then(attachment)
    }

    /// The item that stands at a place of the file.
    pub(super) fn item_at(&self, place: u64) -> Option<Item> {
        let mut file = (self.open)().ok()?;
        file.seek(SeekFrom::Start(place)).ok()?;
        let mut reader = XmlReader::new(file);
        while let Some(next) = reader.next() {
            if let Next::Start(start) = next
                && start.name == "item"
            {
                return Some(Item::of(&reader.rest_of(start)));
            }
        }
        None
    }
}

fn attachment(item: Item) -> Option<Attachment> {
    let Item { attachment_address, alternative, excerpt, .. } = item;
    let is_file = !attachment_address.is_empty();
    is_file.then(|| Attachment {
        address: attachment_address,
        alternative,
        caption: plain(&excerpt),
    })
}

/// What gives a gallery its pictures.
pub(super) trait Pictures {
    /// The gallery of some attachments, or, without ids, of those that were uploaded for the post,
    /// but for some: HTML, empty if there are none.
    fn gallery(&self, ids: &[u64], without: &[u64]) -> String;
}

/// The galleries of a post.
pub(super) struct Galleries<'a, R> {
    pub(super) export: &'a Export<'a, R>,
    pub(super) post: u64,
}

impl<R: Read + Seek> Pictures for Galleries<'_, R> {
    fn gallery(&self, ids: &[u64], without: &[u64]) -> String {
        let found: Vec<Attachment> = if ids.is_empty() {
            let places = self.export.index.uploads(self.post);
            let items = places.filter_map(|place| self.export.item_at(place));
            let items = items.filter(|item| !without.contains(&item.id));
            items.filter_map(attachment).collect()
        } else {
            ids.iter().filter_map(|id| self.export.attachment(*id)).collect()
        };
        let pictures = found
            .iter()
            .filter(|it| crate::html_to_markdown::markdown::is_picture_file(&it.address));
        let pictures: String = pictures.map(picture).collect();
        if pictures.is_empty() {
            return pictures;
        }
        format!("\n\n<figure class=\"gallery\">{pictures}</figure>\n\n")
    }
}

fn picture(attachment: &Attachment) -> String {
    let Attachment { address, alternative, caption } = attachment;
    let (address, alternative) = (escaped(address), escaped(alternative));
    let caption = match caption.as_str() {
        "" => String::new(),
        caption => format!("<figcaption>{}</figcaption>", escaped(caption)),
    };
    format!("<figure><img src=\"{address}\" alt=\"{alternative}\">{caption}</figure>")
}
