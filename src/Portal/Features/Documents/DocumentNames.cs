using Governance.Audit.Documents;

namespace Governance.Portal.Features.Documents;

/// <summary>Documents and their forms as addresses and the command line name them.</summary>
internal static class DocumentNames
{
    /// <summary>The kinds in the order of the page: name, title, and what it is for.</summary>
    public static IReadOnlyList<(DocumentKind Kind, string Name, string Title, string Purpose)> Kinds { get; } =
    [
        (DocumentKind.ModelCard, "model-card", "Model card", "What the model is for, how it was measured and what is known of it."),
        (DocumentKind.Validation, "validation", "Validation report", "Every finding with its limit and verdict, the checklist, and who challenged it."),
        (DocumentKind.AnnexIv, "annex-iv", "Annex IV file", "The technical documentation of the EU AI Act under its own headings; what is missing stays visible."),
        (DocumentKind.Ll144, "ll144", "Local Law 144 summary", "Selection rates and impact ratios as New York City wants them published; it judges nothing."),
    ];

    /// <summary>The forms.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["html", "pdf", "md", "json"];

    /// <summary>The kind of a name, or null.</summary>
    public static DocumentKind? Find(string name) =>
        Kinds.Where(kind => kind.Name == name).Select(kind => (DocumentKind?)kind.Kind).FirstOrDefault();

    /// <summary>The name of a kind.</summary>
    public static string Of(DocumentKind kind) => Kinds.First(each => each.Kind == kind).Name;

    /// <summary>The media type of a form.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such form.</exception>
    public static string MediaType(string format) => format switch
    {
        "html" => "text/html; charset=utf-8",
        "pdf" => "application/pdf",
        "md" => "text/markdown; charset=utf-8",
        "json" => "application/json",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };
}
