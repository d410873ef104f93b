using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Versions;

namespace Governance.Registry.SignOffs;

/// <summary>A version that another was made from, as the rules of inheriting see it.</summary>
/// <param name="Label">Such as "credit/2".</param>
/// <param name="Id">Its id.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Kind">How the variant came from it.</param>
/// <param name="SameModel">Whether it is a version of the variant's own model.</param>
/// <param name="ItselfInherited">Whether its own approval is an inherited one.</param>
/// <param name="Data">What its evidence was measured on, by digest.</param>
/// <param name="Protected">The protected columns that its evidence looked at.</param>
public sealed record ParentStanding(
    string Label, ModelVersionId Id, FactDigest Digest, Stage Stage, ParentKind Kind, bool SameModel, bool ItselfInherited,
    IReadOnlySet<string> Data, IReadOnlySet<string> Protected);

/// <summary>The latest equivalence battery of a variant, as its sealed documents say.</summary>
/// <param name="Evidence">The evidence.</param>
/// <param name="Findings">Its findings document.</param>
/// <param name="SealedAt">UTC.</param>
/// <param name="Parent">The digest of the version that it compared with.</param>
/// <param name="Subject">The digest of the version that it measured.</param>
/// <param name="Policy">The pack that judged it, such as "default 3".</param>
/// <param name="Data">The data that both were measured on, by digest; null where it names none.</param>
/// <param name="Protected">The protected columns whose groups it looked at.</param>
/// <param name="Lines">Every line with a limit, those by the clock too.</param>
public sealed record BatteryStanding(
    EvidenceId Evidence, string Findings, DateTimeOffset SealedAt, string? Parent, string? Subject, string Policy, string? Data,
    IReadOnlySet<string> Protected, IReadOnlyList<BatteryLine> Lines);

/// <summary>One line of a battery.</summary>
/// <param name="Name">What is measured, with the group.</param>
/// <param name="Limit">The policy's name for the limit.</param>
/// <param name="Verdict">meets, breaches, inconclusive or not applicable.</param>
public sealed record BatteryLine(string Name, string Limit, string Verdict)
{
    /// <summary>Whether the line stands in nobody's way.</summary>
    public bool Holds => Verdict is "meets" or "not applicable";
}

/// <summary>What a variant could inherit, and on what.</summary>
/// <param name="Version">The variant's own digest.</param>
/// <param name="Parents">All that it came from.</param>
/// <param name="Battery">The latest battery; null where none is sealed.</param>
/// <param name="Limits">The limits of equivalence that the pack in force sets.</param>
/// <param name="Policy">That pack, such as "default 3".</param>
/// <param name="EvidenceLifetime">How long evidence counts.</param>
/// <param name="Now">UTC.</param>
public sealed record Inheritance(
    FactDigest Version, IReadOnlyList<ParentStanding> Parents, BatteryStanding? Battery, IReadOnlyList<string> Limits, string Policy,
    TimeSpan EvidenceLifetime, DateTimeOffset Now)
{
    /// <summary>The one parent; null where there is none, or more than one.</summary>
    public ParentStanding? Parent => Parents.Count == 1 ? Parents[0] : null;
}
