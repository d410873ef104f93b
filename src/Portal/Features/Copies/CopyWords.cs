using Governance.Audit.Copies;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Copies;

/// <summary>Verdicts on copies in words and tones.</summary>
internal static class CopyWords
{
    /// <summary>The verdict as a phrase.</summary>
    public static string Of(CopyVerdict verdict) => verdict switch
    {
        CopyVerdict.Consistent => "consistent with a copy",
        CopyVerdict.NoSign => "no sign of copying",
        _ => "cannot tell",
    };

    /// <summary>The tone in which pages show it.</summary>
    public static GateVerdict Tone(CopyVerdict verdict) => verdict switch
    {
        CopyVerdict.Consistent => GateVerdict.Breaches,
        CopyVerdict.NoSign => GateVerdict.Meets,
        _ => GateVerdict.Inconclusive,
    };
}
