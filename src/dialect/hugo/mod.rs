//! Hugo's templates, as far as a shortcode needs them: arguments, variables, conditions, loops, partial
//! templates of the blog.

mod expression;
mod list;
mod parse;
mod template;
mod value;

use super::call::Argument;
use crate::manuscript::Post;

use parse::{Parser, without_comments};
use template::{Steps, Template};

/// What a shortcode's template makes of its arguments; none if it does what is not understood.
pub(super) fn expand(
    template: &str,
    arguments: &[Argument],
    body: Option<&str>,
    post: &Post,
) -> Option<String> {
    let template = without_comments(template);
    let nodes = Parser::new(&template).nodes()?.0;
    let steps = Steps::default();
    let mut template = Template::new(arguments, body.unwrap_or_default(), post, &steps);
    template.write(&nodes)?;
    Some(template.made)
}
