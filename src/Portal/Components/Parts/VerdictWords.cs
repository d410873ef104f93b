using Governance.Registry.Policies;

namespace Governance.Portal.Components.Parts;

/// <summary>The four states of a gate on a page: three verdicts, and missing where nothing was measured.</summary>
internal static class VerdictWords
{
    /// <summary>The word beside the shape.</summary>
    public static string Word(GateVerdict? verdict) => verdict switch
    {
        GateVerdict.Meets => "Meets",
        GateVerdict.Breaches => "Breaches",
        GateVerdict.Inconclusive => "Inconclusive",
        _ => "Missing",
    };

    /// <summary>The name that the stylesheet knows it by.</summary>
    public static string Key(GateVerdict? verdict) => verdict switch
    {
        GateVerdict.Meets => "meets",
        GateVerdict.Breaches => "breaches",
        GateVerdict.Inconclusive => "inconclusive",
        _ => "missing",
    };
}
