//! Comments: what readers wrote, as a conversation.

use super::Semantics;
use super::writer::Writer;
use crate::document::{Comment, Target};

impl Writer<'_> {
    /// The comments below a chapter.
    pub(super) fn comments_after_chapter(&mut self, comments: &[Comment]) {
        if comments.is_empty() {
            return;
        }
        self.within(self.own("section").class("comments"), |this| {
            this.leaf(this.own("h2"), this.words.comments);
            this.conversation(comments);
        });
    }

    /// All comments, under the titles of their chapters.
    pub(super) fn all_comments(&mut self) {
        let book = self.builder.book;
        for chapter in book.texts().filter(|chapter| !chapter.comments.is_empty()) {
            let target = Target::Chapter { chapter: chapter.id, id: None };
            self.within(self.own("section").class("comments"), |this| {
                this.within(this.own("h2"), |this| {
                    let href = this.addresses().target(&target);
                    let link = this.own("a").optional("href", href);
                    let link = link.semantics(Semantics::Link(target.clone()));
                    let title = super::contents::bare(&chapter.title);
                    this.borrowed(chapter.id, link, |this| this.inlines(&title));
                });
                let conversation = this.own("div").class("conversation");
                this.borrowed(chapter.id, conversation, |this| {
                    this.conversation(&chapter.comments);
                });
            });
        }
    }

    fn conversation(&mut self, comments: &[Comment]) {
        for Comment { name, date, depth, blocks } in comments {
            let mut comment = self.own("div").class("comment");
            if *depth > 0 {
                comment = comment.class("reply").class(&format!("depth-{depth}"));
            }
            self.within(comment, |this| {
                this.within(this.own("p").class("comment-head"), |this| {
                    let name = if name.is_empty() { this.words.anonymous } else { name };
                    this.leaf(this.own("span").class("commenter"), name);
                    if let Some(date) = date {
                        this.own_text(", ");
                        let time =
                            this.own("time").attribute("datetime", date.to_string());
                        let words = this.language().date(*date);
                        this.leaf(time, &words);
                    }
                });
                this.blocks(blocks);
            });
        }
    }
}
