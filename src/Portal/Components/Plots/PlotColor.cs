using System.Text.Json.Nodes;
using Governance.Registry.Policies;

namespace Governance.Portal.Components.Plots;

/// <summary>The colours of plots, by what they mean. Each is a token with a value for either theme.</summary>
internal static class PlotColor
{
    /// <summary>Bars of magnitude.</summary>
    public const string Mass = "var(--plot-mass)";

    /// <summary>A policy's limit: a dashed line that always bears its name.</summary>
    public const string Limit = "var(--plot-limit)";

    /// <summary>Where the policy is met; nothing else is shaded.</summary>
    public const string Band = "var(--plot-band)";

    /// <summary>Text that is read first.</summary>
    public const string Ink = "var(--ink)";

    /// <summary>Text beside it.</summary>
    public const string Quiet = "var(--ink-3)";

    /// <summary>The ground that plots stand on, for rings around marks.</summary>
    public const string Ground = "var(--surface)";

    /// <summary>Pushes the output down.</summary>
    public const string Down = "var(--div-n3)";

    /// <summary>Pushes the output up.</summary>
    public const string Up = "var(--div-p3)";

    /// <summary>A value that is missing.</summary>
    public const string Missing = "var(--missing-mark)";

    /// <summary>A series' colour. More than six cannot be told apart: use small multiples.</summary>
    /// <param name="series">1 (the version in question), 2 (what it is compared with) … 6 (population, context).</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 1 or above 6.</exception>
    public static string Category(int series)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(series, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(series, 6);
        return $"var(--cat-{series})";
    }

    /// <summary>The colour of a mark that stands for a verdict.</summary>
    public static string Verdict(GateVerdict? verdict) => $"var(--{Parts.VerdictWords.Key(verdict)}-mark)";

    /// <summary>The colour scale from a feature's low values to its high ones.</summary>
    public static JsonArray LowToHigh() => [.. Ramp().Select((color, step) => new JsonArray(Math.Round(step / 6.0, 4), color!.DeepClone()))];

    /// <summary>Its colours alone, in even steps.</summary>
    public static JsonArray Ramp() => [.. Enumerable.Range(0, 7).Select(step => $"var(--ramp-{step})")];

    /// <summary>The brightness of a picture, the same in either theme.</summary>
    public static JsonArray DarkToLight() => [new JsonArray(0, "var(--picture-dark)"), new JsonArray(1, "var(--picture-light)")];

    /// <summary>The colour scale from below through none to above; centre it with zmid or cmid.</summary>
    public static JsonArray Diverging() =>
    [
        new JsonArray(0, "var(--div-n4)"), new JsonArray(0.125, "var(--div-n3)"), new JsonArray(0.25, "var(--div-n2)"),
        new JsonArray(0.4, "var(--div-n1)"), new JsonArray(0.5, "var(--div-0)"), new JsonArray(0.6, "var(--div-p1)"),
        new JsonArray(0.75, "var(--div-p2)"), new JsonArray(0.875, "var(--div-p3)"), new JsonArray(1, "var(--div-p4)"),
    ];
}
