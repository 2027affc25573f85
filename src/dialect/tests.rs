use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::manuscript::Origin;
use crate::markdown::tests::post;

/// What a dialect makes of a text, and what it says.
fn read(generator: Generator, text: &str) -> (String, Vec<String>) {
    let mut post = post(text);
    post.origin = Origin::of(generator);
    let read = rewrite(&post);
    let said = read.diagnostics.into_iter().map(|it| it.message).collect();
    (read.value.text.into_owned(), said)
}

/// The same, where nothing is said, and white space does not count.
fn words(generator: Generator, text: &str) -> String {
    let (text, said) = read(generator, text);
    assert_eq!(said, [""; 0], "{text}");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn hugo_is_read() {
    let hugo = |text| words(Generator::Hugo, text);
    assert_eq!(
        hugo("{{< figure src=\"/a.png\" alt=\"b\" caption=\"c *d*\" >}}\n"),
        "<figure> <img src=\"/a.png\" alt=\"b\"> <figcaption> c *d* </figcaption> </figure>"
    );
    assert_eq!(
        hugo("{{< highlight go \"linenos=table\" >}}\na {{< b >}}\n{{< /highlight >}}"),
        "```go a {{< b >}} ```"
    );
    assert_eq!(hugo("[a]({{< relref \"b.md#c\" >}})"), "[a](post:b.md#c)");
    assert_eq!(hugo("`{{</* a */>}}`"), "`{{< a >}}`");
    assert_eq!(
        hugo("{{% notice tip \"A b\" %}}\nc {{< kbd d >}}\n{{% /notice %}}\n"),
        "<aside class=\"tip\"> <p class=\"title\">A b</p> c <kbd>d</kbd> </aside>"
    );
    assert_eq!(hugo("{{ a }} {% b %}"), "{{ a }} {% b %}");
}

#[test]
fn liquid_is_read() {
    let jekyll = |text| words(Generator::Jekyll, text);
    assert_eq!(jekyll("{% raw %}{{ a }}{% endraw %}"), "{{ a }}");
    assert_eq!(jekyll("{% comment %}a{% endcomment %}b"), "b");
    assert_eq!(jekyll("{% highlight js %}\na\n{% endhighlight %}\n"), "```js a ```");
    assert_eq!(jekyll("[a]({% post_url 2024-01-01-b %})"), "[a](post:2024-01-01-b)");
    assert_eq!(jekyll("{{ page.title }} {{ page.title | upcase }}"), "A post A POST");
    assert_eq!(jekyll("![a]({{ \"/b.png\" | relative_url }})"), "![a](/b.png)");
    assert_eq!(jekyll("{% if page.x %}a{% else %}b{% endif %}"), "b");
    assert_eq!(jekyll("{% assign a = 'b' %}{{ a }}"), "b");
    assert_eq!(
        jekyll("{% include figure.html src=\"a.png\" alt=\"b\" %}\n"),
        "<figure> <img src=\"a.png\" alt=\"b\"> </figure>"
    );
}

#[test]
fn what_is_not_known_stays_as_code() {
    let (text, said) = read(Generator::Hugo, "a {{< b c >}} d {{< /b >}}\n");
    assert_eq!(text, "a `{{< b c >}}` d `{{< /b >}}`\n");
    assert_eq!(said, ["the call `{{< b >}}` is not known"]);
    let (text, said) = read(Generator::Hugo, "`{{< b c >}}`\n");
    assert_eq!(text, "`{{< b c >}}`\n");
    assert!(said.is_empty());
    assert_eq!(read(Generator::Plain, "{{< b >}} {% raw %}").0, "{{< b >}} {% raw %}");
}

#[test]
fn places_are_those_of_the_file() {
    let text = "a {% raw %}b{% endraw %} c {{ d }} e";
    let mut post = post(text);
    post.origin = Origin::of(Generator::Jekyll);
    let read = rewrite(&post);
    let place = |word: &str| {
        let at = read.value.text.find(word).unwrap();
        read.value.maps.iter().fold(at..at + word.len(), |range, map| map.range(range))
    };
    for word in ["a", "b", "c", "e"] {
        assert_eq!(&text[place(word)], word);
    }
    assert_eq!(&text[read.diagnostics[0].span.unwrap().range()], "{{ d }}");
}

#[test]
fn templates_of_the_blog_are_followed() {
    let of = |generator, name: &str, template: &str, text: &str| {
        let mut post = post(text);
        let mut site = crate::site::Site::of(generator);
        site.templates.insert(name.to_owned(), template.into());
        post.origin = Origin { site: Arc::new(site), ..Origin::of(generator) };
        let read = rewrite(&post);
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        read.value.text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let template = "<div>{{ with .Get \"a\" }}<b>{{ . }}</b>{{ end }}{{ .Inner | markdownify }}</div>";
    assert_eq!(
        of(Generator::Hugo, "own.html", template, "x {{< own a=\"b\" >}}c{{< /own >}}"),
        "x <div><b>b</b>c</div>"
    );
    assert_eq!(
        of(Generator::Zola, "own.html", "<i>{{ a }}</i>", "x {{ own(a=\"b\") }}"),
        "x <i>b</i>"
    );
    assert_eq!(
        of(
            Generator::Jekyll,
            "own.html",
            "<i>{{ include.a }}</i>",
            "x {% include own.html a=page.title %}"
        ),
        "x <i>A post</i>"
    );
}

proptest! {
    #[test]
    fn rewriting_never_panics(
        text in r#"(\{\{[<%]? ?|[>%]?\}\}|\{%-? ?|-?%\}|(end|/)?(raw|if|else|for|figure|highlight|own|a\.b|code|caption) ?|[\[\]"'`=|:()>!~*$@#\n é<-]|\n    |\n> |\n- |::: |!!! |<!--|-->|--- ---\n|---\n|\{:a?|\}|\$\$|\n    :::py\n|\n--8<-- "a"\n|<div class="kg-file-card">|</div>|\{tag\}|\(1\) |\\ ){0,40}"#,
    ) {
        for generator in [
            Generator::Unknown, Generator::Jekyll, Generator::Hugo, Generator::Zola,
            Generator::Hexo, Generator::MkDocs, Generator::Quarto, Generator::Obsidian,
            Generator::Pelican, Generator::Ghost,
        ] {
            let (made, _) = read(generator, &text);
            prop_assert!(made.len() <= 100 * (text.len() + 10));
        }
        let mut post = post(&text);
        post.path = "posts/a.mdx".to_owned();
        rewrite(&post);
        post.format = PostFormat::Html;
        rewrite(&post);
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "this measures time")]
fn cost_grows_with_length() {
    for part in [
        "{{< a >}}",
        "{% if a %}",
        "[code]",
        "{{",
        "`",
        "{% raw %}",
        "{{ a | b ",
        "> [!note]\n",
        "!!! a\n",
        "::: {.a}\n",
        "[[a",
        "*[a]: b\n",
        "{::comment}",
        "%%",
        "{{< figure a.png >}}",
        "==a ",
        "<a ",
        ":a:",
        "@fig-a ",
        "{++a",
        "[[a]] ",
        "a\n--- ---\n",
        "---\na\n\n",
        "{:a: .b}\n",
        "{:a .b} ",
        "$$a",
        "<div class=\"kg-file-card\">",
        "--8<--\n",
        "[a] # a\n",
        "(1) a\n",
        "\\ a",
    ] {
        for generator in [
            Generator::Unknown,
            Generator::Jekyll,
            Generator::MkDocs,
            Generator::Quarto,
            Generator::Obsidian,
        ] {
            let text = part.repeat(40_000);
            let start = std::time::Instant::now();
            read(generator, &text);
            let took = start.elapsed().as_secs_f32();
            assert!(took < 20.0, "{part} took {took} s");
        }
    }
}
