using Governance.Audit.Copies;

namespace Governance.Portal.Features.Copies;

/// <summary>Verdicts on copies in words.</summary>
internal static class CopyWords
{
    /// <summary>The verdict as a phrase.</summary>
    public static string Of(CopyVerdict verdict) => verdict switch
    {
        CopyVerdict.Consistent => "consistent with a copy",
        CopyVerdict.NoSign => "no sign of copying",
        _ => "cannot tell",
    };
}
