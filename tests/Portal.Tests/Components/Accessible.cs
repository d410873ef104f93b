using AngleSharp.Dom;

namespace Governance.Portal.Tests.Components;

/// <summary>How assistive technology sees an element: role and name, as far as our pages need it.</summary>
internal static class Accessible
{
    /// <summary>The explicit role, else the one that HTML gives the element; null for none.</summary>
    public static string? Role(IElement element) => element.GetAttribute("role") ?? (element.LocalName switch
    {
        "a" when element.HasAttribute("href") => "link",
        "button" => "button",
        "h1" or "h2" or "h3" or "h4" => "heading",
        "nav" => "navigation",
        "main" => "main",
        "table" => "table",
        "tr" => "row",
        "th" when element.GetAttribute("scope") == "row" => "rowheader",
        "th" => "columnheader",
        "td" => "cell",
        "ul" or "ol" => "list",
        "li" => "listitem",
        "textarea" => "textbox",
        "select" => "combobox",
        "progress" => "progressbar",
        "figure" => "figure",
        "input" => element.GetAttribute("type") switch
        {
            "checkbox" => "checkbox",
            "radio" => "radio",
            "search" => "searchbox",
            "hidden" => null,
            "submit" => "button",
            _ => "textbox",
        },
        _ => null,
    });

    /// <summary>aria-label, else the label of a control, else the words inside.</summary>
    public static string Name(IElement element)
    {
        if (element.GetAttribute("aria-label") is string named)
        {
            return named;
        }

        IElement? label = element.Id is null ? null : element.Owner!.QuerySelector($"label[for='{element.Id}']");
        return Words(label ?? element.QuerySelector("caption") ?? element);
    }

    /// <summary>The words inside, with single blanks.</summary>
    public static string Words(INode node) =>
        string.Join(' ', node.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
