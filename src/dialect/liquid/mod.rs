//! Liquid, as Jekyll and Eleventy have it, with what Nunjucks and Tera share with it: values, filters,
//! conditions, loops, variables.

mod expression;
mod filters;
mod scope;
mod text;

pub(super) use expression::{condition, output, path, value};
pub(super) use scope::Scope;
pub(super) use text::text;
