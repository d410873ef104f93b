using Governance.Registry.Access;
using Governance.Registry.Versions;

namespace Governance.Audit.Theft.Gauge;

/// <summary>What one principal was answered by one version, with when it is to be gauged. Used by one caller at a time.</summary>
/// <param name="first">The request that it began with.</param>
/// <param name="answers">What was answered.</param>
internal sealed class GaugeSeat(AnsweredRequest first, KeptAnswers answers)
{
    /// <summary>The request that it began with.</summary>
    public AnsweredRequest First => first;

    /// <summary>Of which version.</summary>
    public ModelVersionId Version => first.Version;

    /// <summary>Whose answers.</summary>
    public UserId Principal => first.Principal;

    /// <summary>What was answered.</summary>
    public KeptAnswers Answers => answers;

    /// <summary>Rows since they were last kept.</summary>
    public long Unkept { get; set; }

    /// <summary>When it was last used, in uses of all.</summary>
    public long LastUse { get; set; }

    /// <summary>Whether so much was added since the last reading that it is read again: a quarter, and five rows at least.</summary>
    public bool IsDue => Answers.Total >= GaugeAnswers.LeastAnswers && Answers.Total >= Answers.Measured + Math.Max(5, Answers.Measured / 4);
}
