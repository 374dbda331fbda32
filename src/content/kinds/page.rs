//! Pages: everything that is none of the other kinds.

use super::{Kind, Order, nothing_more};

/// A page.
pub(super) static KIND: Kind = Kind {
    name: "page",
    folder: "",
    title: "Page",
    plural: "Pages",
    about: "Any other page, such as one about the site.",
    lead: "Pages of this site that stand by themselves.",
    fields: &[],
    also_needs: &[],
    sections: &[],
    optional_sections: &[],
    key: None,
    other_names: &[],
    order: Order::ByTitle,
    template: "page.html",
    schema_org: "WebPage",
    starter: "Write the page here.\n",
    has_files: false,
    embeddable: false,
    check: nothing_more,
};
