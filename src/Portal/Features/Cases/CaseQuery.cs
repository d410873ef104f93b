using Governance.Audit.Cases;
using Governance.Audit.Runs;
using Governance.Portal.Features.Pictures;
using Governance.Portal.Features.Versions;

namespace Governance.Portal.Features.Cases;

/// <summary>What the address of a case says besides the row: whoever opens it sees the same. Pure.</summary>
public sealed record CaseQuery
{
    /// <summary>The parts of the page, by their word in the address.</summary>
    public static readonly IReadOnlyList<(string Key, string Name)> Parts =
        [("why", "Why"), ("change", "What would change it"), ("try", "What if"), ("alike", "Others like it")];

    /// <summary>The drawings of an explanation, by their word in the address.</summary>
    public static readonly IReadOnlyList<(string Key, string Name)> Plots = [(Picture, "Picture"), ("waterfall", "Waterfall"), ("force", "Force"), ("decision", "Decision path")];

    /// <summary>The drawing of cases that are pictures, sequences or tokens; others have none.</summary>
    public const string Picture = "picture";

    /// <summary>What of a picture is drawn, by its word in the address.</summary>
    public static readonly IReadOnlyList<(string Key, PictureLayer Layer, string Name)> Layers =
        [("both", PictureLayer.Both, "Both"), ("picture", PictureLayer.Picture, "Picture alone"), ("attributions", PictureLayer.Attributions, "Attributions alone")];

    private static readonly Dictionary<string, RowPick> Picks = new(StringComparer.Ordinal)
    {
        ["all"] = RowPick.First, ["random"] = RowPick.Random, ["near"] = RowPick.NearThreshold, ["wrong"] = RowPick.Wrong,
    };

    /// <summary>The evidence whose data and method are used; null for the latest.</summary>
    public Guid? Evidence { get; init; }

    /// <summary>The cohort that cases are gone through of; null for all rows.</summary>
    public string? Cohort { get; init; }

    /// <summary>In which order: all, random, near or wrong.</summary>
    public string Pick { get; init; } = "all";

    /// <summary>Only cases that were decided so; null for all.</summary>
    public string? Decision { get; init; }

    /// <summary>A key of <see cref="Parts"/>.</summary>
    public string Show { get; init; } = "why";

    /// <summary>A key of <see cref="Plots"/>; null for the one that suits the case.</summary>
    public string? Plot { get; init; }

    /// <summary>What of a picture is drawn.</summary>
    public PictureLayer Layer { get; init; }

    /// <summary>What the case is compared with.</summary>
    public CaseReference Reference { get; init; } = CaseReference.Population;

    /// <summary>The class explained; null for the evidence's own choice.</summary>
    public string? Class { get; init; }

    /// <summary>What was typed under "What would change it", by its word in the address; kept on the way to other parts and cases.</summary>
    public IReadOnlyList<(string Name, string Value)> Constraints { get; init; } = [];

    /// <summary>The order of cases.</summary>
    public RowPick Order => Picks[Pick];

    /// <summary>Reads an address; what it does not know is left at its default.</summary>
    public static CaseQuery Read(
        Guid? evidence, string? cohort, string? pick, string? decision, string? show, string? plot, string? reference, string? explained, string? layer = null) => new()
    {
        Evidence = evidence,
        Cohort = Blank(cohort),
        Pick = pick is not null && Picks.ContainsKey(pick) ? pick : "all",
        Decision = Blank(decision),
        Show = Parts.Any(part => part.Key == show) ? show! : "why",
        Plot = Plots.Any(each => each.Key == plot) ? plot : null,
        Layer = Layers.FirstOrDefault(each => each.Key == layer).Layer,
        Reference = CaseReference.Parse(reference),
        Class = Blank(explained),
    };

    /// <summary>The words of the address in their order, without those at their default.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields =>
    [
        .. new (string Name, string? Value)[]
        {
            ("evidence", Evidence?.ToString()), ("cohort", Cohort), ("pick", Pick == "all" ? null : Pick), ("decision", Decision),
            ("show", Show == "why" ? null : Show), ("plot", Plot), ("layer", Layer == PictureLayer.Both ? null : Layers.First(each => each.Layer == Layer).Key),
            ("reference", Reference == CaseReference.Population ? null : Reference.Text), ("class", Class),
        }
        .Where(word => word.Value is not null).Select(word => (word.Name, word.Value!)),
        .. Constraints,
    ];

    /// <summary>The address of a case.</summary>
    /// <param name="view">The version.</param>
    /// <param name="row">The row, from 0.</param>
    public string Address(VersionView view, int row)
    {
        ArgumentNullException.ThrowIfNull(view);
        string query = string.Join('&', Fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));
        return view.Address($"cases/{row}") + (query.Length == 0 ? "" : "?" + query);
    }

    /// <summary>The address of a case of some evidence, "{row}" for its number.</summary>
    public static string OfRow(VersionView view, Registry.Evidence.EvidenceId evidence) =>
        $"{(view ?? throw new ArgumentNullException(nameof(view))).Address("cases/{row}")}?evidence={evidence}";

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
